"""An alert as a whole mail: text and HTML of the same content, threaded by story.

Pure: the same message, envelope and time give the same bytes. Handing it over is `smtp`, keeping it in a folder `eml`.
"""

import re
from dataclasses import dataclass, field
from email.charset import BASE64, Charset
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from hashlib import sha256
from html import escape

from monitor.channels import console
from monitor.channels.screen import cut, harmless, marked_pieces, one_line, web_address
from monitor.model import ChannelName, Message, Severity


class _Policy(EmailPolicy):
    """The library's, but for a Subject outside ASCII: folding one, it adds or drops spaces between encoded words."""

    def fold(self, name: str, value: str) -> str:
        return self._subject(value) if _is_encoded(name, value) else super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        return self._subject(value).encode("ascii") if _is_encoded(name, value) else super().fold_binary(name, value)

    def _subject(self, value: str) -> str:
        encoded = Header(str(value), _utf8(), header_name="Subject").encode(linesep=self.linesep)
        return f"Subject: {encoded}{self.linesep}"


def _utf8() -> Charset:
    """UTF-8 in base64. Apprise turns the library's own entry to quoted-printable for the whole process."""
    charset = Charset("utf-8")
    charset.header_encoding = BASE64
    return charset


def _is_encoded(name: str, value: str) -> bool:
    return name.lower() == "subject" and not value.isascii()


POLICY = _Policy(linesep="\r\n", cte_type="7bit")
"""Lines end in CRLF and hold ASCII alone, so that no server on the way has to change them."""
SUBJECT_LENGTH = 70
_COLOURS: dict[Severity, str] = {
    "info": "#5b7083", "low": "#3f7f4f", "medium": "#b7791f", "high": "#c2410c", "critical": "#b91c1c",
}  # fmt: skip
"""Of the border alone: text keeps the reader's own colours, so it stays readable in the dark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """From whom, to whom and through which channel. Addresses are bare and ASCII (`addresses` sees to that)."""

    channel: ChannelName
    sender: str = field(repr=False)
    sender_name: str
    recipient: str = field(repr=False)

    @property
    def domain(self) -> str:
        """The host that Message-ID and List-Id stand under."""
        return self.sender.rpartition("@")[2]


def render(message: Message, envelope: Envelope) -> EmailMessage:
    """The mail for one recipient. A second attempt gets the same Message-ID, so that readers may drop the double."""
    mail = EmailMessage(policy=POLICY)
    root = f"<{_digest('story', message.first_alert, envelope.channel)}@{envelope.domain}>"
    mail["From"] = Address(display_name=one_line(envelope.sender_name), addr_spec=envelope.sender)
    mail["To"] = Address(addr_spec=envelope.recipient)
    mail["Subject"] = subject(message)
    mail["Date"] = message.sent_at
    mail["Message-ID"] = f"<{_digest('alert', message.alert, envelope.recipient)}@{envelope.domain}>"
    # The root was never sent: clients put all mails that name it into one thread, whichever of them came first.
    mail["In-Reply-To"] = root
    mail["References"] = root
    mail["List-Id"] = f"<{_label(envelope.channel)}.relations-monitor.{envelope.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["Precedence"] = "list"
    mail["X-Relations-Monitor-Rule"] = _word(message.rule)
    mail["X-Relations-Monitor-Severity"] = message.severity
    text, html = f"{console.render(message, columns=78)}\n", _html(message)
    mail.set_content(text)
    mail.add_alternative(html, subtype="html")
    for part in mail.iter_parts():
        del part["MIME-Version"]  # belongs to the whole mail alone
    # No text can hold the digest of itself, so none can end a part early.
    mail.set_boundary(f"=_{sha256((text + html).encode()).hexdigest()[:40]}")
    return mail


def text_of(mail: EmailMessage) -> str:
    """The mail as it goes over the wire, lines ending in CRLF; ASCII alone."""
    return mail.as_bytes(policy=POLICY).decode("ascii")


def subject(message: Message) -> str:
    """The Subject: at most 70 characters, whatever the script."""
    return cut(f"[{message.severity}] {one_line(console.headline(message))}", SUBJECT_LENGTH)


def _digest(*parts: str) -> str:
    joined = "\0".join(parts).encode("utf-8", "surrogatepass")
    return sha256(joined).hexdigest()[:32]


def _label(name: str) -> str:
    """A name as one label of a List-Id; one that has no such letters gets its digest."""
    label = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40]
    return label or _digest(name)[:12]


def _word(text: str) -> str:
    """An id as one word of ASCII: other letters stand as =XX, so that a filter can compare it as it is."""
    raw = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "-._:/") else
        "".join(f"={byte:02X}" for byte in letter.encode("utf-8", "replace"))
        for letter in text
    )  # fmt: skip
    return raw[:40] or "-"


# --- HTML -------------------------------------------------------------------------------------------------------------

_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{title}</title>
<style>:root {{ color-scheme: light dark; }}</style>
</head>
<body style="margin:0;padding:12px;font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere;word-break:break-word">
<div style="max-width:600px;margin:0 auto">
{body}
</div>
</body>
</html>
"""


