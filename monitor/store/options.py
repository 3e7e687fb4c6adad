"""What a transaction asks of its database, and how values become JSON there: the same for both."""

import json
from typing import Final

IS_WRITING: Final = "monitor_writing"
"""Execution option of a connection whose transactions write."""
IS_PLACING: Final = "monitor_placing"
"""Execution option of a connection whose transactions see and change stories, one at a time."""
CONNECTIONS: Final = 30
"""Most that one process opens: a thread a channel, the polling, a command; a server allows 100 to all by default."""
KEPT_OPEN: Final = 5


def json_text(value: object) -> str:
    """A value as JSON, letters of all scripts as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
