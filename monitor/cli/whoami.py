"""Who runs a command, for the ledger."""

import getpass
import os


def whoami() -> str:
    """The user's name; a user without a name is a number."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"
