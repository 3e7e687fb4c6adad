"""docs/reliability.md: each fault has a test that is there, and each test of a fault has its row."""

import re
from functools import cache

import pytest

from monitor.resources import PACKAGE

ROOT = PACKAGE.parent
TEXT = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
ROWS = [
    tuple(cell.strip() for cell in row.strip("|\n").split("|"))
    for row in re.findall(r"^\|.*\|$", TEXT, re.MULTILINE)
    if not re.match(r"\| (fault|-)|\|-", row)
]
OF_FAULTS = (
    "tests/integration/pipeline/test_machine.py", "tests/integration/pipeline/test_channels.py",
    "tests/integration/store/test_postgresql.py",
)  # fmt: skip
"""Files whose every test is a fault."""


@cache
def defined_in(file: str) -> frozenset[str]:
    """The tests that a file defines."""
    return frozenset(re.findall(r"^def (test_\w+)", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE))


def named_in(cell: str) -> list[tuple[str, str]]:
    """The tests that a row names, as file and function; `make` targets stand for themselves."""
    return [(file, name) for file, name in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", cell)]


def test_there_are_forty_faults_and_more() -> None:
    assert len(ROWS) >= 40
    assert len({row[0] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:50] for row in ROWS])
def test_a_fault_has_a_promise_a_test_that_is_there_and_a_figure(row: tuple[str, ...]) -> None:
    fault, promise, test, figure = row

    assert fault
    assert promise
    assert figure
    found = named_in(test)
    targets = re.findall(r"`make ([a-z-]+)", test)
    assert found or targets
    assert [one for one in found if one[1] not in defined_in(one[0])] == []
    assert [one for one in targets if f"\n{one}:" not in (ROOT / "Makefile").read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("file", OF_FAULTS)
def test_every_test_of_a_fault_has_its_row(file: str) -> None:
    told = {name for row in ROWS for of, name in named_in(row[2]) if of == file}

    assert defined_in(file) - told == set()
