"""What holds for all tests: hypothesis never measures time, and in CI it takes the same examples every time."""

import os

from hypothesis import settings

settings.register_profile("usual", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "usual")
