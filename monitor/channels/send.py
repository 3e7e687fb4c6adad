"""A message on its way: rendered, handed to Apprise, and judged by what came back.

The only importer of Apprise, and late, since its import is slow. Terminal, mail and folder go through
schemes of our own, which see what Apprise's result does not tell; attempts are counted in the outbox,
so Apprise repeats nothing and each delivery has an instance of its own, whose throttle never waits.
"""

import itertools
import logging
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TextIO, assert_never

from monitor import log
from monitor.channels import addresses, kinds, plain
from monitor.channels.addresses import AddressError
from monitor.channels.eml import EmlFolder
from monitor.channels.passage import Passage
from monitor.channels.screen import cut, one_line
from monitor.channels.smtp import Waits, hand_over
from monitor.decisions import Accepted, Outcome, Refused, TryLater, Unknown
from monitor.model import Channel, Message

_OWN = {"console": "rmconsole", "mail": "rmmail", "eml": "rmeml"}
_AFTER_THE_DATA = ("timed out", "aborted", "reset by peer", "RemoteDisconnected", "IncompleteRead", "BadStatusLine")
"""Words of a transport error that can come when the message was already over: then nobody knows whether it arrived."""
_BEFORE_THE_DATA = ("NewConnectionError", "ConnectTimeout", "connect timeout", "NameResolutionError", "SSLError")


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
            match kinds.kind_of(channel.url):
                case "console":
                    addresses.screen_address(channel.url)
                case "mail":
                    addresses.mail_address(channel.url)
                case "eml":
                    addresses.folder_address(channel.url)
                case _:
                    _service(channel.url)
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
        deliver = self._delivery_of(kind, channel, message)
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

    def _delivery_of(self, kind: str, channel: Channel, message: Message) -> Callable[[str, Passage], Outcome]:
        """What brings a rendered message to its place, once Apprise hands it back to us."""
        match kind:
            case "mail":
                address = addresses.mail_address(channel.url)
                recipient = addresses.mailbox(channel.recipient or address.recipients[0])
                return lambda body, passage: hand_over(address, recipient, _bytes_of(body), self._waits, passage)
            case "eml":
                folder = EmlFolder(Path(addresses.folder_address(channel.url).path))
                return lambda body, passage: _keep(folder, message, _bytes_of(body), passage)
            case _:
                stream = self._console or sys.stdout
                return lambda body, passage: _print(stream, body, passage)

    def _send_plain(self, channel: Channel, message: Message) -> Outcome:
        service = _service(channel.url)
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
    return TryLater(because=reason)


def _bytes_of(body: str) -> bytes:
    """A rendered mail as bytes; Apprise strips the line break at its end."""
    return body.encode("ascii") + (b"" if body.endswith("\r\n") else b"\r\n")


def _keep(folder: EmlFolder, message: Message, mail: bytes, passage: Passage) -> Outcome:
    if not passage.may_commit():
        return TryLater(because="given up before the file was written")
    try:
        return Accepted(receipt=folder.write(message.alert, message.sent_at, mail).name)
    except OSError as error:
        return TryLater(because=f"the folder {folder.path} takes no file: {error.strerror or error}")


def _print(stream: TextIO, block: str, passage: Passage) -> Outcome:
    if not passage.may_commit():
        return TryLater(because="given up before anything was printed")
    try:
        stream.write(f"{block}\n\n")
        stream.flush()
    except (OSError, ValueError) as error:  # ValueError: the stream is closed
        return TryLater(because=f"the terminal takes no text: {error}")
    return Accepted(receipt="printed")


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
