"""Who works, and whether another's process is gone for certain."""

import os
import subprocess
import sys

import pytest

from monitor.worker import is_gone, worker_name


def named(number: int) -> str:
    return worker_name().replace(f":{os.getpid()}@", f":{number}@")


def test_this_process_is_not_gone() -> None:
    assert not is_gone(worker_name())


def test_a_process_that_ended_is_gone() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()

    assert is_gone(named(ended.pid))


def test_a_process_of_another_account_is_not_gone() -> None:
    assert not is_gone(named(1))


HERE = worker_name().partition(":")[0]


@pytest.mark.parametrize(
    "worker", ["", "w1", "host:4", "a:b@c", f"elsewhere:{2**22 + 1}@b.1", f"{HERE}:{2**22 + 1}@another.1"]
)
def test_of_a_process_elsewhere_nothing_is_known(worker: str) -> None:
    assert not is_gone(worker)
