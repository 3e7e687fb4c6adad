"""What: named lists of words and phrases by language, from `lexicons/*.toml` to values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from monitor.errors import Place
from monitor.rules.tables import Report, Table, Written
from monitor.toml import closest

How = Literal["forms", "exact", "prefix", "cased"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Term:
    """A word or phrase as an analyst means it, its `text` without the marks.

    `send` stands for all its forms, `"=word"` is exact, `"word*"` a prefix, `"=DPRK!"` exact with case;
    `"us~"` says of a name in capitals that any case will do, as it does for every other word.
    """

    text: str
    how: How = "forms"

    def __str__(self) -> str:
        """As it is written in a file."""
        marks = {"forms": ("", ""), "exact": ("=", ""), "prefix": ("", "*"), "cased": ("=", "!")}
        before, after = marks[self.how]
        return f"{before}{self.text}{after}"


def term_of(written: str) -> Term:
    """The term that a lexicon entry or a pattern word means.

    Raises ValueError with a clause for the reader where it means none (empty, or `*` alone).
    """
    text = written.strip()
    how: How = "forms"
    if text.startswith("="):
        text, how = text[1:], "exact"
        if text.endswith("!"):
            text, how = text[:-1], "cased"
    elif text.endswith("*"):
        text, how = text[:-1], "prefix"
    while how == "forms" and text.endswith("~"):
        text = text[:-1].rstrip()
    if "*" in text:
        raise ValueError("a * stands only at the end of a word")
    if not text[:1].isalnum() and not any(letter.isalnum() for letter in text):
        raise ValueError("a word needs at least one letter or digit")
    return Term(text=text.strip(), how=how)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """A named list, with what it includes already drawn in. `terms` by language code."""

    id: str
    terms: Mapping[str, tuple[Term, ...]] = field(default_factory=dict, repr=False)
    includes: tuple[str, ...] = ()
    """The lexicons drawn in, by id."""
    place: Place = field(default=Place(file=""), repr=False)


class LexiconReader:
    """Reads lexicons on demand, so that one may include another that stands later or in another file."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = tables
        self._done: dict[str, Lexicon] = {}
        self._under_way: list[str] = []

    def read_all(self) -> dict[str, Lexicon]:
        """All lexicons that are right; what is wrong is in the reports of the others' tables."""
        for id_ in self._tables:
            self.read(id_)
        return {id_: lexicon for id_, lexicon in self._done.items() if not self._tables[id_].report.is_bad}

    def read(self, id_: str) -> Lexicon:
        """One lexicon with what it includes."""
        if id_ in self._done:
            return self._done[id_]
        table = self._tables[id_]
        self._under_way.append(id_)
        includes: dict[str, None] = {}
        table.text("title")
        terms = {code: tuple(dict.fromkeys(self._terms(table, code, includes))) for code in table.languages("title")}
        self._under_way.pop()
        table.close()
        lexicon = Lexicon(id=id_, terms=terms, includes=tuple(includes), place=table.place())
        self._done[id_] = lexicon
        return lexicon

    def _terms(self, table: Table, code: str, includes: dict[str, None]) -> list[Term]:
        found: list[Term] = []
        for written in table.texts(code):
            if not written.text.startswith("#"):
                found += read_term(written, table.report)
                continue
            name = written.text[1:]
            if (other := self._included(name, written, table.report)) is not None:
                includes[name] = None
                found += other.terms.get(code, ())
        return found

    def _included(self, name: str, written: Written, report: Report) -> Lexicon | None:
        if name not in self._tables:
            hint = closest(name, self._tables)
            report.add(written.at(0), f"unknown lexicon #{name}", "the id of a lexicon", f"#{hint}" if hint else "")
            report.misses.append(("lexicon", name))
            return None
        if name in self._under_way:
            circle = [*self._under_way[self._under_way.index(name) :], name]
            way = " -> ".join(f"#{one}" for one in circle)
            report.add(written.at(0), f"lexicons include each other in a circle: {way}")
            return None
        other = self.read(name)
        bad = self._tables[name].report
        if bad.is_bad:
            report.add(written.at(0), f"lexicon #{name} is left out for its own mistake at {bad.problems[0].place}")
            report.knock_ons.append(("lexicon", name))
            return None
        return other


def read_term(written: Written, report: Report) -> list[Term]:
    """The term of one entry of a list, or nothing and a note in the report."""
    try:
        return [term_of(written.text)]
    except ValueError as error:
        report.add(written.place(), f'"{written.text}" is no word: {error}')
        return []
