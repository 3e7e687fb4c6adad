"""Content codings undone within a limit: gzip and deflate, and nothing else.

A cap on decoded bytes does not bound memory unless the decoder itself stops: a chunk of 64 kB may unpack to
64 MB before anybody looks. Here no step makes more than `STEP` bytes.
"""

import zlib

STEP = 64 * 1024
_GZIP, _ZLIB, _RAW = 31, 15, -15
"""The window bits by which zlib tells the three wrappings apart."""


class BodyTooLargeError(Exception):
    """More bytes than may be read."""


class CutBodyError(Exception):
    """The body ended before its coding did."""


class BadCodingError(Exception):
    """A coding that was not asked for, stacked ones, or bytes that are not in the coding they claim."""


class Unpacker:
    """Takes a body chunk by chunk and gives it decoded, at most `limit` bytes of it.

    `coding` is the value of Content-Encoding. Several gzip members are one body (RFC 1952); deflate comes with
    a zlib header or without. Raises BadCodingError for other and for stacked codings.
    """

    def __init__(self, coding: str, limit: int) -> None:
        named = [name.strip().lower() for name in coding.split(",")]
        wanted = [name for name in named if name not in ("", "identity", "none")]
        if len(wanted) > 1:
            raise BadCodingError(f"stacked codings: {', '.join(wanted)[:80]}")
        self._coding = wanted[0].removeprefix("x-") if wanted else ""
        if self._coding not in ("", "gzip", "deflate"):
            raise BadCodingError(f"unknown coding {self._coding[:40]!r}")
        self._limit = limit
        self._body = bytearray()
        self._zlib = zlib.decompressobj(_GZIP if self._coding == "gzip" else _ZLIB)
        self._head = b""
        """What a deflate decoder has seen before its first output, to start again without a header."""
        self._is_empty = True

    def add(self, chunk: bytes) -> None:
        """Take the next bytes. Raises BodyTooLargeError, BadCodingError."""
        if not chunk:
            return
        self._is_empty = False
        if not self._coding:
            self._keep(chunk)
            return
        try:
            self._inflate(chunk)
        except zlib.error as error:
            raise BadCodingError(f"not {self._coding}: {error}") from error

    def finish(self) -> bytes:
        """The whole body. Raises CutBodyError if it ended inside its coding."""
        if self._coding and not self._is_empty and not self._zlib.eof:
            raise CutBodyError(f"the body ends inside its {self._coding}")
        return bytes(self._body)

    def _keep(self, part: bytes) -> None:
        if len(self._body) + len(part) > self._limit:
            raise BodyTooLargeError(f"more than {self._limit:,} bytes after decoding")
        self._body += part

    def _inflate(self, pending: bytes) -> None:
        while True:
            if self._zlib.eof:
                pending = pending.lstrip(b"\0") if self._coding == "gzip" else b""  # gzip may be padded with zeros
                if not pending:
                    return
                self._zlib = zlib.decompressobj(_GZIP)
            part = self._step(pending)
            self._keep(part)
            pending = self._zlib.unused_data if self._zlib.eof else self._zlib.unconsumed_tail
            if not pending and len(part) < STEP and not self._zlib.eof:
                return

    def _step(self, pending: bytes) -> bytes:
        if self._coding == "gzip" or self._body:
            return self._zlib.decompress(pending, STEP)
        self._head += pending
        try:
            part = self._zlib.decompress(pending, STEP)
        except zlib.error:
            self._zlib = zlib.decompressobj(_RAW)
            part = self._zlib.decompress(self._head, STEP)
        if part:
            self._head = b""
        return part
