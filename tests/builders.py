"""Values with sensible defaults: a test names only what it is about."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.model import (
    ActorCode,
    Alert,
    AlertId,
    Article,
    ArticleId,
    ChannelName,
    Delivery,
    DeliveryId,
    EventType,
    Evidence,
    FeedId,
    Hit,
    Message,
    Names,
    Occurrence,
    Report,
    Route,
    RuleId,
    Said,
    Standing,
    Story,
    StoryChange,
    StoryId,
    Told,
)

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def a_message(**changes: Any) -> Message:
    """What is said of North Korean troops sent to Russia, as the spy agency of South Korea tells it."""
    quote = (
        "South Korea's spy agency told lawmakers on Tuesday that Pyongyang has sent 3,000 soldiers to western Russia."
    )
    words = ("Pyongyang", "sent", "soldiers", "Russia")
    given: dict[str, Any] = {
        "alert": AlertId("a1"),
        "story": StoryId("s1"),
        "first_alert": AlertId("a1"),
        "severity": "critical",
        "rule": RuleId("troop-transfer"),
        "is_update": False,
        "headline": "North Korea sends troops to Russia (alleged)",
        "statement": "South Korea says that North Korea sends troops to Russia.",
        "changes": (),
        "quote": quote,
        "marked": tuple((quote.index(word), quote.index(word) + len(word)) for word in words),
        "quote_by": "Harbour Wire, 24 November 2026, 10:00 UTC",
        "facts": (
            ("Status", "alleged, by South Korea"),
            ("Also reported by", "Morning Ledger"),
            ("Rule", "troop-transfer"),
        ),
        "links": (("Article", "https://news.example/world/troops?id=1&page=2"),),
        "sent_at": NOON,
    }
    return Message(**(given | changes))


NAMES = Names(
    by_code={
        ActorCode(code): name
        for code, name in {
            "PRK": "North Korea", "RUS": "Russia", "KOR": "South Korea", "UKR": "Ukraine", "CHN": "China",
            "USA": "United States", "IRN": "Iran", "BLR": "Belarus", "JPN": "Japan",
        }.items()
    }
)  # fmt: skip


def minutes(count: float) -> timedelta:
    """A stretch of time."""
    return timedelta(minutes=count)


def hours(count: float) -> timedelta:
    """A stretch of time."""
    return timedelta(hours=count)


def days(count: float) -> timedelta:
    """A stretch of time."""
    return timedelta(days=count)


def codes(spaced: str) -> tuple[ActorCode, ...]:
    """Codes from a text: "PRK RUS"."""
    return tuple(ActorCode(code) for code in spaced.split())


def parties(spaced: str) -> frozenset[ActorCode]:
    """Parties from a text: "PRK RUS"."""
    return frozenset(codes(spaced))


def an_evidence(**changes: Any) -> Evidence:
    """The words that say that soldiers were sent, in their sentence."""
    sentence = "Pyongyang has sent 3,000 soldiers to western Russia, the agency told lawmakers."
    given: dict[str, Any] = {
        "field": "text",
        "start": 0,
        "end": 51,
        "text": sentence[:51],
        "context": sentence,
        "marks": ((0, 9), (14, 18), (25, 33), (45, 51)),
    }
    return Evidence(**(given | changes))


def a_hit(**changes: Any) -> Hit:
    """North Korea sends troops to Russia, as an outlet reports it. `article` may be given as a plain text."""
    given: dict[str, Any] = {
        "article": ArticleId("a1"),
        "rule": RuleId("troop-transfer"),
        "rule_digest": "d1",
        "event": EventType("troop-transfer"),
        "severity": "critical",
        "title": "North Korea sends troops to Russia",
        "status": "asserted",
        "source": ActorCode("PRK"),
        "target": ActorCode("RUS"),
        "evidence": (an_evidence(),),
        "why": "Foreign troops in combat are an escalation.",
    }
    return Hit(**(given | changes))


def an_article(article_id: str = "a1", **changes: Any) -> Article:
    """An article of Harbour Wire, published at noon."""
    given: dict[str, Any] = {
        "id": ArticleId(article_id),
        "feed": FeedId("f1"),
        "url": f"https://news.example/{article_id}",
        "title": "Pyongyang sends soldiers to Russia",
        "text": "Pyongyang has sent 3,000 soldiers to western Russia, the agency told lawmakers.",
        "lang": "en",
        "outlet": "Harbour Wire",
        "published": NOON,
        "fetched_at": NOON,
    }
    return Article(**(given | changes))


def an_occurrence(article: Article | None = None, hits: Iterable[Hit] | None = None, **changes: Any) -> Occurrence:
    """What an article says happened once: by default one hit of one article, its parties those of its hits."""
    article = article or an_article()
    found = tuple(hits) if hits is not None else (a_hit(article=article.id),)
    given: dict[str, Any] = {
        "article": article,
        "event": found[0].event,
        "parties": frozenset(code for hit in found for code in (hit.source, hit.target) if code is not None),
        "hits": found,
    }
    return Occurrence(**(given | changes))


def a_report(article_id: str = "a1", **changes: Any) -> Report:
    """One article of a story; its hit and status go together."""
    hit = changes.get("hit") or a_hit(article=ArticleId(article_id), status=changes.get("status", "asserted"))
    given: dict[str, Any] = {
        "article": ArticleId(article_id),
        "outlet": "Harbour Wire",
        "title": "Pyongyang sends soldiers to Russia",
        "url": f"https://news.example/{article_id}",
        "published": NOON,
        "status": hit.status,
        "hit": hit,
    }
    return Report(**(given | changes))


def a_story(**changes: Any) -> Story:
    """North Korea sends troops to Russia: opened at noon by one article that reports it as fact."""
    given: dict[str, Any] = {
        "id": StoryId("troop-transfer-1"),
        "event": EventType("troop-transfer"),
        "parties": parties("PRK RUS"),
        "source": ActorCode("PRK"),
        "target": ActorCode("RUS"),
        "is_reciprocal": False,
        "title": "North Korea sends troops to Russia",
        "severity": "critical",
        "tags": frozenset({"dprk-russia"}),
        "notify": frozenset(),
        "opened_at": NOON,
        "last_hit_at": NOON,
        "said": frozenset({Said(status="asserted")}),
        "reports": (a_report(),),
    }
    return Story(**(given | changes))


def a_change(after: Story | None = None, before: Story | None = None, **changes: Any) -> StoryChange:
    """What the newest report did to a story: by default it opened it."""
    after = after or a_story()
    given: dict[str, Any] = {
        "before": before,
        "after": after,
        "because": "no story of troop-transfer between PRK, RUS",
        "hits": (after.reports[-1].hit,),
    }
    return StoryChange(**(given | changes))


def a_route(**changes: Any) -> Route:
    """Everything goes to the desk."""
    given: dict[str, Any] = {"name": "all", "channels": (ChannelName("desk"),)}
    return Route(**(given | changes))


def a_told(**changes: Any) -> Told:
    """The desk was told once that it is reported as fact."""
    given: dict[str, Any] = {
        "story": StoryId("troop-transfer-1"),
        "channel": ChannelName("desk"),
        "first_alert": AlertId("first"),
        "said": frozenset({Said(status="asserted")}),
        "severity": "critical",
    }
    return Told(**(given | changes))


def a_standing(*told: Told, **changes: Any) -> Standing:
    """Everything goes to the desk, which was told this."""
    given: dict[str, Any] = {"routes": (a_route(),), "told": {(one.story, one.channel): one for one in told}}
    return Standing(**(given | changes))


def an_alert(**changes: Any) -> Alert:
    """The first alert of a story; `status` and `attribution` are those of its lead unless given."""
    lead = changes.get("lead") or a_report(
        hit=a_hit(status=changes.get("status", "asserted"), attribution=changes.get("attribution", ()))
    )
    given: dict[str, Any] = {
        "id": AlertId("alert1"),
        "story": StoryId("troop-transfer-1"),
        "kind": "first",
        "event": EventType("troop-transfer"),
        "title": "North Korea sends troops to Russia",
        "severity": "critical",
        "status": lead.hit.status,
        "source": ActorCode("PRK"),
        "target": ActorCode("RUS"),
        "attribution": lead.hit.attribution,
        "lead": lead,
        "reports": (lead,),
        "raised_at": NOON,
        "first_alert": AlertId("alert1"),
    }
    return Alert(**(given | changes))


def a_delivery(**changes: Any) -> Delivery:
    """A delivery to the desk, queued at noon and never tried."""
    given: dict[str, Any] = {
        "id": DeliveryId("d1"),
        "alert": AlertId("alert1"),
        "channel": ChannelName("desk"),
        "first_queued_at": NOON,
    }
    return Delivery(**(given | changes))