_LABEL = "font-size:13px;opacity:.75"
"""Of what names a value: quieter than the value, in the reader's own colour."""


def _html(message: Message) -> str:
    colour = _COLOURS[message.severity]
    style = f"margin:0 0 12px;padding-left:10px;border-left:5px solid {colour};font-size:20px;line-height:1.3"
    body = [
        f'<p style="margin:0 0 4px;font-size:13px;letter-spacing:.06em"><b>{message.severity.upper()}</b></p>',
        f'<h1 style="{style}">{_shown(console.headline(message))}</h1>',
    ]
    if message.changes:
        news = "".join(f"<li>{_shown(change)}</li>" for change in message.changes)
        body.append(f'<p style="margin:0"><b>New:</b></p><ul style="margin:0 0 12px;padding-left:24px">{news}</ul>')
    if one_line(message.statement) != one_line(message.headline):
        body.append(f"<p>{_shown(message.statement)}</p>")
    body += _quote_html(message)
    body += [
        f'<p style="margin:0 0 6px"><span style="{_LABEL}">{_shown(label)}</span><br>{_shown(value)}</p>'
        for label, value in message.facts
    ]
    body += [_link_html(label, address) for label, address in message.links]
    body += _answers_html(message)
    if message.may_be_double:
        body.append(f'<p style="font-size:13px">{escape(console.DOUBLE)}</p>')
    return _PAGE.format(title=_shown(subject(message)), body="\n".join(body))


def _quote_html(message: Message) -> list[str]:
    if not message.quote.strip():
        return []
    pieces = (
        f"<strong>{_escaped(piece)}</strong>" if is_marked else _escaped(piece)
        for piece, is_marked in marked_pieces(message.quote, message.marked)
    )
    by = f'<br><span style="font-size:13px">— {_shown(message.quote_by)}</span>' if message.quote_by else ""
    style = "margin:12px 0;padding:2px 0 2px 10px;border-left:2px solid #888"
    # Korean breaks at spaces, unlike Chinese and Japanese; and the language chooses the right forms of Han letters.
    style += ";word-break:keep-all" if message.quote_lang == "ko" else ""
    lang = f' lang="{_escaped(message.quote_lang)}"' if message.quote_lang else ""
    return [f'<blockquote dir="auto"{lang} style="{style}">“{"".join(pieces)}”{by}</blockquote>']


def _link_html(label: str, address: str) -> str:
    found = web_address(address)
    target = f'<a href="{_escaped(found)}" rel="noreferrer">{_escaped(found)}</a>' if found else _shown(address)
    return f'<p style="margin:0 0 6px"><span style="{_LABEL}">{_shown(label)}</span><br>{target}</p>'


def _answers_html(message: Message) -> list[str]:
    """One line of links, each as high as a finger."""
    if not message.answers:
        return []
    style = "display:inline-block;padding:8px 12px 8px 0"
    links = "\n".join(
        f'<a href="{_escaped(web_address(one.url))}" rel="noreferrer" style="{style}">{_shown(one.label)}</a>'
        for one in message.answers
    )
    return [f'<p style="margin:12px 0 6px"><span style="{_LABEL}">Your answer</span><br>\n{links}</p>']


def _shown(text: str) -> str:
    return _escaped(one_line(text))


def _escaped(text: str) -> str:
    return escape(harmless(text), quote=True)
