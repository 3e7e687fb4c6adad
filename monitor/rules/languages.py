"""What the program knows of a language: forms, grammar words, cue words, from `languages/CODE.toml` to values."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from monitor.model import STATUSES, Counting, Language, Status
from monitor.rules.lexicons import read_term
from monitor.rules.tables import Table
from monitor.text.fold import folded
from monitor.text.inflect import forms_of
from monitor.toml import closest

_T = TypeVar("_T")
_FAR_ZONE = 14
_STOPS = (
    "be", "have", "do", "modal", "negation", "determiner", "owner", "pronoun", "relative", "complementizer",
    "condition", "subordinator", "conjunction", "preposition", "to_phrase", "for_phrase", "by_phrase", "from_phrase",
    "with_phrase",
)  # fmt: skip
"""The classes of words that end a noun phrase."""


def read_language(table: Table) -> Language:
    """One language; what is wrong is in the table's report."""
    code = table.needed("code", "the code of the language, like en")
    language = Language(
        code=code,
        abbreviations=frozenset(written.text.casefold().removesuffix(".") for written in table.texts("abbreviations")),
        irregular=_lists(table, "irregular"),
        classes={name: frozenset(words) for name, words in _lists(table, "classes").items()},
        cues=_cues(table),
        pairs=_lists(table, "pairs"),
        hours=_hours(table),
    )
    counting = table.table("counting")
    if counting is not None:
        language = replace(language, counting=_counting(counting, language))
        counting.close()
    table.close()
    return language


def _lists(table: Table, key: str) -> Mapping[str, tuple[str, ...]]:
    inner = table.table(key)
    if inner is None:
        return {}
    return {name: tuple(written.text for written in inner.texts(name)) for name in inner.keys()}  # noqa: SIM118 (a Table is no mapping)


def _hours(table: Table) -> int:
    """How far the clock of the language's papers is ahead of UTC."""
    written = table.text("hours", "0")
    if not re.fullmatch(r"-?\d{1,2}", written) or abs(int(written)) > _FAR_ZONE:
        table.fail("hours", f"{written} is no time zone", 'whole hours ahead of UTC, like "9"')
        return 0
    return int(written)


def _counting(table: Table, language: Language) -> Counting:
    """How the language counts; what is wrong is in the table's report."""
    months = language.classes.get("month", frozenset())
    words = {name: frozenset(found) for name, found in _lists(table, "words").items()}
    opening = (words.get(one, frozenset()) for one in ("several", "half", "article"))
    numbers, many = _keyed(table, "numbers", _number), _keyed(table, "many", _bounds)
    scales = _keyed(table, "scales", _number)
    fractions = _keyed(table, "fractions", lambda written: float(Fraction(written)))
    starts = frozenset({*numbers, *many, *months}).union(*opening)
    return Counting(
        decimal=table.text("decimal", "."),
        numbers=numbers,
        scales=scales,
        fractions=fractions,
        many=many,
        units=_units(table, language),
        periods=_keyed(table, "periods", str),
        plural=tuple(written.text for written in table.texts("plural")),
        singular=tuple(written.text for written in table.texts("singular")),
        words=words,
        starts=starts,
        hints=frozenset({*scales, *fractions}).union(starts - words.get("article", frozenset())),
        stops=frozenset().union(*(language.classes.get(one, ()) for one in _STOPS)),
    )


def _keyed(table: Table, key: str, value_of: Callable[[str], _T]) -> dict[str, _T]:
    """Each word of a table of lists with the value that its key means: `12 = ["twelve"]`."""
    inner = table.table(key)
    found: dict[str, _T] = {}
    for name in inner.keys() if inner is not None else ():
        assert inner is not None
        try:
            value = value_of(name)
        except (ValueError, ZeroDivisionError):
            inner.fail(name, f"{name} is no number", "12, 1_000, 24-99 or 1/3", of_key=True)
            inner.texts(name)
            continue
        found.update((folded(written.text), value) for written in inner.texts(name))
    return found


def _number(written: str) -> float:
    value = float(written.replace("_", ""))
    if not 0 < value < 1e18:
        raise ValueError(written)
    return value


def _bounds(written: str) -> tuple[float, float]:
    low, _, high = written.partition("-")
    if _number(low) >= _number(high):
        raise ValueError(written)
    return _number(low), _number(high)


def _units(table: Table, language: Language) -> dict[str, str]:
    """The unit of each form of each word or phrase; the first unit that claims a form has it."""
    units: dict[str, str] = {}
    for unit, written in _lists(table, "units").items():
        for text in written:
            is_exact = text.startswith("=")
            for form in (text[1:],) if is_exact else forms_of(text, language)[0]:
                if not form.endswith("*"):
                    units.setdefault(folded(form), unit)
    return units


def _cues(table: Table) -> Mapping[Status, tuple[str, ...]]:
    inner = table.table("cues")
    if inner is None:
        return {}
    found: dict[Status, tuple[str, ...]] = {}
    by_name = {str(status): status for status in STATUSES}
    for name in inner.keys():  # noqa: SIM118 (a Table is no mapping)
        if name not in by_name:
            hint = closest(name, by_name)
            inner.fail(name, f"unknown status {name}", f"one of {', '.join(by_name)}", hint, of_key=True)
        else:
            written = inner.texts(name)
            found[by_name[name]] = tuple(one.text for one in written if read_term(one, table.report))
    return found
