"""Reading the lines that `scan` is given."""

import json
from datetime import UTC, datetime

import pytest

from monitor.cli.articles import FIXED_DATE, article_from
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
