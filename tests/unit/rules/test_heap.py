"""While rules are made nothing searches for garbage, and afterwards all is as before."""

import gc

import pytest

from monitor.rules.heap import without_collection


def test_collection_is_off_inside_and_on_again_behind() -> None:
    inside = without_collection(gc.isenabled)()

    assert (inside, gc.isenabled()) == (False, True)


def test_collection_is_on_again_after_a_failure() -> None:
    @without_collection
    def fail() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert gc.isenabled()


def test_collection_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        without_collection(int)("1")
        assert not gc.isenabled()
    finally:
        gc.enable()
