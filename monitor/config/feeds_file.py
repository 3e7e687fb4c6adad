"""config.d/feeds.toml: the file that commands write feeds into. What stands there is kept, letter by letter."""

import contextlib
import fcntl
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from monitor.config.find import OVERLAYS, Found
from monitor.config.load import Text, read_texts, texts_of
from monitor.config.schema import FEEDS
from monitor.config.show import as_toml
from monitor.errors import MonitorError

NAME: Final = "feeds.toml"
_HEAD: Final = (
    "# Written by `relations-monitor feeds add` and `feeds import`. Edit it as you like: they only add at its end.\n"
)


def path_of(found: Found) -> Path:
    """Where the file lies or would lie. Raises MonitorError where there is no configuration beside which it could."""
    if found.overlay_folder is None:
        raise MonitorError(found.because, remedy="copy config.example.toml to ./config.toml to begin")
    return found.overlay_folder / NAME


@contextlib.contextmanager
def alone(found: Found) -> Iterator[None]:
    """Let no other command of ours change the file meanwhile: of two that add at once, one waits."""
    path_of(found)
    folder = os.open(found.beside, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def with_feeds(found: Found, environ: Mapping[str, str], feeds: Sequence[Mapping[str, object]]) -> str:
    """The text of the file with these feeds added, keys as in the schema.

    The whole configuration was read with it, so it can be taken up. Raises ConfigError, and nothing is written.
    """
    path_of(found)
    name = str(Path(found.name).parent / OVERLAYS / NAME)
    main, *overlays = texts_of(found)
    before = next((one.text for one in overlays if one.name == name), _HEAD)
    text = before + ("" if before.endswith("\n") else "\n") + "".join(f"\n{_table(feed)}" for feed in feeds)
    others = [one for one in overlays if one.name != name]
    layers = sorted([*others, Text(name=name, text=text)], key=lambda one: Path(one.name).name)
    read_texts(found, [main, *layers], environ)
    return text


def _table(feed: Mapping[str, object]) -> str:
    """A feed as TOML, its keys in the order of the schema, those that say nothing left out."""
    values = {key.name: feed[key.name] for key in FEEDS.keys if feed.get(key.name) not in (None, "", [], {})}
    return as_toml({"feeds": [values]})


def write(found: Found, text: str) -> Path:
    """Put the text in the place of the file, all of it or nothing; readable by whoever may read config.toml."""
    path = path_of(found)
    try:
        if not path.parent.is_dir():
            path.parent.mkdir()
            _like(path.parent, found.beside)
        model = path if path.exists() else found.path or path
        handle, temporary = tempfile.mkstemp(prefix=f".{NAME}.", dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            _like(Path(temporary), model)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise MonitorError(f"{path} can't be written: {(error.strerror or str(error)).lower()}") from None
    return path


def _like(path: Path, model: Path) -> None:
    """Give it the mode of another, and its owner where we may: a file of root's would lock the service out."""
    told = model.stat()
    path.chmod(told.st_mode & 0o777)
    with contextlib.suppress(PermissionError):
        os.chown(path, told.st_uid, told.st_gid)
