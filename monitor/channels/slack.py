"""An alert as Slack's Block Kit, within Slack's limits and with nothing in it that could call anybody.

Pure: what is posted where, is `doors`. Limits and escaping are those of Slack's reference of blocks: a header of
150 characters, a section of 3,000, ten fields of 2,000, ten elements of context, 50 blocks, `text` always.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from monitor.channels.console import DOUBLE, headline
from monitor.channels.screen import cut, marked_pieces, one_line, quiet_address
from monitor.model import Message, Severity

HEADER = 150
SECTION = 3000
FIELD = 2000
FIELDS = 10
BLOCKS = 50
TEXT = 3000
"""Of the plain text that push messages show; Slack cuts at 40,000, nobody reads so much of it."""
_ZERO_WIDTH = "\u200b"
_LIGHTS: dict[Severity, str] = {"info": "⚪", "low": "🟢", "medium": "🟡", "high": "🟠", "critical": "🔴"}
_LOOKALIKES = str.maketrans({"*": "∗", "`": "ˋ", "~": "∼"})
"""Signs that would switch bold, code or strike on; the bold in a quote is ours alone, for the matched words."""
_CALLS = re.compile(r"(?<![\w@])@(?=\w)")
_RECEIPT = re.compile(r"\bchannel ([A-Z0-9]+), ts (\d+\.\d+)\b")

Block = dict[str, Any]


def render(message: Message, *, channel: str = "") -> str:
    """The JSON of a message: for an incoming webhook, or for a bot where `channel` names the conversation.

    A bot's update goes into the thread of the story's first message where its receipt is known.
    """
    payload: dict[str, Any] = {
        "text": _text(message),
        "blocks": _blocks(message),
        "unfurl_links": False,
        "unfurl_media": False,
        "link_names": False,
    }
    if channel:
        payload["channel"] = channel
        if message.is_update and (thread := _thread(message.first_receipt)):
            payload["channel"], payload["thread_ts"] = thread
    return json.dumps(payload, ensure_ascii=False)


def receipt(answer: dict[str, Any]) -> str:
    """What is kept of a bot's answer: conversation and time stamp, by which a later message finds the thread."""
    return f"ok, channel {answer.get('channel', '')}, ts {answer.get('ts', '')}"


def _thread(first_receipt: str) -> tuple[str, str] | None:
    """Conversation and time stamp of the story's first message."""
    found = _RECEIPT.search(first_receipt)
    return (found[1], found[2]) if found else None


def _text(message: Message) -> str:
    """What a push message and a screen reader tell."""
    head = f"[{message.severity.upper()}] {one_line(headline(message))}"
    said = one_line(message.statement)
    return _fitted(f"{head} — {said}" if said and said != one_line(message.headline) else head, TEXT)


def _blocks(message: Message) -> list[Block]:
    light = _LIGHTS[message.severity]
    head = f"{light} {message.severity.upper()} · {one_line(headline(message))}"
    blocks: list[Block] = [{"type": "header", "text": _plain(_fitted(head, HEADER))}]
    if message.changes:
        blocks.append(_section("\n".join(["*New*", *(f"• {_escaped(one_line(one))}" for one in message.changes)])))
    if message.statement and one_line(message.statement) != one_line(message.headline):
        blocks.append(_section(_fitted(one_line(message.statement), SECTION)))
    if message.quote.strip():
        blocks.append(_section(_quote(message)))
    fields = [_field(label, value) for label, value in message.facts]
    blocks += [{"type": "section", "fields": fields[at : at + FIELDS]} for at in range(0, len(fields), FIELDS)]
    blocks += _links(message)
    blocks += _answers(message)
    if message.may_be_double:
        blocks.append({"type": "context", "elements": [_mrkdwn(DOUBLE)]})
    return blocks[:BLOCKS]


def _section(text: str) -> Block:
    return {"type": "section", "text": _mrkdwn(_whole_lines(text, SECTION))}


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}


def _mrkdwn(text: str) -> Block:
    """Text with Slack's mark-up. Verbatim: names and addresses in it stay words."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _field(label: str, value: str) -> Block:
    name = _fitted(one_line(label), 200)
    return _mrkdwn(f"*{name}*\n{_fitted(one_line(value) or '-', FIELD - len(name) - 3)}")


def _quote(message: Message) -> str:
    """The sentence with the matched words bold, and whose words these are."""
    by = f"\n— {_fitted(one_line(message.quote_by), 300)}" if message.quote_by else ""
    pieces = marked_pieces(message.quote, message.marked)
    text = "".join(_bold(piece) if is_marked else _escaped(piece) for piece, is_marked in pieces)
    text = " ".join(text.split())
    if len(text) + len(by) + 10 > SECTION:
        text = _fitted(one_line(message.quote), SECTION - len(by) - 10)
    return f"&gt; “{text}”{by}".replace("&gt;", ">", 1)


def _bold(piece: str) -> str:
    """Bold, also in the middle of a word: Slack wants a border there, and a sign of no width is one."""
    word = _escaped(piece.strip())
    if not word:
        return _escaped(piece)
    before, after = piece[: len(piece) - len(piece.lstrip())], piece[len(piece.rstrip()) :]
    return f"{before}{_ZERO_WIDTH}*{word}*{_ZERO_WIDTH}{after}"


def _links(message: Message) -> list[Block]:
    """A line a link, each whole; one that no section could hold is named without its address."""
    lines: list[str] = []
    for label, address in message.links:
        found = quiet_address(address).replace("&", "&amp;")
        name = _fitted(one_line(label), 100) or "Article"
        line = f"• <{found}|{name}>" if found else f"• {name}"
        lines.append(line if len(line) <= SECTION else f"• {name} (its address is too long for Slack)")
    blocks: list[Block] = []
    chunk: list[str] = []
    for line in lines:
        if chunk and len("\n".join([*chunk, line])) > SECTION:
            blocks.append(_section("\n".join(chunk)))
            chunk = []
        chunk.append(line)
    return [*blocks, _section("\n".join(chunk))] if chunk else blocks


def _answers(message: Message) -> list[Block]:
    """One line of links that answer the alert; of addresses too long for one section those that fit, each whole."""
    line = ""
    for one in message.answers:
        found = quiet_address(one.url).replace("&", "&amp;")
        link = f"<{found}|{_fitted(one_line(one.label), 100)}>"
        longer = f"{line} · {link}" if line else link
        line = longer if len(longer) <= SECTION else line
    return [_section(line)] if line else []


def _whole_lines(text: str, limit: int) -> str:
    """Lines as far as they fit; the first is cut where it alone does not."""
    kept, length = [], 0
    for line in text.split("\n"):
        length += len(line) + 1
        if length > limit + 1:
            break
        kept.append(line)
    return "\n".join(kept) or text[:limit]


def _fitted(text: str, limit: int) -> str:
    """The text escaped, cut where it would be longer than `limit`; no entity is cut in two."""
    return _shrunk(text, limit, _escaped)


def _shrunk(text: str, limit: int, form: Callable[[str], str]) -> str:
    length = min(len(text), limit)
    formed = form(cut(text, length))
    while len(formed) > limit and length:
        length -= max(len(formed) - limit, 1) if len(formed) - limit < length else length // 2 or 1
        formed = form(cut(text, max(length, 0)))
    return formed


def _escaped(text: str) -> str:
    """Text as Slack wants it, with what would call a channel or a person broken by a sign of no width."""
    calm = _CALLS.sub(f"@{_ZERO_WIDTH}", text.translate(_LOOKALIKES))
    return calm.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
