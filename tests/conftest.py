"""What holds for all tests: hypothesis never measures time, and in CI it takes the same examples every time."""

import os

from hypothesis import settings

from monitor import log

settings.register_profile("usual", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "usual")


def pytest_runtest_teardown() -> None:
    """What one test called a secret is none of the next: a password "word" would blot out that word everywhere."""
    log.forget()
