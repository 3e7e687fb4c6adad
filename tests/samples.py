"""Twelve alerts as a desk meets them, composed as the program does: every channel is held to golden forms of these.

The texts were written for this project; outlets and events are made up.
"""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from monitor.alerts.message import compose
from monitor.model import ActorCode, AlertId, EventType, Evidence, Message, Quantity, Report, RuleId, StoryId
from tests.builders import NAMES, NOON, a_hit, a_report, an_alert, codes, hours, minutes

SEOUL = ZoneInfo("Asia/Seoul")


def evidence_in(sentence: str, *words: str) -> tuple[Evidence, ...]:
    """A sentence with its matched words, each marked where it first stands."""
    marks = tuple(sorted((sentence.index(word), sentence.index(word) + len(word)) for word in words))
    start, end = marks[0][0], marks[-1][1]
    return (
        Evidence(field="text", start=start, end=end, text=sentence[start:end], context=sentence, marks=marks),
    )  # fmt: skip


def _message(number: int, *, lang: str = "en", **changes: Any) -> Message:
    """One alert: what belongs to the report or the hit goes there, the rest to the alert."""
    of_hit = {"why": "", **{name: changes.pop(name) for name in _HIT & changes.keys()}}
    of_hit["why"] = of_hit["why"] or _WHY.get(of_hit.get("rule", "troop-transfer"), "")
    of_report = {name: changes.pop(name) for name in ("outlet", "url", "published") if name in changes}
    of_compose = {name: changes.pop(name) for name in ("may_be_double", "first_receipt") if name in changes}
    lead = a_report(f"art{number}", hit=a_hit(article=f"art{number}", **of_hit), lang=lang, **of_report)
    more: tuple[Report, ...] = changes.pop("reports", ())
    name = AlertId(f"alert{number:02}")
    for key in ("title", "severity", "source", "target", "event"):
        changes.setdefault(key, getattr(lead.hit, key))
    kind = "update" if changes.get("changes") else "first"
    given = {"first_alert": AlertId("alert00") if kind == "update" else name, "kind": kind, "raised_at": NOON}
    alert = an_alert(id=name, lead=lead, reports=(*more, lead), story=StoryId(f"story{number:02}"), **(given | changes))
    return compose(alert, NAMES, NOON + minutes(1), zone=SEOUL, **of_compose)


_HIT = {
    "rule", "event", "severity", "title", "status", "source", "target", "attribution", "evidence", "quantities", "why",
    "is_reciprocal",
}  # fmt: skip


_WHY = {
    "troop-transfer": "Foreign troops in combat are an escalation.",
    "arms-supply": "It keeps a war going, and breaks an embargo where there is one.",
    "sanction-imposed": "Check counterparties before the measure takes effect.",
}


