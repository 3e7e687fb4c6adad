"""What a story becomes when an occurrence opens or joins it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from monitor.material import said_of
from monitor.model import SEVERITIES, Article, Fingerprint, Hit, Occurrence, Report, Said, Severity, Story, StoryId
from monitor.stories.keys import order_of, parties_of


def opened(mine: Sequence[Occurrence]) -> Story:
    """The story that one occurrence opens. Its sentence is that of the most severe, then surest hit that may open."""
    (occurrence,) = mine
    article = occurrence.article
    lead = leading(occurrence.hits)
    story = Story(
        id=story_id(occurrence, lead),
        event=occurrence.event,
        parties=occurrence.parties,
        source=lead.source,
        target=lead.target,
        is_reciprocal=lead.is_reciprocal,
        title=lead.title,
        severity=_severest(occurrence.hits),
        tags=frozenset(tag for hit in occurrence.hits for tag in hit.tags),
        notify=frozenset(name for hit in occurrence.hits for name in hit.notify),
        opened_at=article.published,
        last_hit_at=article.published,
        said=_said(occurrence.hits),
        quantities=_highest({}, occurrence.hits),
        reports=(_report(article, lead, occurrence.fingerprint),),
    )
    return _filled(story, occurrence.hits)


def story_id(occurrence: Occurrence, lead: Hit) -> StoryId:
    """Made from event, parties with their direction and the opening article's id, so that a replay makes it again."""
    way = "" if lead.is_reciprocal or not lead.target else f"{lead.source}>{lead.target}"
    made_of = "\x1f".join((occurrence.event, *sorted(occurrence.parties), way, occurrence.article.id))
    return StoryId(f"{occurrence.event}-{sha256(made_of.encode()).hexdigest()[:16]}")


def joined(story: Story, mine: Sequence[Occurrence]) -> Story:
    """The story with occurrences of one article added; its report replaces an earlier one of that article.

    Severity, what was said and quantities only grow. A story that knows only one side takes its sentence and
    its other party from the first hit that names both; else its parties stay those of its opening, since a story
    that took every party of what joined would draw in more and more (on 356 labelled occurrences: F1 of pairs
    0.66 against 0.76).
    """
    article = mine[0].article
    hits = [hit for occurrence in mine for hit in occurrence.hits]
    return replace(
        _filled(story, hits),
        severity=max(story.severity, _severest(hits), key=SEVERITIES.index),
        tags=story.tags.union(*(hit.tags for hit in hits)),
        notify=story.notify.union(*(hit.notify for hit in hits)),
        last_hit_at=max(story.last_hit_at, article.published),
        said=story.said | _said(hits),
        quantities=_highest(story.quantities, hits),
        reports=_with(story.reports, _report(article, leading(hits), mine[0].fingerprint)),
    )


def leading(hits: Iterable[Hit]) -> Hit:
    """The hit that speaks for the others: it names somebody, may open a story, is the most severe, the surest."""
    return min(hits, key=lambda hit: (*_weakness(hit), -SEVERITIES.index(hit.severity), -hit.score, order_of(hit)))


def _weakness(hit: Hit) -> tuple[bool, bool, bool]:
    return not parties_of(hit), hit.status == "historical", not hit.may_open


def _filled(story: Story, hits: Iterable[Hit]) -> Story:
    """The story with the sentence of a hit that names both sides, where it knows one alone."""
    fuller = [hit for hit in hits if _is_fuller(hit, story)]
    if not fuller:
        return story
    lead = leading(fuller)
    return replace(
        story,
        parties=story.parties | parties_of(lead),
        title=lead.title,
        source=lead.source,
        target=lead.target,
        is_reciprocal=lead.is_reciprocal,
    )


def _is_fuller(hit: Hit, story: Story) -> bool:
    """It names both sides, the story one of them alone."""
    mine = frozenset(code for code in (story.source, story.target) if code is not None)
    theirs = parties_of(hit)
    return hit.status != "historical" and len(mine) == 1 and len(theirs) == 2 and mine < theirs


def _severest(hits: Iterable[Hit]) -> Severity:
    return max((hit.severity for hit in hits), key=SEVERITIES.index)


def _said(hits: Iterable[Hit]) -> frozenset[Said]:
    return frozenset(said for hit in hits for said in said_of(hit))


def _highest(told: Mapping[str, float], hits: Iterable[Hit]) -> dict[str, float]:
    """The highest value by unit, of what was told and the hits.

    A date is no amount, a word for many ("hundreds") names no number that another could exceed, and background
    tells nothing of the event itself.
    """
    highest = dict(told)
    for hit in hits:
        for quantity in hit.quantities if hit.status != "historical" else ():
            values = [value for value in (quantity.value, quantity.low, quantity.high) if value is not None]
            if values and quantity.unit != "date" and not quantity.is_vague:
                highest[quantity.unit] = max([*values, *([highest[quantity.unit]] if quantity.unit in highest else [])])
    return highest


def _report(article: Article, lead: Hit, fingerprint: Fingerprint) -> Report:
    return Report(
        article=article.id,
        outlet=article.outlet,
        title=article.title,
        url=article.url,
        published=article.published,
        status=lead.status,
        hit=lead,
        fingerprint=fingerprint,
        lang=article.lang,
    )


def _with(reports: tuple[Report, ...], new: Report) -> tuple[Report, ...]:
    """The reports with the new one, in the place of the article's earlier one where there is one."""
    if any(report.article == new.article for report in reports):
        return tuple(new if report.article == new.article else report for report in reports)
    return (*reports, new)
