"""A message on its way: rendered, handed to Apprise, and judged by what came back.

The only importer of Apprise, and late, since its import is slow. Slack, mail, webhook, folder and terminal go
through schemes of our own (`doors`), which see what Apprise's result does not tell; attempts are counted in the outbox,
so Apprise repeats nothing and each delivery has an instance of its own, whose throttle never waits.
"""

import itertools
import logging
import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, TextIO, assert_never

from monitor import log
from monitor.channels import addresses, kinds, places, plain
from monitor.channels.addresses import AddressError
from monitor.channels.doors import door
from monitor.channels.passage import Passage
from monitor.channels.screen import cut, one_line
from monitor.channels.smtp import Waits
from monitor.decisions import Accepted, Outcome, Refused, TryLater, Unknown
from monitor.model import Channel, Message

_OWN = {"console": "rmconsole", "mail": "rmmail", "eml": "rmeml", "slack": "rmslack", "webhook": "rmwebhook"}
_AFTER_THE_DATA = ("timed out", "aborted", "reset by peer", "RemoteDisconnected", "IncompleteRead", "BadStatusLine")
"""Words of a transport error that can come when the message was already over: then nobody knows whether it arrived."""
_BEFORE_THE_DATA = ("NewConnectionError", "ConnectTimeout", "connect timeout", "NameResolutionError", "SSLError")

_STATUS = re.compile(r"\berror=(\d{3})\b")
"""How Apprise's services name the status of an answer."""
_FOR_GOOD = frozenset({"401", "403", "404", "410"})
"""The address was taken back, or never was one."""
_WAIT = re.compile(r"""["']retry_after["']\s*:\s*(\d{1,6}(?:\.\d+)?)""")
"""How Telegram and Discord name the wait that they ask for, in the body that Apprise logs."""


class Sender:
    """What carries messages to channels. One for the process; may be used from several threads."""

    def __init__(
        self, channels: Iterable[Channel] = (), *, console: TextIO | None = None, waits: Waits | None = None
    ) -> None:
        """`console` is where terminal alerts are printed (standard output if left out)."""
        self._console = console
        self._waits = waits or Waits()
        for channel in channels:
            _hide(channel)

    def warm(self) -> None:
        """Load Apprise and its services now (0.14 s, 25 MB), and not while the first alert waits."""
        _apprise().Apprise().add("json://localhost")

    def usable(self, channel: Channel) -> str:
        """Why the address of a channel can't be used; empty if it can. Nothing is sent and no secret told."""
        _hide(channel)
        try:
            kind = kinds.KINDS[kinds.kind_of(channel.url)]
            for recipient in kind.recipients(channel.url):
                if kind.name == "plain":
                    _service(places.addressed_to(channel.url, recipient))
        except AddressError as error:
            return log.redact(str(error))
        return ""

    def send(self, channel: Channel, message: Message) -> Outcome:
        """One attempt to bring a message to a channel's one recipient; returns within `Waits.total` and a little.

        Raises only what is an error of ours.
        """
        _hide(channel)
        try:
            kind = kinds.kind_of(channel.url)
            if kind == "plain":
                return self._send_plain(channel, message)
            return self._send_own(kind, channel, message)
        except AddressError as error:
            return Refused(because=log.redact(f"the address of channel {channel.name}: {error}"))

    def _send_own(self, kind: str, channel: Channel, message: Message) -> Outcome:
        payload = kinds.render(channel, message)
        deliver = door(kind, channel, message, self._waits, self._console)
        passage = Passage()
        with _Ticket(deliver, passage) as number:
            status = _notify(f"{_OWN[kind]}://delivery?ticket={number}", payload, self._waits).status.name
        if passage.error is not None:
            raise passage.error
        if status == "TIMEOUT" and passage.outcome is None:
            if passage.abandon():
                return TryLater(
                    because="given up: the time for one delivery was over before the message was handed over"
                )
            return Unknown(because="handed over, and no answer within the time for one delivery")
        if passage.outcome is None:
            raise RuntimeError(f"Apprise ran no delivery of ours: {status}")
        return _redacted(passage.outcome)

    def _send_plain(self, channel: Channel, message: Message) -> Outcome:
        service = _service(places.addressed_to(channel.url, channel.recipient))
        limits = plain.Limits(body=service.body_maxlen, title=service.title_maxlen)
        # A service that is slow to answer must not be taken for one that failed: only the total ends the wait.
        service.socket_connect_timeout = self._waits.connect.total_seconds()
        service.socket_read_timeout = self._waits.total.total_seconds() + 1
        result = _notify(service, plain.render(message, limits), self._waits)
        match result.status.name:
            case "SUCCESS":
                return Accepted()
            case "TIMEOUT":
                return Unknown(because="no answer within the time for one delivery")
            case "NOMATCH":
                return Refused(because="Apprise found no service behind the address")
            case _:
                return _failure([entry.message for entry in result.logs()])