def samples() -> Mapping[str, Message]:
    """The twelve, by name."""
    return {
        "01-alleged": _message(
            1,
            status="alleged",
            attribution=codes("KOR"),
            quantities=(Quantity(text="3,000 soldiers", unit="soldiers", value=3000),),
            evidence=evidence_in(
                "South Korea's spy agency told lawmakers on Tuesday that Pyongyang has sent 3,000 soldiers to western "
                "Russia.",
                "Pyongyang", "sent", "soldiers", "Russia",
            ),
            reports=(a_report("b1", outlet="Morning Ledger", published=NOON - minutes(42)),),
        ),
        "02-fact": _message(
            2,
            rule=RuleId("arms-supply"),
            event=EventType("arms-supply"),
            severity="high",
            title="Iran supplies weapons to Russia",
            source=ActorCode("IRN"),
            quantities=(
                Quantity(text="200 drones", unit="drones", value=200),
                Quantity(text="about $1.7 billion", unit="USD", value=1.7e9, is_approximate=True),
            ),
            evidence=evidence_in(
                "Tehran delivered 200 drones to Moscow in October under a contract of about $1.7 billion.",
                "Tehran", "delivered", "drones", "Moscow",
            ),
        ),
        "03-denied": _message(
            3,
            lang="ko",
            status="denied",
            attribution=codes("RUS"),
            outlet="한강통신",
            url="https://news.example/기사/1",
            evidence=evidence_in(
                "러시아 외무부는 북한이 군인 3천 명을 보냈다는 보도를 부인했다.", "북한", "군인", "부인했다", "러시아"
            ),
            changes=("status: alleged (South Korea) -> now also denied (Russia)",),
            first_receipt="200 ok, channel C0SINK, ts 1795000000.000001",
            reports=(a_report("b3", published=NOON - hours(3)),),
        ),
        "04-more": _message(
            4,
            status="asserted",
            attribution=codes("UKR USA"),
            quantities=(Quantity(text="at least 11,000 troops", unit="soldiers", low=11_000),),
            evidence=evidence_in(
                "Kyiv and Washington confirmed that at least 11,000 North Korean troops are in Kursk, fighting for "
                "Russia.",
                "North Korean troops", "Russia",
            ),
            changes=(
                "status: alleged (South Korea) -> now also stated (Ukraine)",
                "severity: high -> critical",
                "soldiers: 3,000 -> 11,000",
            ),
            may_be_double=True,
        ),
        "05-late": _message(
            5,
            lang="ru",
            severity="medium",
            rule=RuleId("diplomatic-visit"),
            event=EventType("diplomatic-visit"),
            title="Russia visits North Korea",
            source=ActorCode("RUS"),
            target=ActorCode("PRK"),
            outlet="Вестник Севера",
            is_late=True,
            published=NOON - hours(31),
            evidence=evidence_in(
                "Министр иностранных дел России прибыл в Пхеньян с официальным визитом.", "России", "прибыл", "Пхеньян"
            ),
        ),
        "06-planned": _message(
            6,
            lang="ja",
            severity="low",
            status="hypothetical",
            attribution=codes("JPN"),
            rule=RuleId("military-cooperation"),
            event=EventType("military-cooperation"),
            title="China cooperates with Russia in military matters",
            source=ActorCode("CHN"),
            outlet="港湾新聞",
            evidence=evidence_in(
                "防衛省によると、中国とロシアは来月、日本海で合同演習を計画している。", "中国", "ロシア", "合同演習"
            ),
        ),
        "07-many": _message(
            7,
            lang="zh",
            severity="high",
            rule=RuleId("sanction-imposed"),
            event=EventType("sanction-imposed"),
            title="United States imposes sanctions on Russia",
            source=ActorCode("USA"),
            outlet="江河日报",
            evidence=evidence_in("美国财政部周二宣布对俄罗斯三家银行实施制裁。", "美国财政部", "俄罗斯", "制裁"),
            reports=tuple(
                a_report(f"m{at}", outlet=f"Outlet {at}", published=NOON - hours(at * 2)) for at in range(1, 13)
            ),
        ),
        "08-raised": _message(
            8,
            lang="uk",
            severity="high",
            rule=RuleId("technology-transfer"),
            event=EventType("technology-transfer"),
            title="Belarus transfers technology to Russia",
            source=ActorCode("BLR"),
            outlet="Південний кур'єр",
            evidence=evidence_in("Мінськ передав Росії оптику для прицілів.", "Мінськ", "передав", "Росії"),
            changes=("severity: medium -> high",),
        ),
        "09-hostile": _message(
            9,
            outlet="<!here> *bold* @channel",
            url="https://news.example/a|b>c?x=<!channel>&y=@here",
            title="North Korea sends <!channel> <@U012AB3CD> @everyone `troops` [click](https://e.example) to Russia",
            evidence=evidence_in(
                "</blockquote><script>alert(1)</script> Pyongyang has sent <!channel> @here soldiers to Russia"
                " \u202egnp.exe\u202c & more.",
                "Pyongyang", "sent", "soldiers", "Russia",
            ),
            why="<b>Because</b>\r\nBcc: everybody@desk.example",
        ),
        "10-long": _message(
            10,
            title=f"North Korea sends {'very ' * 80}many troops to Russia",
            outlet="The Extraordinarily Long-Winded Evening Intelligencer and Harbour Gazette " * 4,
            url=f"https://news.example/{'long/' * 300}?id=10",
            evidence=evidence_in(
                f"{'It was said, & said again, ' * 60}that Pyongyang has sent soldiers to Russia{' and more' * 200}.",
                "Pyongyang", "sent", "soldiers", "Russia",
            ),
            why="It matters & matters. " * 300,
            quantities=tuple(Quantity(text=f"{at} ships", unit="ships", value=float(at)) for at in range(1, 30)),
        ),
        "11-bare": _message(
            11,
            severity="info",
            status="alleged",
            source=None,
            target=ActorCode("XKX"),
            title="Sanctions are evaded",
            rule=RuleId("sanction-evaded"),
            event=EventType("sanction-evaded"),
            outlet="",
            url="",

            lang="",
            evidence=(Evidence(field="title", start=0, end=20, text="Sanctions are evaded"),),
        ),
        "12-background": _message(
            12,
            lang="de",
            severity="info",
            status="historical",
            rule=RuleId("economic-agreement"),
            event=EventType("economic-agreement"),
            title="China and Russia agree on trade",
            source=ActorCode("CHN"),
            is_reciprocal=True,
            outlet="Hafenbote",
            evidence=evidence_in(
                "China und Russland hatten sich bereits 2022 auf den Handel in eigenen Währungen geeinigt.",
                "China", "Russland", "Handel", "geeinigt",
            ),
        ),
    }  # fmt: skip
