"""The picture of an alert in README.md, made from the demo: `make docs` writes it to docs/alert.svg.

It holds text alone, each piece at its column and as wide as its letters, so that it looks the same in whatever
monospaced font the reader has; nothing in it is loaded from elsewhere.
"""

import io
import re
import sys
import tempfile
from datetime import UTC
from html import escape
from pathlib import Path

from monitor import log
from monitor.alerts.message import compose
from monitor.channels import console
from monitor.channels.screen import columns_of
from monitor.demo.run import play, script
from monitor.model import ChannelName, EventType, Message
from monitor.rulebook import load_rules
from monitor.store import Store, alerts
from monitor.store.asked import Asked

COLUMNS = 92
SHOWN = Asked(channel=ChannelName("screen"), event=EventType("troop-transfer"), status="denied")
"""The alert of the demo that is shown: an update that tells who denies, after three who alleged."""
_WIDE, _HIGH, _MARGIN = 8.4, 20, 16
"""Of a letter and of a line, in the picture's own units."""
_PAGE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" role="img">
<title>An alert as it comes: {title}</title>
<style>text {{ font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #e6edf3;
white-space: pre }} .b {{ font-weight: bold; fill: #ffd866 }} .l {{ font-weight: bold; fill: #fff }}</style>
<rect width="100%" height="100%" rx="8" fill="#161b22"/>
{body}
</svg>
"""


def shown(folder: Path) -> Message:
    """What the alert says, from the database that the demo left in a folder."""
    store = Store.open(f"sqlite:///{folder / 'demo.db'}")
    try:
        with store.look() as work:
            (found,) = alerts.found(work, SHOWN, 1)
    finally:
        store.close()
    return compose(found.alert, load_rules().ruleset.names, script().second, zone=UTC)


def picture(message: Message) -> str:
    """The alert as SVG, the same every time."""
    lines = console.render(message, columns=COLUMNS, is_coloured=True).splitlines()
    body = [piece for number, line in enumerate(lines) for piece in _pieces(line, _MARGIN + _HIGH * (number + 0.7))]
    return _PAGE.format(
        width=2 * _MARGIN + COLUMNS * _WIDE,
        height=2 * _MARGIN + _HIGH * len(lines),
        title=escape(message.headline),
        body="\n".join(body),
    )


def _pieces(line: str, y: float) -> list[str]:
    """A line of the terminal as pieces of text: what stands between two escapes or two gaps is one."""
    found: list[str] = []
    column, style = 0, ""
    for escape_, text in re.findall("\x1b\\[([0-9;]*)m|([^\x1b]+)", line):
        if not text:
            style = {"0": "", "1": "b"}.get(escape_, "l")
            continue
        if style == "l":
            place = f'x="{_MARGIN + column * _WIDE:.1f}" y="{y - 15:.1f}" width="{columns_of(text) * _WIDE:.1f}"'
            found.append(f'<rect {place} height="{_HIGH}" rx="3" fill="#da3633"/>')
        for gap, words in re.findall(r"( *)(\S+(?: \S+)*)", text):
            column += len(gap)
            wide = columns_of(words)
            place = f'x="{_MARGIN + column * _WIDE:.1f}" y="{y:.1f}" textLength="{wide * _WIDE:.1f}"'
            kind = f' class="{style}"' if style else ""
            found.append(f"<text{kind} {place}>{escape(words)}</text>")
            column += wide
        column += len(text) - len(text.rstrip(" "))
    return found


if __name__ == "__main__":
    log.setup("error", "text", sys.stderr)  # the demo's broken rule is meant to be
    with tempfile.TemporaryDirectory() as made:
        play(Path(made), screen=io.StringIO())
        sys.stdout.write(picture(shown(Path(made))))
