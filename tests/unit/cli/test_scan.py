"""Reading the lines that `scan` is given."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from monitor.cli.articles import FIXED_DATE, Articles, article_from
from monitor.cli.scan import command
from monitor.errors import InputError


def a_line(published: str) -> str:
    return json.dumps({"id": "1", "title": "Alder", "text": "Birch", "published": published})


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("", FIXED_DATE),
        ("2024-11-21", datetime(2024, 11, 21, 12, tzinfo=UTC)),
        ("2024-11-21T10:00:00+09:00", datetime(2024, 11, 21, 1, tzinfo=UTC)),
        ("Thu, 21 Nov 2024 10:00:00 GMT", datetime(2024, 11, 21, 10, tzinfo=UTC)),
        ("2024-11-21 10:00", datetime(2024, 11, 21, 10, tzinfo=UTC)),
    ],
)
def test_a_date_is_read_in_the_ways_it_is_written(published: str, expected: datetime) -> None:
    assert article_from(a_line(published)).published == expected


@pytest.mark.parametrize(
    "published",
    [
        "yesterday",
        "2024-13-01",
        "0001-01-01T00:00:00+05:00",
        "9999-12-31T23:00:00-05:00",
        "Mon, 01 Jan 20240000000000000000 00:00:00 GMT",
        "1 Jan 2024 00:00:00 +99999999999999999",
        ", , , ,",
        "\x00",
    ],
)
def test_what_is_no_date_is_told_with_the_line_and_never_breaks(published: str) -> None:
    with pytest.raises(InputError, match="is no date"):
        article_from(a_line(published))


# --- whole commands ---------------------------------------------------------------------------------------------------

HIT = "Iran sends troops to Syria"
FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>
<item><title>{HIT}</title><guid>g1</guid><pubDate>Thu, 21 Nov 2024 08:00:00 +0300</pubDate></item>
<item><title>A quiet day</title><guid>g2</guid></item></channel></rss>"""
PAGE = f"<html lang='en'><head><title>{HIT}</title><script>x()</script></head><body><p>No more.</p></body></html>"


def scanned(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(command, list(arguments), input=given)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.txt", f"{HIT}\nNo more."), ("a.xml", FEED), ("a.HTML", PAGE), ("a.jsonl", json.dumps({"title": HIT}))],
)
def test_a_file_is_read_by_its_ending(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")

    result = scanned(str(tmp_path / name))

    assert result.exit_code == 0
    (hit,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert hit["evidence"] == [{"field": "title", "start": 0, "end": len(HIT), "text": HIT}]


@pytest.mark.parametrize(("form", "content"), [("text", HIT), ("feed", FEED), ("html", PAGE)])
def test_in_says_what_standard_input_holds(form: str, content: str) -> None:
    result = scanned("--in", form, given=content)

    assert [json.loads(line)["rule"] for line in result.stdout.splitlines()] == ["troop-transfer"]


def test_the_entries_of_a_feed_have_the_moment_that_it_gives(tmp_path: Path) -> None:
    (tmp_path / "feed").write_text(FEED, encoding="utf-8")

    found = list(Articles([tmp_path / "feed"], "feed", print))

    assert [(one.title, one.published) for one in found] == [
        (HIT, datetime(2024, 11, 21, 5, tzinfo=UTC)),
        ("A quiet day", FIXED_DATE),
    ]


def test_what_is_no_feed_is_named_and_ends_with_1() -> None:
    result = scanned("--in", "feed", given="<html><body>no</body></html>")

    assert result.exit_code == 1
    assert result.stderr.startswith("standard input: ")
    assert result.stdout == ""


def test_explain_changes_nothing_on_standard_output() -> None:
    given = json.dumps({"id": "1", "title": HIT})

    plain, explained = scanned(given=given), scanned("--explain", given=given)

    assert explained.stdout == plain.stdout
    assert plain.stderr == ""
    assert "IRN, subject" in explained.stderr


def test_explain_stands_below_each_hit_where_a_reader_reads() -> None:
    result = scanned("--explain", "--format", "text", given=json.dumps({"id": "1", "title": HIT}))

    assert result.stderr == ""
    first, *below = result.stdout.splitlines()
    assert first.startswith("1: Iran sends troops to Syria [asserted; troop-transfer")
    assert any(line.split() == ["source", "@state", '"Iran"', "IRN,", "subject"] for line in below)


@pytest.mark.parametrize(
    ("title", "quantity"),
    [
        ("Iran sends some 3,000 soldiers to Syria",
         {"text": "some 3,000 soldiers", "value": 3000, "approx": True, "unit": "soldiers"}),
        ("Iran sends between 3,000 and 4,000 troops to Syria",
         {"text": "between 3,000 and 4,000 troops", "low": 3000, "high": 4000, "approx": False, "unit": "soldiers"}),
        ("Iran sends hundreds of soldiers to Syria",
         {"text": "hundreds of soldiers", "low": 200, "high": 999, "approx": True, "unit": "soldiers"}),
        ("Iran sends troops on 12 January 2026 to Syria",
         {"text": "12 January 2026", "value": 20260112, "approx": False, "unit": "date"}),
    ],
)  # fmt: skip
def test_a_quantity_has_its_value_or_its_bounds(title: str, quantity: dict[str, object]) -> None:
    result = scanned(given=json.dumps({"id": "1", "title": title}))

    (hit,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert hit["quantities"] == [quantity]
    assert [type(value) for value in hit["quantities"][0].values()] == [type(value) for value in quantity.values()]


def test_a_reader_sees_the_quantities_below_the_evidence() -> None:
    result = scanned("--format", "text", given=json.dumps({"id": "1", "title": "Iran sends 3,000 soldiers to Syria"}))

    assert result.stdout.splitlines()[-1] == "    quantities: 3,000 soldiers"


def test_stories_say_what_a_person_would_be_told_and_keep_the_order_of_the_articles() -> None:
    articles = [
        {"id": "2", "title": "Iran has sent troops to Syria", "published": "2026-01-16"},
        {"id": "1", "title": HIT, "published": "2026-01-15"},
        {"id": "3", "title": "Iran denies that it sent troops to Syria", "published": "2026-01-17"},
    ]

    result = scanned("--stories", given="\n".join(map(json.dumps, articles)))

    hits = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(hit["article"], hit["alert"]) for hit in hits] == [("2", None), ("1", "first"), ("3", "update")]
    assert len({hit["story"] for hit in hits}) == 1
    assert hits[0]["story"].startswith("troop-transfer-")


def test_a_reader_sees_the_story_and_why_the_hit_is_in_it() -> None:
    result = scanned("--stories", "--format", "text", given=json.dumps({"id": "1", "title": HIT}))

    assert "told as first: no story of troop-transfer between IRN, SYR" in result.stdout.splitlines()[-1]
