"""Writing much of the database to a file or a pipe: CSV for a spreadsheet, JSON Lines for programs."""

import contextlib
import csv
import io
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

from monitor.errors import InputError

_ENDINGS = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}


def form_of(output: Path | None) -> str:
    """The form that a file's ending asks for; csv where it asks for none."""
    return _ENDINGS.get(output.suffix.lower() if output else "", "csv")


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[str]], *, has_bom: bool) -> Iterator[str]:
    """A CSV (RFC 4180), a line at a time; the cells are safe already. By the mark `has_bom` Excel knows UTF-8."""
    cells = io.StringIO(newline="")
    writer = csv.writer(cells, lineterminator="\r\n")
    writer.writerow(columns)
    yield ("\ufeff" if has_bom else "") + cells.getvalue()
    for row in rows:
        cells.seek(0)
        cells.truncate()
        writer.writerow(row)
        yield cells.getvalue()


def write_lines(lines: Iterable[str], output: Path | None) -> int:
    """Write the lines and count them; a file gets its name when it is whole. Raises InputError."""
    if output is None:
        sys.stdout.flush()
        out = io.TextIOWrapper(os.fdopen(os.dup(sys.stdout.fileno()), "wb"), encoding="utf-8", newline="")
        with out:
            return _copied(lines, out)
    try:
        with tempfile.NamedTemporaryFile(
            "w", dir=output.parent, prefix=f".{output.name}.", encoding="utf-8", newline="", delete=False
        ) as partly:
            try:
                count = _copied(lines, partly)
                partly.flush()
                os.fchmod(partly.fileno(), 0o666 & ~_umask())
                Path(partly.name).replace(output)
            except BaseException:
                with contextlib.suppress(OSError):
                    Path(partly.name).unlink()
                raise
    except OSError as error:
        raise InputError(
            f"{output} can't be written: {(error.strerror or str(error)).lower()}", remedy="name another file"
        ) from error
    return count


def _copied(lines: Iterable[str], out: IO[str]) -> int:
    count = 0
    for line in lines:
        out.write(line)
        count += 1
    return count


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
