"""What the program knows of a language: forms, grammar words, cue words, from `languages/CODE.toml` to values."""

from collections.abc import Mapping

from monitor.model import STATUSES, Language, Status
from monitor.rules.lexicons import read_term
from monitor.rules.tables import Table
from monitor.toml import closest


def read_language(table: Table) -> Language:
    """One language; what is wrong is in the table's report."""
    code = table.needed("code", "the code of the language, like en")
    language = Language(
        code=code,
        abbreviations=frozenset(written.text for written in table.texts("abbreviations")),
        irregular=_lists(table, "irregular"),
        classes={name: frozenset(words) for name, words in _lists(table, "classes").items()},
        cues=_cues(table),
    )
    table.close()
    return language


def _lists(table: Table, key: str) -> Mapping[str, tuple[str, ...]]:
    inner = table.table(key)
    if inner is None:
        return {}
    return {name: tuple(written.text for written in inner.texts(name)) for name in inner.keys()}  # noqa: SIM118 (a Table is no mapping)


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
