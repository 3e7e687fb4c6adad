"""A secret prints as ***, however it is printed."""

import json

import pytest

from monitor.config import Secret


def test_a_secret_is_told_by_reveal_alone() -> None:
    secret = Secret("hunter2!")

    told = f"{secret} {secret!r} {secret!s:>8} {[secret]} {json.dumps({'a': secret}, default=str)} " + "%s" % (secret,)  # noqa: UP031 (another way to print)

    assert "hunter2!" not in told
    assert secret.reveal() == "hunter2!"


def test_a_secret_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Secret("hunter2!")._text = "other"  # type: ignore[misc]  # that it is refused is the point
