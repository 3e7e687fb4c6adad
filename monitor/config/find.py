"""Which file holds the configuration, and where state is kept without one."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from monitor.errors import ConfigError, Place, Problem

NAME = "config.toml"
VARIABLE = "RELATIONS_MONITOR_CONFIG"
FOLDER = "relations-monitor"
OVERLAYS = "config.d"
CREDENTIALS = Path("/run/credentials/relations-monitor.service")
"""Where systemd keeps the credentials of the service while it runs; root alone may look there from outside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The configuration file and why it is that one. `path` is None where there is none: all defaults hold.

    `name` is what messages call it: the path as the user gave it. `beside` is what relative paths count from:
    the file's folder, the working directory where there is no file.
    """

    path: Path | None
    because: str
    beside: Path
    name: str = NAME

    @property
    def overlay_folder(self) -> Path | None:
        """The folder with the files that are laid over it; it may not exist. None where there is no file."""
        return None if self.path is None else self.beside / OVERLAYS

    @property
    def files(self) -> list[tuple[str, Path]]:
        """Every file that counts, the lowest first, each with what messages call it.

        Raises ConfigError for a folder that can't be looked into: its settings would be missed in silence.
        """
        if self.path is None or self.overlay_folder is None:
            return []
        named = Path(self.name).parent / OVERLAYS
        try:
            over = sorted(self.overlay_folder.iterdir()) if self.overlay_folder.is_dir() else []
        except OSError as error:
            because = f"can't be looked into: {(error.strerror or str(error)).lower()}"
            expected = "a folder that this user may read and enter"
            raise ConfigError([Problem(place=Place(file=str(named)), because=because, expected=expected)]) from None
        counting = [path for path in over if path.suffix == ".toml" and not path.name.startswith(".")]
        return [(self.name, self.path), *((str(named / path.name), path) for path in counting)]


def find(explicit: Path | None, environ: Mapping[str, str], *, folder: Path, system: Path = Path("/etc")) -> Found:
    """The first configuration file that there is.

    Looked for in this order: `explicit` (--config), RELATIONS_MONITOR_CONFIG, config.toml in `folder` (the working
    directory), in $XDG_CONFIG_HOME/relations-monitor, in /etc/relations-monitor. The first two must exist.
    Raises ConfigError where they don't.
    """
    if explicit is not None:
        return _named(explicit, folder, "--config")
    if environ.get(VARIABLE):
        return _named(Path(environ[VARIABLE]).expanduser(), folder, VARIABLE)
    looked = (
        (folder / NAME, "it is in the working directory"),
        (_base(environ, "XDG_CONFIG_HOME", ".config") / FOLDER / NAME, "it is in your configuration folder"),
        (system / FOLDER / NAME, "it is the machine's"),
    )
    for path, because in looked:
        if path.is_file():
            name = NAME if path.parent == folder else str(path)
            return Found(path=path, because=because, beside=path.parent.absolute(), name=name)
    return Found(path=None, because="no file was found, so every default holds", beside=folder.absolute())


def _named(given: Path, folder: Path, by: str) -> Found:
    path = folder / given
    place = Place(file=str(given))
    if path.is_dir():
        raise ConfigError([Problem(place=place, because=f"{by} names a folder", expected="a file")])
    if not path.exists():
        raise ConfigError([Problem(place=place, because=f"{by} names a file that does not exist")])
    return Found(path=path, because=f"{by} names it", beside=path.parent.absolute(), name=str(given))


def state_folder(environ: Mapping[str, str]) -> Path:
    """Where state is kept: $STATE_DIRECTORY (systemd), else $XDG_STATE_HOME or ~/.local/state. It may not exist yet."""
    given = environ.get("STATE_DIRECTORY", "").split(os.pathsep)[0]
    if given:
        return Path(given)
    return _base(environ, "XDG_STATE_HOME", ".local/state") / FOLDER


def credentials_folder(environ: Mapping[str, str], otherwise: Path = CREDENTIALS) -> Path | None:
    """Where systemd put the credentials: $CREDENTIALS_DIRECTORY, else those of the running service; None without."""
    given = environ.get("CREDENTIALS_DIRECTORY", "")
    if given:
        return Path(given)
    try:
        return otherwise if otherwise.is_dir() else None
    except OSError:  # not ours to look into
        return None


def _base(environ: Mapping[str, str], variable: str, otherwise: str) -> Path:
    """A base folder by the XDG specification, which says that a relative path is to be ignored."""
    given = Path(environ.get(variable, ""))
    if given.is_absolute():
        return given
    home = environ.get("HOME", "")
    return (Path(home) if home else Path("~").expanduser()) / otherwise
