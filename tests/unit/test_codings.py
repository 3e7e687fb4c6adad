"""Content codings are undone whole, within a limit, or not at all."""

import gzip
import tracemalloc
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.codings import BadCodingError, BodyTooLargeError, CutBodyError, Unpacker

MIB = 1024 * 1024


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(body) + packer.flush()


def two_members(body: bytes) -> bytes:
    return gzip.compress(body[: len(body) // 2]) + gzip.compress(body[len(body) // 2 :])


WRAPPINGS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "plain": ("", bytes),
    "identity": ("identity", bytes),
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("x-gzip", gzip.compress),
    "gzip padded with zeros": ("gzip", lambda body: gzip.compress(body) + b"\0" * 20),
    "gzip in two members": ("gzip", two_members),
    "deflate with header": ("deflate", zlib.compress),
    "deflate without": ("deflate", raw_deflate),
}


def unpacked(packed: bytes, coding: str, *, step: int, limit: int = MIB) -> bytes:
    unpacker = Unpacker(coding, limit)
    for start in range(0, len(packed), step):
        unpacker.add(packed[start : start + step])
    return unpacker.finish()


@pytest.mark.parametrize(("coding", "pack"), WRAPPINGS.values(), ids=list(WRAPPINGS))
@given(body=st.binary(max_size=3_000), step=st.integers(1, 500))
def test_what_was_packed_comes_back_however_it_is_cut_into_chunks(
    coding: str, pack: Callable[[bytes], bytes], body: bytes, step: int
) -> None:
    assert unpacked(pack(body), coding, step=step) == body


@pytest.mark.parametrize(("coding", "pack"), WRAPPINGS.values(), ids=list(WRAPPINGS))
def test_a_long_body_comes_back_whole(coding: str, pack: Callable[[bytes], bytes]) -> None:
    body = bytes(range(256)) * 3_000

    assert unpacked(pack(body), coding, step=65_536) == body


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_body_that_ends_inside_its_coding_is_cut(coding: str) -> None:
    packed = WRAPPINGS["gzip" if coding == "gzip" else "deflate without"][1](bytes(range(256)) * 20)

    with pytest.raises(CutBodyError):
        unpacked(packed[:-20], coding, step=100)


@pytest.mark.parametrize("coding", ["br", "zstd", "x-mystery", "gzip, gzip", "deflate, gzip"])
def test_a_coding_that_was_not_asked_for_and_a_stack_of_them_are_refused(coding: str) -> None:
    with pytest.raises(BadCodingError):
        Unpacker(coding, MIB)


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_plain_bytes_that_claim_a_coding_are_refused(coding: str) -> None:
    with pytest.raises(BadCodingError):
        unpacked(b"<?xml version='1.0'?><rss/>" * 10, coding, step=10)


def test_a_wrong_checksum_is_refused() -> None:
    packed = bytearray(gzip.compress(b"Harbour reopens"))
    packed[-5] ^= 1

    with pytest.raises(BadCodingError):
        unpacked(bytes(packed), "gzip", step=100)


def test_a_bomb_is_stopped_at_the_limit_before_it_costs_memory() -> None:
    bomb = gzip.compress(b"\0" * (200 * MIB), 9)
    tracemalloc.start()

    with pytest.raises(BodyTooLargeError):
        unpacked(bomb, "gzip", step=len(bomb), limit=MIB)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * MIB
