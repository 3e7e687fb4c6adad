"""Values that must not be read over a shoulder: passwords, tokens, addresses that hold them; and where they may lie."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from monitor.config.kinds import Kind, WrongError
from monitor.toml import closest

HIDDEN: Final = "***"
REFERENCES: Final = ("file", "credential")
"""What a table in place of a secret may name: url = { file = "/run/secrets/slack" } or { credential = "slack" }."""
STORE: Final = Path("/etc/credstore")
"""Where systemd takes the credentials of the service from, each by the name relations-monitor.NAME; for root alone."""
_LONGEST: Final = 2**16
_FORMS: Final = 'the secret itself, { file = "/run/secrets/NAME" } or { credential = "NAME" }'


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that prints as ***. Only `reveal` gives it away, so a search for that word finds every use."""

    _text: str = field(repr=False)

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def __repr__(self) -> str:
        return HIDDEN

    def __str__(self) -> str:
        return HIDDEN

    def __format__(self, spec: str) -> str:
        return format(HIDDEN, spec)


class UnreadError(WrongError):
    """A secret that is not where it should be, or is no secret there: the world's fault, and it may mend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vault:
    """The places outside the configuration where secrets lie. A relative file is meant from `beside`."""

    beside: Path
    credentials: Path | None
    """The folder that systemd puts credentials into; None where there is none."""

    def fetch(self, reference: Mapping[str, object]) -> tuple[str, str]:
        """The secret that a reference leads to, and words for where it lay.

        Raises UnreadError where it is not there, WrongError for what is no reference; neither holds any of it.
        """
        name, given = self._named(reference)
        if name == "file":
            path = self.beside / Path(given).expanduser()
            return _content(path, f"the file {path}"), f"file {path}"
        return _content(self._credential(given), f"the credential {given}"), f"credential {given}"

    def _named(self, reference: Mapping[str, object]) -> tuple[str, str]:
        names = list(reference)
        if len(names) != 1 or names[0] not in REFERENCES:
            near = closest(names[0], REFERENCES) if len(names) == 1 else ""
            raise WrongError("a table that leads to no secret", hint=near, expected=_FORMS)
        given = reference[names[0]]
        if not isinstance(given, str) or not given or "\0" in given:
            raise WrongError(f"{names[0]} is no name", expected=_FORMS)
        return names[0], given

    def _credential(self, name: str) -> Path:
        if "/" in name or name in (".", ".."):
            raise WrongError("the name of a credential is no path", expected="the NAME of LoadCredential=NAME:PATH")
        kept = STORE / f"relations-monitor.{name}"
        if self.credentials is None and os.access(kept, os.R_OK):
            return kept  # a command of root's before the service was started: systemd will take it from there
        if self.credentials is None:
            raise UnreadError(
                f"the credential {name} can't be read: $CREDENTIALS_DIRECTORY is not set",
                expected=f"a service with LoadCredential={name}:PATH; by hand, set it to the folder that holds {name}",
            )
        return self.credentials / name


def _content(path: Path, called: str) -> str:
    """The one line that a file holds, without white space around it."""
    try:
        if path.exists() and not path.is_file():
            raise UnreadError(f"{called} is no file", expected="a file with the secret and nothing else")
        with path.open("rb") as file:
            raw = file.read(_LONGEST + 1)
    except OSError as error:
        because = f"{called} can't be read: {(error.strerror or str(error)).lower()}"
        raise UnreadError(because, expected="a file that this user may read") from None
    try:
        text = raw.decode().strip()
    except UnicodeDecodeError:
        raise UnreadError(f"{called} is not UTF-8", expected="a file in UTF-8") from None
    if not text:
        raise UnreadError(f"{called} is empty", expected="a file with the secret and nothing else")
    if len(raw) > _LONGEST or not text.isprintable():
        raise UnreadError(f"{called} holds more than a secret", expected="the secret alone, on one line")
    return text


LEAST_SECRET = 32
"""Letters of a secret that signs: as many as nobody guesses."""


def _signing_secret(value: object) -> str:
    text = value if isinstance(value, str) else ""
    if not text or not text.isprintable():  # half a letter, from an environment that is not UTF-8, can't be signed with
        raise WrongError("a secret is a text of letters that can be printed")
    if len(text) < LEAST_SECRET or len(set(text)) < 8:
        raise WrongError("this secret is too short to sign with, or too simple")
    return text


SIGNING_SECRET = Kind(
    name="secret", read=_signing_secret, shape={"type": "string", "minLength": LEAST_SECRET},
    expected=f"at least {LEAST_SECRET} random letters, such as `openssl rand -base64 32` prints",
)  # fmt: skip
