"""Alerts kept as files of mail: exactly what mail would send, for the demo and for desks that archive.

A channel `eml:///path/to/folder?from=..&to=..`; every mail program opens the files.
"""

import os
from datetime import datetime
from hashlib import sha256
from pathlib import Path


class EmlFolder:
    """A folder that takes mails. A file is there whole or not at all, also after a power cut."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, alert: str, at: datetime, mail: bytes) -> Path:
        """Keep the mail of an alert; its files sort by the time of their first attempt.

        A second attempt replaces the first one's file, so it makes no double. Raises OSError.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        mark = _mark(alert)
        target = next(self.path.glob(f"*-{mark}.eml"), self.path / f"{at:%Y%m%dT%H%M%SZ}-{mark}.eml")
        part = self.path / f".{target.name}.{os.getpid()}.part"
        try:
            with part.open("wb") as file:
                file.write(mail)
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        except OSError:
            part.unlink(missing_ok=True)
            raise
        folder = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return target


def _mark(alert: str) -> str:
    """The id of an alert as part of a file name: itself where it is letters and digits, else its digest."""
    is_plain = alert.isascii() and alert.isalnum() and len(alert) <= 64
    return alert if is_plain else sha256(alert.encode("utf-8", "surrogatepass")).hexdigest()[:24]
