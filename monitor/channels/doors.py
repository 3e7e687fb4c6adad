"""What brings a rendered message to its place, for each kind of channel that is ours.

A door is a function of the body as Apprise hands it back and the passage that says whether time is left; it gives
what became of the message.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from monitor.channels import addresses, places, slack, webhook
from monitor.channels.addresses import FolderAddress
from monitor.channels.eml import EmlFolder
from monitor.channels.passage import Passage
from monitor.channels.places import PostAddress, SlackAddress
from monitor.channels.post import Answered, judge, post
from monitor.channels.smtp import Waits, hand_over
from monitor.decisions import Accepted, Outcome, Refused, TryLater
from monitor.model import Channel, Message

Door = Callable[[str, Passage], Outcome]

_SLACK_LATER = frozenset((
    "ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout",
    "accesslimited", "team_added_to_org", "message_limit_exceeded",
))  # fmt: skip
"""Words of Slack's Web API for what may pass; any other refusal stays one."""
_SLACK_NO_THREAD = frozenset(("thread_not_found", "message_not_found", "cannot_reply_to_message", "thread_locked"))


def door(kind: str, channel: Channel, message: Message, waits: Waits, console: TextIO | None) -> Door:
    """The door of a channel for one message. Raises AddressError."""
    match kind:
        case "mail":
            address = addresses.mail_address(channel.url)
            recipient = addresses.mailbox(channel.recipient or address.recipients[0])
            return lambda body, passage: hand_over(address, recipient, _bytes_of(body), waits, passage)
        case "eml":
            folder = addresses.folder_address(channel.url)
            return lambda body, passage: _keep(folder, message, _bytes_of(body), passage)
        case "slack":
            found = places.slack_address(channel.url)
            return lambda body, passage: _to_slack(found, message, body, waits, passage)
        case "webhook":
            target = places.webhook_address(channel.url)
            return lambda body, passage: _to_webhook(target, message, body, waits, passage)
        case _:
            stream = console or sys.stdout
            return lambda body, passage: _print(stream, body, passage)


# --- Slack ------------------------------------------------------------------------------------------------------------


def _to_slack(address: SlackAddress, message: Message, body: str, waits: Waits, passage: Passage) -> Outcome:
    outcome, word = _ask_slack(address, message, body, waits, passage)
    if word in _SLACK_NO_THREAD:
        # Somebody deleted the first message: the update is told all the same, on its own.
        alone = {name: value for name, value in json.loads(body).items() if name != "thread_ts"}
        outcome, _ = _ask_slack(address, message, json.dumps(alone, ensure_ascii=False), waits, passage)
    return outcome


def _ask_slack(
    address: SlackAddress, message: Message, body: str, waits: Waits, passage: Passage
) -> tuple[Outcome, str]:
    """One post, and the word with which the Web API refused it."""
    headers = {"Content-Type": "application/json; charset=utf-8"}
    if address.is_bot:
        headers["Authorization"] = f"Bearer {address.token}"
    target = PostAddress(url=address.url, is_verified=address.is_verified)
    answered = post(target, _utf8(body), headers, waits, passage=passage, now=message.sent_at)
    if not isinstance(answered, Answered):
        return answered, ""
    if not address.is_bot or not 200 <= answered.status <= 299:
        return judge(answered), ""
    return _judge_bot(answered)


def _judge_bot(answered: Answered) -> tuple[Outcome, str]:
    """The Web API says 200 to everything; whether it took the message stands in the answer."""
    try:
        answer: Any = json.loads(answered.body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict) or not isinstance(answer.get("ok"), bool):
        return Refused(because=f"the answer is not that of Slack's Web API: {answered}"), ""
    if answer["ok"]:
        return Accepted(receipt=f"{answered.status} {slack.receipt(answer)}"), ""
    word = str(answer.get("error", "no reason given"))
    if word in _SLACK_LATER:
        return TryLater(because=f"Slack says {word}", after=answered.retry_after), word
    return Refused(because=f"Slack says {word}"), word


# --- webhook ----------------------------------------------------------------------------------------------------------


def _to_webhook(address: PostAddress, message: Message, body: str, waits: Waits, passage: Passage) -> Outcome:
    sent = _utf8(body)
    headers = webhook.headers(message, sent, address.secret)
    answered = post(address, sent, headers, waits, passage=passage, now=message.sent_at)
    return judge(answered) if isinstance(answered, Answered) else answered


def _utf8(body: str) -> bytes:
    """A body as bytes; half a letter, which an article may hold, is no UTF-8."""
    return body.encode("utf-8", "replace")


# --- here -------------------------------------------------------------------------------------------------------------


def _bytes_of(body: str) -> bytes:
    """A rendered mail as bytes; Apprise strips the line break at its end."""
    return body.encode("ascii") + (b"" if body.endswith("\r\n") else b"\r\n")


def _keep(address: FolderAddress, message: Message, mail: bytes, passage: Passage) -> Outcome:
    if not passage.may_commit():
        return TryLater(because="given up before the file was written")
    try:
        return Accepted(receipt=EmlFolder(Path(address.path)).write(message.alert, message.sent_at, mail).name)
    except OSError as error:
        return TryLater(because=f"the folder {address.path} takes no file: {error.strerror or error}")


def _print(stream: TextIO, block: str, passage: Passage) -> Outcome:
    if not passage.may_commit():
        return TryLater(because="given up before anything was printed")
    try:
        stream.write(f"{block}\n\n")
        stream.flush()
    except (OSError, ValueError) as error:  # ValueError: the stream is closed
        return TryLater(because=f"the terminal takes no text: {error}")
    return Accepted(receipt="printed")
