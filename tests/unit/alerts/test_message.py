"""What an alert says: golden texts, its quote, outlets and links."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts.message import HEADLINE, LINKS, QUOTE, compose, quoted
from monitor.alerts.wording import cut, listed, moment
from monitor.model import ActorCode, Alert, EventType, Message, Party, Quantity, Status
from tests.builders import NAMES, NOON, a_hit, a_report, an_alert, an_evidence, codes, days, hours, minutes

SEOUL = ZoneInfo("Asia/Seoul")


def alert_of(status: Status = "asserted", by: str = "", *, hit: dict[str, Any] | None = None, **changes: Any) -> Alert:
    """An alert led by one report of this status and these speakers."""
    return an_alert(lead=a_report(hit=a_hit(status=status, attribution=codes(by), **(hit or {}))), **changes)


def said(alert: Alert) -> Message:
    """The message as a reader in Seoul gets it."""
    return compose(alert, NAMES, NOON + minutes(1), zone=SEOUL)


SANCTIONS: dict[str, Any] = {
    "title": "United States imposes sanctions on Iran", "source": ActorCode("USA"), "target": ActorCode("IRN"),
}  # fmt: skip
AGREEMENT: dict[str, Any] = {
    "title": "North Korea and Russia make an economic agreement",
    "event": EventType("economic-agreement"),
}

GOLDEN = [
    pytest.param(
        alert_of(),
        "North Korea sends troops to Russia",
        "North Korea sends troops to Russia, Harbour Wire reports as fact.",
        "reported as fact",
        id="reported as fact",
    ),
    pytest.param(
        alert_of("alleged", "KOR"),
        "South Korea says: North Korea sends troops to Russia",
        "South Korea says that North Korea sends troops to Russia.",
        "alleged by South Korea",
        id="alleged by one",
    ),
    pytest.param(
        alert_of("alleged", "KOR UKR USA JPN CHN"),
        "South Korea and 4 others say: North Korea sends troops to Russia",
        "South Korea, Ukraine, the United States and 2 others say that North Korea sends troops to Russia.",
        "alleged by South Korea, Ukraine, the United States and 2 others",
        id="alleged by many",
    ),
    pytest.param(
        alert_of("alleged"),
        "Unconfirmed: North Korea sends troops to Russia",
        "North Korea sends troops to Russia, according to unconfirmed reports.",
        "alleged; nobody is named as the source",
        id="alleged by nobody named",
    ),
    pytest.param(
        alert_of(
            "denied", "RUS PRK", kind="update", changes=("status: alleged (South Korea) -> now also denied (Russia)",)
        ),
        "Denied by Russia and North Korea: North Korea sends troops to Russia",
        "Russia and North Korea deny that North Korea sends troops to Russia.",
        "denied by Russia and North Korea",
        id="an update with a denial by two",
    ),
    pytest.param(
        alert_of("denied", title="New sanctions hit Iran", source=None, target=ActorCode("IRN")),
        "Denied: New sanctions hit Iran",
        "It is denied that new sanctions hit Iran.",
        "denied; nobody is named as the source",
        id="denied, with no source",
    ),
    pytest.param(
        alert_of("hypothetical"),
        "Not done yet: North Korea sends troops to Russia",
        "Planned, sought or possible, not done: North Korea sends troops to Russia.",
        "planned, sought or possible; not done",
        id="planned",
    ),
    pytest.param(
        alert_of("hypothetical", "KOR"),
        "Not done yet: North Korea sends troops to Russia",
        "South Korea says that this is planned, sought or possible: North Korea sends troops to Russia.",
        "planned, sought or possible; not done; South Korea says so",
        id="planned, somebody says",
    ),
    pytest.param(
        alert_of("historical"),
        "Background: North Korea sends troops to Russia",
        "Recalled as background, not as news: North Korea sends troops to Russia.",
        "background: it happened earlier",
        id="background",
    ),
    pytest.param(
        alert_of("asserted", "USA", title="North Korea sends troops abroad", target=None),
        "North Korea sends troops abroad",
        "The United States says that North Korea sends troops abroad.",
        "reported as fact; the United States says so",
        id="no target, a third party's word",
    ),
    pytest.param(
        alert_of("asserted", "PRK", hit={"is_reciprocal": True}, **AGREEMENT),
        "North Korea and Russia make an economic agreement",
        "North Korea says that North Korea and Russia make an economic agreement.",
        "confirmed by North Korea",
        id="reciprocal, a party's own word",
    ),
    pytest.param(
        alert_of("asserted", "USA", is_late=True, raised_at=NOON + hours(30), **SANCTIONS),
        "(late) United States imposes sanctions on Iran",
        "The United States imposes sanctions on Iran, by its own account.",
        "confirmed by the United States",
        id="late, by its own account",
    ),
    pytest.param(
        alert_of("denied", "IRN", **SANCTIONS),
        "Denied by Iran: United States imposes sanctions on Iran",
        "Iran denies that the United States imposes sanctions on Iran.",
        "denied by Iran",
        id="a name with its article inside a sentence",
    ),
]


@pytest.mark.parametrize(("alert", "headline", "statement", "status"), GOLDEN)
def test_a_reader_is_told_what_happened_and_who_says_so(
    alert: Alert, headline: str, statement: str, status: str
) -> None:
    message = said(alert)

    assert (message.headline, message.statement) == (headline, statement)
    assert message.facts[0] == ("Status", status)


def test_a_message_shows_everything_that_a_reader_asks_for() -> None:
    lead = a_report(hit=a_hit(status="alleged", attribution=codes("KOR")))
    reports = (
        lead,
        a_report("a2", outlet="Morning Ledger", published=NOON + hours(1)),
        a_report("a3", outlet="morning ledger"),
        a_report("a4", outlet="Coast Radio", published=NOON + hours(2)),
        a_report("a5", outlet=""),
    )

    message = said(an_alert(lead=lead, reports=reports))

    assert message.facts == (
        ("Status", "alleged by South Korea"),
        ("Reported by", "Harbour Wire, 24 November 2026, 21:00 KST"),
        ("Also reported by", "2 others: Coast Radio (23:00) and Morning Ledger (22:00)"),
        ("Rule", "troop-transfer"),
        ("Why it matters", "Foreign troops in combat are an escalation."),
    )
    assert message.links == (
        ("Harbour Wire", "https://news.example/a1"),
        ("Coast Radio", "https://news.example/a4"),
        ("Morning Ledger", "https://news.example/a2"),
        ("Article", "https://news.example/a5"),
    )
    assert [message.quote[start:end] for start, end in message.marked] == ["Pyongyang", "sent", "soldiers", "Russia"]
    assert message.quote_by == "Harbour Wire, 24 November 2026, 21:00 KST"
    assert (message.severity, message.rule, message.sent_at) == ("critical", "troop-transfer", NOON + minutes(1))
    assert (message.is_update, message.may_be_double) == (False, False)


def test_the_amounts_of_the_leading_hit_are_a_fact_and_its_dates_are_none() -> None:
    amounts = tuple(Quantity(text=text, unit=unit) for text, unit in (
        ("some 11,000 soldiers", "soldiers"), ("8 October", "date"), ("$2bn", "USD"), ("x " * 90, "x"),
        *((f"{number} ships", f"ships{number}") for number in range(9)),
    ))  # fmt: skip

    facts = dict(said(alert_of(hit={"quantities": amounts})).facts)

    assert facts["Quantities"].split("; ")[:2] == ["some 11,000 soldiers", "$2bn"]
    assert len(facts["Quantities"].split("; ")) == 6
    assert "8 October" not in facts["Quantities"]
    assert len(facts["Quantities"].split("; ")[2]) <= 80


def test_an_update_says_what_is_new() -> None:
    message = said(alert_of(kind="update", changes=("soldiers: 3,000 -> 11,000",)))

    assert (message.is_update, message.changes) == (True, ("soldiers: 3,000 → 11,000",))


def test_a_possible_double_is_marked() -> None:
    assert compose(an_alert(), NAMES, NOON, zone=SEOUL, may_be_double=True).may_be_double


@pytest.mark.parametrize(
    ("late", "words"),
    [(minutes(20), "less than an hour"), (hours(1), "1 hour"), (hours(30), "30 hours"), (days(3), "3 days")],
)
def test_a_late_alert_says_how_late(late: Any, words: str) -> None:
    message = said(an_alert(is_late=True, raised_at=NOON + late))

    assert ("Late", f"told {words} after it was published") in message.facts


@pytest.mark.parametrize("url", ["javascript:alert(1)", "", "news.example/a1", "http://[broken", "https://"])
def test_only_addresses_of_the_web_become_links(url: str) -> None:
    lead = a_report(url=url)

    assert said(an_alert(lead=lead, reports=(lead,))).links == ()


def test_links_are_few() -> None:
    reports = tuple(a_report(f"b{number}", outlet=f"Outlet {number}") for number in range(30))

    assert len(said(an_alert(reports=reports)).links) == LINKS


def test_a_long_headline_is_cut_at_a_word() -> None:
    message = said(alert_of("denied", "RUS", title="North Korea " + "and its allies " * 20))

    assert len(message.headline) <= HEADLINE
    assert message.headline.endswith(("and…", "its…", "allies…"))


def test_a_sentence_of_the_text_is_quoted_before_the_title() -> None:
    title = an_evidence(field="title", context="Soldiers sent", marks=((0, 8),))

    assert quoted((title, an_evidence()))[0].startswith("Pyongyang has sent")
    assert quoted((title,)) == ("Soldiers sent", ((0, 8),))


def test_evidence_without_its_sentence_is_marked_whole() -> None:
    assert quoted((an_evidence(text="sent soldiers", context="", marks=()),)) == ("sent soldiers", ((0, 13),))
    assert quoted(()) == ("", ())


@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 80), st.booleans())
def test_marks_point_at_the_same_words_in_a_shortened_quote(before: int, after: int, gap: int, is_spaced: bool) -> None:
    filler = "ab " if is_spaced else "가나다"
    text = filler * before + "SENT " + "cd " * gap + "TROOPS" + filler * after
    marks = tuple((text.index(word), text.index(word) + len(word)) for word in ("SENT", "TROOPS"))

    quote, marked = quoted((an_evidence(context=text, marks=marks),))

    assert [quote[start:end] for start, end in marked] == ["SENT", "TROOPS"]
    assert len(quote) <= QUOTE + 4


@given(st.text(), st.integers(2, 120))
def test_a_cut_text_keeps_its_limit_and_is_one_line(text: str, limit: int) -> None:
    shown = cut(text, limit)

    assert len(shown) <= limit
    assert "\n" not in shown


def test_lists_and_times_read_as_written_by_hand() -> None:
    assert [listed(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == ["", "A", "A and B", "A, B and C"]
    assert listed([str(number) for number in range(10)], limit=4) == "0, 1, 2 and 7 others"
    assert moment(NOON, ZoneInfo("America/Sao_Paulo")) == "24 November 2026, 09:00 UTC-03"
    assert moment(NOON, ZoneInfo("UTC")) == "24 November 2026, 12:00 UTC"


def test_the_quote_names_its_language_and_other_days_are_told() -> None:
    lead = a_report(lang="ko")
    other = a_report("a2", outlet="Morning Ledger", published=NOON - hours(30))

    message = said(an_alert(lead=lead, reports=(other, lead)))

    assert message.quote_by == "Harbour Wire, 24 November 2026, 21:00 KST, in Korean"
    assert ("Also reported by", "1 other: Morning Ledger (23 November, 15:00)") in message.facts


def test_programs_get_the_parties_by_code_and_name() -> None:
    details = said(an_alert(source=None)).details

    assert details is not None
    assert (details.source, details.target) == (None, Party(code=ActorCode("RUS"), name="Russia"))
    assert [report.article for report in details.reports] == ["a1"]
