"""Every error that a user can see, with its place.

The tree:

    MonitorError                what stops the work that was asked for
    ├── UsageError              a command line that asks for the impossible; exit 2
    ├── InputError              an input file that can't be read; exit 1
    ├── ConfigError             config.toml; exit 78, nothing starts
    ├── StoreError              the database: away, full, locked, outdated; exit 1
    └── AlreadyRunningError          a second daemon on one database

What one rule, feed, entry or channel does wrong is a value that its owner reports, and not an
exception: a `Problem` here for files that people write, `FetchFailed`, `Complaint`, `Refused` in
`model` and `decisions`.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in a file that a person wrote. `line` and `column` count from 1 in characters; 0 is the whole file."""

    file: str
    line: int = 0
    column: int = 0
    text: str = ""
    """The line itself, for the caret; empty where it is not known."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def caret(self) -> str:
        """The line with a caret below the column, or nothing where the line is not known.

        Tabs stay tabs above and below, so that the caret stands right whatever their width.
        """
        if not self.line or not self.text:
            return ""
        before = self.text[: max(self.column - 1, 0)]
        blank = "".join("\t" if letter == "\t" else "  " if _is_wide(letter) else " " for letter in before)
        return f"  {self.text}\n  {blank}^"


def _is_wide(letter: str) -> bool:
    import unicodedata

    return unicodedata.east_asian_width(letter) in "WF"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong in a file that a person wrote: place, problem, remedy.

    `because` says what is wrong in one clause, `expected` what would be right, `hint` what was
    probably meant. `lint` is the id of a warning ("no-test"); empty for an error.
    `owner` names what is left out because of it ("rule troop-transfer"); empty: the file or key itself.
    `meanwhile` says what is in force until it is mended ("its last good version stays in force").
    """

    place: Place
    because: str
    expected: str = ""
    hint: str = ""
    owner: str = ""
    lint: str = ""
    meanwhile: str = ""

    @property
    def is_warning(self) -> bool:
        """A warning is told; an error leaves its owner out as well."""
        return bool(self.lint)

    def __str__(self) -> str:
        told = f"{self.place}: {self.because}"
        if self.hint:
            told += f" (did you mean {self.hint}?)"
        if self.expected:
            told += f"; expected {self.expected}"
        if self.meanwhile:
            told += f"; {self.meanwhile}"
        return told

    def in_full(self) -> str:
        """The message with the line and a caret below it."""
        caret = self.place.caret()
        label = f"{self} [{self.lint}]" if self.lint else str(self)
        return f"{label}\n{caret}" if caret else label


class MonitorError(Exception):
    """What stops the work that was asked for. `remedy` tells the reader what to do; `exit_code` the shell."""

    exit_code = 1

    def __init__(self, because: str, *, remedy: str = "") -> None:
        super().__init__(because)
        self.because = because
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.because}; {self.remedy}" if self.remedy else self.because


class UsageError(MonitorError):
    """A command line that asks for the impossible."""

    exit_code = 2


class InputError(MonitorError):
    """An input file that can't be read."""


class ConfigError(MonitorError):
    """The configuration can't be used. Carries every problem found, not only the first."""

    exit_code = 78

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.in_full() for problem in self.problems))


class StoreError(MonitorError):
    """The database can't do what was asked: away, full, locked, corrupt or of another version."""


class AlreadyRunningError(MonitorError):
    """Another daemon works on this database."""
