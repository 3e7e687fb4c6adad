"""One mail handed to one server for one recipient, and what the server said to it.

What decides is how far it came: before the final dot nothing can have been taken, so a drop there is
`TryLater`; after it silence means `Unknown`. RFC 5321: 4yz may be tried again, 5yz never.
"""

import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from monitor.channels.addresses import MailAddress
from monitor.channels.passage import Passage
from monitor.channels.screen import cut, one_line
from monitor.decisions import Accepted, Outcome, Refused, TryLater, Unknown

_ANSWER_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """How long a delivery may take: for a connection, for each answer, and in all."""

    connect: timedelta = timedelta(seconds=10)
    answer: timedelta = timedelta(seconds=30)
    total: timedelta = timedelta(seconds=60)


class _NotTakenError(Exception):
    """The server said no, or nothing that can be understood, before it had the whole mail."""

    def __init__(self, step: str, code: int, text: str) -> None:
        super().__init__(step)
        self.outcome: Outcome
        if 500 <= code <= 599:
            self.outcome = Refused(because=f"{step}: {code} {text}".rstrip())
        elif 400 <= code <= 499:
            self.outcome = TryLater(because=f"{step}: {code} {text}".rstrip())
        else:
            self.outcome = TryLater(because=f"{step}: an answer that is not SMTP")


def hand_over(address: MailAddress, recipient: str, mail: bytes, waits: Waits, passage: Passage) -> Outcome:
    """Hand one mail (lines ending in CRLF) to the server of `address`.

    Raises nothing that a server or the network can cause.
    """
    server: smtplib.SMTP | None = None
    try:
        server = _connect(address, waits, passage)
        _greet(server, address, passage)
        _expect(server, "MAIL FROM", f"MAIL FROM:<{address.sender}>", {250})
        _expect(server, "RCPT TO", f"RCPT TO:<{recipient}>", {250, 251})
        _expect(server, "DATA", "DATA", {354})
        return _data(server, mail, passage)
    except _NotTakenError as no:
        return no.outcome
    except ssl.SSLError as error:
        return TryLater(because=f"TLS with the mail server failed: {_reason(error)}")
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        where = f"no mail server at {address.host}:{address.port}" if server is None else "the mail server broke off"
        return TryLater(because=f"{where}: {_reason(error)}")
    finally:
        if server is not None:
            _leave(server)


def _connect(address: MailAddress, waits: Waits, passage: Passage) -> smtplib.SMTP:
    sock = socket.create_connection((address.host, address.port), timeout=waits.connect.total_seconds())
    try:
        passage.when_abandoned(lambda: _break(sock))
        if address.mode == "ssl":
            sock = _context(address).wrap_socket(sock, server_hostname=address.host)
            passage.when_abandoned(lambda: _break(sock))
        sock.settimeout(waits.answer.total_seconds())
    except BaseException:
        sock.close()
        raise
    server = smtplib.SMTP(local_hostname=_own_name(sock))
    server.sock = sock
    return server


def _own_name(sock: socket.socket) -> str:
    """An address literal (RFC 5321, 4.1.3): always right, and no name server is asked."""
    own = str(sock.getsockname()[0]).partition("%")[0]
    return f"[IPv6:{own}]" if ":" in own else f"[{own}]"


def _break(sock: socket.socket) -> None:
    sock.shutdown(socket.SHUT_RDWR)


def _context(address: MailAddress) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if not address.is_verified:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _greet(server: smtplib.SMTP, address: MailAddress, passage: Passage) -> None:
    """From the server's greeting to a session that may send: EHLO, STARTTLS, AUTH as the address asks."""
    _judge("greeting", *_answer(server, "greeting"), {220})
    _hello(server)
    if address.mode == "starttls":
        _start_tls(server, address, passage)
        _hello(server)
    if address.password:
        _log_in(server, address)


def _hello(server: smtplib.SMTP) -> None:
    try:
        code, text = server.ehlo()
    except smtplib.SMTPResponseException:
        raise _NotTakenError("EHLO", -1, "") from None
    if 500 <= code <= 504:  # a server that knows no EHLO: RFC 5321, 3.2
        _expect(server, "HELO", f"HELO {server.local_hostname}", {250})
    else:
        _judge("EHLO", code, text, {250})


def _start_tls(server: smtplib.SMTP, address: MailAddress, passage: Passage) -> None:
    """Turn the connection into TLS. smtplib's own `starttls` takes the server's name only from its own connecting."""
    if not server.has_extn("starttls"):
        raise _NotTakenError("STARTTLS", 454, "the server offers no TLS, and mode=starttls asks for it")
    _expect(server, "STARTTLS", "STARTTLS", {220})
    assert server.sock is not None
    secured = _context(address).wrap_socket(server.sock, server_hostname=address.host)
    passage.when_abandoned(lambda: _break(secured))
    # What came before TLS counts for nothing after it: neither features nor bytes still in the reader (RFC 3207, 4.2).
    server.sock, server.file = secured, None
    server.helo_resp = server.ehlo_resp = None
    server.esmtp_features, server.does_esmtp = {}, False


def _log_in(server: smtplib.SMTP, address: MailAddress) -> None:
    try:
        server.login(address.user, address.password)
    except smtplib.SMTPNotSupportedError:
        raise _NotTakenError("AUTH", 530, "the server takes no password on this connection") from None
    except smtplib.SMTPResponseException as error:
        raise _NotTakenError("AUTH", error.smtp_code, _text(error.smtp_error)) from None


def _expect(server: smtplib.SMTP, step: str, command: str, codes: set[int]) -> None:
    server.putcmd(command)
    _judge(step, *_answer(server, step), codes)


def _answer(server: smtplib.SMTP, step: str) -> tuple[int, bytes]:
    try:
        return server.getreply()
    except smtplib.SMTPResponseException:  # smtplib's own "line too long", which is no answer of the server
        raise _NotTakenError(step, -1, "") from None


def _judge(step: str, code: int, text: bytes, codes: set[int]) -> None:
    if code not in codes:
        raise _NotTakenError(step, code, _text(text))


def _data(server: smtplib.SMTP, mail: bytes, passage: Passage) -> Outcome:
    """The mail, then the dot apart: what breaks before the dot was never taken."""
    server.send(_dotted(mail))
    if not passage.may_commit():
        return TryLater(because="given up before the mail was handed over")
    try:
        server.send(b".\r\n")
        code, text = server.getreply()
    except (OSError, smtplib.SMTPException) as error:
        return Unknown(because=f"handed over, then the mail server gave no answer: {_reason(error)}")
    if code == 250:
        return Accepted(receipt=f"{code} {_text(text)}".rstrip())
    if 400 <= code <= 599:
        return _NotTakenError("DATA", code, _text(text)).outcome
    return Unknown(because="handed over, and the answer is not SMTP")


def _dotted(mail: bytes) -> bytes:
    """A mail as DATA wants it: a dot that opens a line is doubled (RFC 5321, 4.5.2), and the last line ends."""
    ended = mail if mail.endswith(b"\r\n") else mail + b"\r\n"
    return (b"." if ended.startswith(b".") else b"") + ended.replace(b"\r\n.", b"\r\n..")


def _leave(server: smtplib.SMTP) -> None:
    with suppress(OSError, smtplib.SMTPException):
        if server.sock is not None:
            server.sock.settimeout(1)
            server.quit()
    server.close()


def _text(text: bytes | str) -> str:
    shown = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return cut(one_line(shown), _ANSWER_LENGTH)


def _reason(error: Exception) -> str:
    return cut(one_line(str(error)) or type(error).__name__, _ANSWER_LENGTH)
