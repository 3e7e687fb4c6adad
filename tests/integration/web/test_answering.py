"""A reader answers an alert by its links: looking changes nothing, the button does one thing once."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.alerts.links import ANSWERS, LASTING
from monitor.model import AlertId, Answer, ChannelName
from monitor.store import feedback
from monitor.web.pages import SECURITY
from tests.integration.web.conftest import SIGNER, Site

SECOND = timedelta(seconds=1)


def everything(file: Path) -> list[str]:
    """Each row of each table."""
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())


def test_looking_changes_nothing_whatever_the_link(site: Site) -> None:
    before = everything(site.file)

    heard = [site.ask(method, site.link(one)) for one in ANSWERS for method in ("GET", "HEAD", "GET")]

    assert {one.status for one in heard} == {200}
    assert everything(site.file) == before
    assert site.facts == []


def test_a_page_shows_the_alert_and_is_kept_by_nobody(site: Site) -> None:
    shown, head = site.ask("GET", site.link()), site.ask("HEAD", site.link())

    assert "North Korea sends troops to Russia" in shown.page
    assert '<form method="post"' in shown.page
    assert SECURITY.items() <= shown.headers.items()
    assert (head.page, head.headers["Content-Length"]) == ("", shown.headers["Content-Length"])


def test_the_button_acknowledges_once_with_a_row_that_names_who_and_through_which_channel(site: Site) -> None:
    first = site.ask("POST", site.link(), {"by": "Ann", "note": "calling  the\nministry"})
    again = site.ask("POST", site.link(), {"by": "Bob"})

    (row,) = site.answers()
    assert (row.kind, row.channel, row.because) == (
        "alert_acknowledged", "desk", "Ann (link of desk): calling the ministry",
    )  # fmt: skip
    assert (first.status, again.status) == (200, 200)
    looked = site.ask("GET", site.link()).page
    assert "Acknowledged by Ann (link of desk)" in again.page
    assert "Acknowledged by Ann (link of desk)" in looked
    assert "<form" not in looked
    assert [(fact.values["channel"], fact.values["answer"]) for fact in site.facts] == [("desk", "acknowledge")]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("right", dict.fromkeys(feedback.ABOUT, True)), ("wrong-event", {"event": False}),
        ("wrong-actors", {"actors": False}), ("wrong-status", {"status": False}), ("wrong-story", {"story": False}),
    ],
)  # fmt: skip
def test_a_verdict_is_kept_once_for_what_its_link_is_about(site: Site, answer: Answer, said: object) -> None:
    statuses = [site.ask("POST", site.link(answer), {"by": "Ann", "note": "only planned"}).status for _ in range(3)]

    with site.store.look() as work:
        kept = feedback.found(work)
    assert statuses == [200] * 3
    assert {one.about: one.is_right for one in kept} == said
    assert {(one.by, one.note, one.rule) for one in kept} == {("Ann (link of desk)", "only planned", "troop-transfer")}
    assert [row.channel for row in site.answers()] == ["desk"] * len(kept)


def test_who_thinks_again_is_heard_again_and_the_last_word_holds(site: Site) -> None:
    answers: tuple[Answer, ...] = ("right", "wrong-event", "wrong-event", "right")

    for answer in answers:
        site.ask("POST", site.link(answer), {})

    with site.store.look() as work:
        kept = {one.about: one.is_right for one in feedback.found(work)}
    assert kept == dict.fromkeys(feedback.ABOUT, True)
    assert len(site.answers()) == len(feedback.ABOUT) + 1 + 1


def test_what_links_may_say_of_one_alert_has_an_end(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feedback, "MOST", 5)

    heard = [site.ask("POST", site.link("wrong-event"), {"note": str(number)}).status for number in range(7)]

    assert heard == [200] * 5 + [429] * 2
    assert len(site.answers()) == 5


def test_name_and_note_are_cut_and_made_harmless(site: Site) -> None:
    site.ask("POST", site.link("right"), {"by": "A\x1b[31m\u202e" + "n" * 200, "note": "x\r\n" * 400, "more": "y"})

    for row in site.answers():
        assert row.detail is not None
        assert len(row.detail["by"]) <= 80 + len(" (link of desk)")
        assert len(row.detail["note"]) <= 300
        assert not {"\x1b", "\u202e", "\n"} & set(row.because)


def test_a_link_is_too_old_after_thirty_days(site: Site) -> None:
    link = site.link()
    site.clock.move(LASTING - SECOND)
    in_time = site.ask("GET", link)
    site.clock.move(SECOND)

    late = [site.ask("GET", link), site.ask("POST", link, {})]

    assert [in_time.status, *(one.status for one in late)] == [200, 410, 410]
    assert "too old" in late[0].page
    assert "North Korea" not in late[0].page
    assert site.answers() == []


def test_a_forged_link_is_refused_and_told_nothing(site: Site) -> None:
    link = site.link()
    other = link[:-2] + ("A" if link[-2] != "A" else "B") + link[-1]

    heard = [site.ask("GET", other), site.ask("POST", other, {}), site.ask("GET", "/a/0"), site.ask("GET", link[:-1])]

    assert [one.status for one in heard] == [403] * 4
    assert not any("North Korea" in one.page or other[5:] in one.page for one in heard)
    assert site.answers() == []


def test_an_alert_that_is_kept_no_more_is_said_to_be_gone(site: Site) -> None:
    path = site.link(alert=AlertId("831dc8649bc6ab61fa19b9b3"))
    beginning = site.link(alert=AlertId("3f9a"))  # names no alert, though one begins so

    heard = [site.ask("GET", path), site.ask("POST", path, {}), site.ask("POST", beginning, {})]

    assert [one.status for one in heard] == [404] * 3
    assert site.answers() == []


def test_another_secret_makes_the_links_invalid_that_were_sent(site: Site) -> None:
    site.signer = replace(SIGNER, secret=SIGNER.secret[::-1])

    assert site.ask("POST", site.link(), {}).status == 403


def test_a_channel_that_is_gone_takes_no_answer_away(site: Site) -> None:
    assert site.ask("POST", site.link(channel=ChannelName("gone")), {}).status == 200


@pytest.mark.parametrize("path", ["/", "/a", "/a/", "//a/{}", "/a/{}/", "/a/../a/{}", "/A/{}", "/a/{}%30", "/x/a/{}",
                                  "/favicon.ico", "/robots.txt", "/.git/config"])  # fmt: skip
def test_there_is_no_other_page(site: Site, path: str) -> None:
    tricky = path.format(site.link()[3:])

    assert [site.ask("GET", tricky).status, site.ask("POST", tricky, {}).status] == [404, 404]


def test_what_a_gateway_hangs_on_an_address_does_not_matter(site: Site) -> None:
    assert site.ask("GET", f"{site.link()}?utm_source=mail").status == 200


@pytest.mark.parametrize("below", ["/monitor", "/a", "/a/b"])
def test_a_web_server_in_front_may_leave_its_part_of_the_path_or_take_it_off(site: Site, below: str) -> None:
    site.signer = replace(SIGNER, public_url=f"https://alerts.example.org{below}")

    heard = [site.ask("GET", f"{before}{site.link()}").status for before in ("", below, below * 2)]

    assert heard == [200, 200, 404]


def test_links_that_were_switched_off_lead_nowhere(site: Site) -> None:
    site.signer = None

    assert site.ask("GET", site.link()).status == 404


def test_a_button_pressed_again_waits_for_no_writer(site: Site) -> None:
    answers: tuple[Answer, ...] = ("acknowledge", "right")
    for answer in answers:
        site.ask("POST", site.link(answer), {})

    with closing(sqlite3.connect(site.file)) as other:
        other.execute("BEGIN IMMEDIATE")
        heard = [site.ask("POST", site.link(answer), {}).status for answer in answers]

    assert heard == [200, 200]


def test_a_database_that_is_away_is_said_and_nothing_is_changed(site: Site) -> None:
    with closing(sqlite3.connect(site.file)) as other:
        other.execute("BEGIN EXCLUSIVE")
        away = site.ask("POST", site.link(), {})
    back = site.ask("POST", site.link(), {})

    assert (away.status, away.headers["Retry-After"]) == (503, "60")
    assert "Nothing was changed" in away.page
    assert back.status == 200
