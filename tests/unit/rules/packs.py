"""A small right pack as texts, to lay wrong or further files beside."""

from collections.abc import Mapping

RIGHT: Mapping[str, str] = {
    "actors/right.toml": """\
[actors.north-korea]
code = "PRK"
kind = "state"
names.en = ["North Korea", "DPRK"]

# The line numbers of this file are part of the table of errors.

[actors.russia]
code = "RUS"
kind = "state"
names.en = ["Russia"]

[actors.iran]
code = "IRN"
kind = "state"
names.en = ["Iran"]

[groups]
watched = ["north-korea", "russia", "iran"]
""",
    "lexicons/right.toml": """\
[lexicons.troops]
en = ["troop", "soldier"]

[lexicons.send]
en = ["send", "dispatch"]
""",
    "events/events.toml": """\
[events.arms-supply]
title = "Arms supply"

[events.pact]
title = "Pact"
reciprocal = true
""",
    "languages/en.toml": """\
code = "en"
abbreviations = ["Mr."]
[irregular]
send = ["sends", "sent", "sending"]
[classes]
by = ["by"]
[cues]
denied = ["deny"]
""",
    "right.toml": """\
[[rule]]
id = "right"
title = "{source} arms {target}"
event = "arms-supply"
severity = "high"
[[rule.match]]
act = "#send"
object = "#troops"
source = "@watched"
target = "@state"
""",
}

HEAD = """\
[[rule]]
id = "wrong"
title = "{source} arms {target}"
event = "arms-supply"
severity = "high"
"""


def a_rule(*, pattern: str = "", entry: str = "", rest: str = "") -> str:
    """A rule file with one rule called "wrong": a pattern, or an entry's keys, and further keys of the rule."""
    if pattern:
        return f"{HEAD}match = ['{pattern}']\n"
    if entry:
        return f"{HEAD}[[rule.match]]\n{entry.lstrip()}"
    return f"{HEAD}match = ['#send']\n{rest.lstrip()}"