def _redacted(outcome: Outcome) -> Outcome:
    match outcome:
        case Accepted():
            return Accepted(receipt=log.redact(outcome.receipt))
        case TryLater():
            return TryLater(because=log.redact(outcome.because), after=outcome.after)
        case Refused():
            return Refused(because=log.redact(outcome.because))
        case Unknown():
            return Unknown(because=log.redact(outcome.because))
        case _:
            assert_never(outcome)


def _failure(lines: list[str]) -> Outcome:
    """A FAILURE of Apprise, by what its service wrote into the log: that is all there is to know it by."""
    transport = next((line for line in lines if line.startswith("Socket Exception")), "")
    told = [line for line in lines if not line.startswith(("Socket Exception", "Response Details", "JSON", "Sent"))]
    reason = log.redact(cut(one_line(told[-1] if told else "no reason given"), 200))
    is_before = any(word in transport for word in _BEFORE_THE_DATA)
    if transport and not is_before and any(word in transport for word in _AFTER_THE_DATA):
        return Unknown(because=f"the connection broke when the message may have been over: {reason}")
    status = _STATUS.search(reason)
    if status and not transport and status[1] in _FOR_GOOD:
        return Refused(because=reason)
    wait = next((found for line in lines if (found := _WAIT.search(line))), None)
    return TryLater(because=reason, after=timedelta(seconds=min(float(wait[1]), 86400)) if wait else None)


def _hide(channel: Channel) -> None:
    for secret in addresses.secrets_of(channel.url):
        log.hide(secret)


# --- Apprise ----------------------------------------------------------------------------------------------------------

_tickets: dict[int, tuple[Callable[[str, Passage], Outcome], Passage]] = {}
_numbers = itertools.count(1)
_is_registered = False


class _Ticket:
    """The delivery that a number in an address of our own schemes stands for; so no secret travels through Apprise."""

    def __init__(self, deliver: Callable[[str, Passage], Outcome], passage: Passage) -> None:
        self._number = next(_numbers)
        self._entry = (deliver, passage)

    def __enter__(self) -> int:
        _tickets[self._number] = self._entry
        return self._number

    def __exit__(self, *_: object) -> None:
        _tickets.pop(self._number, None)


def _apprise() -> Any:
    """The library, with our schemes in it and its log kept in; registered once, as that is for the process."""
    global _is_registered  # noqa: PLW0603 (Apprise keeps its schemes per process, so we must remember per process)
    if not _is_registered:
        _quiet()
    import apprise

    if not _is_registered:
        _is_registered = True
        from apprise.decorators import notify

        for kind, scheme in _OWN.items():
            register: Any = notify  # the library has no types here
            register(on=scheme, name=f"Relations Monitor {kind}")(_deliver)
    logging.getLogger("apprise").setLevel(logging.DEBUG)
    return apprise


def _deliver(body: str, _title: str, _notify_type: str, /, *, meta: dict[str, Any], **_: object) -> bool:
    """What Apprise calls for our schemes. It hands on true or false alone, so the outcome is noted in the passage."""
    entry = _tickets.get(int(meta["qsd"]["ticket"]))
    if entry is None:
        return False  # given up before a thread was free
    deliver, passage = entry
    try:
        passage.outcome = deliver(body, passage)
    except Exception as error:  # Apprise would swallow it; `send` raises it where it belongs
        passage.error = error
        return False
    return isinstance(passage.outcome, Accepted)


def _service(url: str) -> Any:
    """The service behind an address, one of its own for each delivery. Raises AddressError."""
    apprise = _apprise()
    asset = apprise.AppriseAsset(secure_logging=True)
    service = apprise.Apprise.instantiate(url, asset=asset, suppress_exceptions=True)
    if service:
        service.retry = 0
        return service
    scheme = kinds.scheme_of(url)
    from apprise.manager_plugins import NotificationManager

    services: Any = NotificationManager  # the library has no types here
    if scheme not in services():
        shown = f"{scheme}://" if scheme.isalnum() and len(scheme) <= 16 else "its scheme"
        raise AddressError(f"no service is known for {shown}")
    raise AddressError(f"Apprise can't read it as an address of {scheme}://")


def _notify(service: Any, payload: plain.Plain, waits: Waits) -> Any:
    apprise = _apprise()
    carrier = apprise.Apprise(asset=apprise.AppriseAsset(secure_logging=True, service_timeout=0))
    if not carrier.add(service):
        raise AddressError("Apprise can't read it")
    return carrier.notify(
        body=payload.body,
        title="" if isinstance(service, str) else payload.title,  # ours have it in the body
        body_format=None if isinstance(service, str) else apprise.NotifyFormat.TEXT,
        interpret_escapes=False,
        timeout=waits.total.total_seconds(),
        log_level=logging.DEBUG,
    )


def _quiet() -> None:
    """Keep Apprise's log to the result of each call, where `send` reads and redacts it: it may hold tokens.

    The libraries that its services speak through write whole paths at debug level, and tokens stand in paths.
    """
    logger = logging.getLogger("apprise")
    logger.propagate = False
    logger.addHandler(logging.NullHandler())
    for name in ("urllib3", "requests", "oauthlib", "requests_oauthlib", "markdown"):
        logging.getLogger(name).setLevel(logging.WARNING)


__all__ = ["Sender", "Waits"]
