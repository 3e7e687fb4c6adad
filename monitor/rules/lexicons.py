"""What: named lists of words and phrases by language, from `lexicons/*.toml` to values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from monitor.errors import Place

How = Literal["forms", "exact", "prefix", "cased"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Term:
    """A word or phrase as an analyst means it, its `text` without the marks.

    `send` stands for all its forms, `"=word"` is exact, `"word*"` a prefix, `"=DPRK!"` exact with case.
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
    if not any(letter.isalnum() for letter in text):
        raise ValueError("a word needs at least one letter or digit")
    return Term(text=text.strip(), how=how)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """A named list, with what it includes already drawn in. `terms` by language code."""

    id: str
    terms: Mapping[str, tuple[Term, ...]] = field(default_factory=dict, repr=False)
    place: Place = field(default=Place(file=""), repr=False)
