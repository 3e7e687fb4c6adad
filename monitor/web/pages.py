"""The pages that a reader sees, as HTML. Pure. Nothing in them is loaded from anywhere, and nothing in them runs."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from html import escape

from monitor.alerts.wording import moment
from monitor.channels.screen import harmless, one_line
from monitor.model import Acknowledged, Answer, ChannelName, Message

NAME = 80
NOTE = 300
"""Letters of what a reader may add; more is cut."""
_LISTED = 20
"""Stories of a digest that its page names."""
_STYLE = (
    ":root{color-scheme:light dark}"
    "*{box-sizing:border-box}"
    "body{margin:0;padding:16px;font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}"
    "main{max-width:560px;margin:0 auto}"
    "h1{font-size:20px;line-height:1.3;margin:0 0 12px;padding-left:10px;border-left:5px solid GrayText}"
    ".critical,.high{border-color:#c2410c}"
    "p,ul{margin:0 0 12px}ul{padding-left:24px}.quiet{font-size:14px;opacity:.8}"
    "form{border-top:1px solid GrayText;padding-top:16px;margin-top:16px}"
    "label{display:block;margin:0 0 12px;font-size:14px}"
    "input,textarea{display:block;width:100%;margin-top:4px;padding:8px;font:inherit;font-size:16px}"
    "button{font:inherit;font-weight:600;padding:12px 20px;min-height:44px;cursor:pointer}"
)
SECURITY: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; "
    f"style-src 'sha256-{b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Sent with every answer: our one style and a form to ourselves, and nothing else; no referrer, for the address is the
key; in no index, no cache and no frame."""
_BUTTONS: Mapping[Answer, tuple[str, str]] = {
    "acknowledge": (
        "Acknowledge",
        "notes that somebody has seen this: where it would be passed on because nobody had, it is not.",
    ),
    "right": (
        "It is right",
        "says that the alert is right in all: it happened, who did it to whom, how sure it is, and its story.",
    ),
    "wrong-event": ("The event is wrong", "says that this did not happen, or is something else than the alert says."),
    "wrong-actors": ("The actors are wrong", "says that the alert is wrong in who did it, or to whom."),
    "wrong-status": (
        "The status is wrong",
        "says that the alert is wrong in how sure it is: reported as fact, alleged, denied, planned, long ago.",
    ),
    "wrong-story": ("The story is wrong", "says that this is not the event that the alert's story is about."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is answered: a status, HTML, and headers beside those of every answer."""

    status: int
    html: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)


def question(
    answer: Answer, told: Sequence[Message], channel: ChannelName, noted: Acknowledged | None, zone: tzinfo
) -> Page:
    """The alert's sentence, what the button does, and the button; no button for what is done already."""
    button, does = _BUTTONS[answer]
    body = _alert(told, channel)
    if noted is not None:
        body += f"<p>{_noted(noted, zone)}</p>"
        return Page(status=200, html=_page("Acknowledged", body))
    body += (
        '<form method="post" accept-charset="utf-8">'
        f"<p>The button {escape(does)}</p>"
        f'<label>Your name, if you like<input name="by" maxlength="{NAME}" autocomplete="name"></label>'
        f'<label>A note, if you like<textarea name="note" rows="2" maxlength="{NOTE}"></textarea></label>'
        f"<button>{escape(button)}</button></form>"
    )
    return Page(status=200, html=_page(button, body))


def thanks(answer: Answer, told: Sequence[Message], channel: ChannelName, noted: Acknowledged | None,
           zone: tzinfo) -> Page:  # fmt: skip
    """What was kept. The same for a button that is pressed twice."""
    said = _noted(noted, zone) if noted is not None else f"Kept: {escape(_BUTTONS[answer][0].lower())}."
    body = f"{_alert(told, channel)}<p><b>{said}</b></p>"
    return Page(status=200, html=_page("Thank you", f'{body}<p class="quiet">You can close this page.</p>'))


def sorry(status: int, title: str, remedy: str, *, headers: Mapping[str, str] | None = None) -> Page:
    """A page for what can't be answered: what is wrong, and what to do about it. It tells nothing of any alert."""
    body = f"<h1>{_shown(title)}</h1><p>{_shown(remedy)}</p>"
    return Page(status=status, html=_page(title, body), headers=headers or {})


def _alert(told: Sequence[Message], channel: ChannelName) -> str:
    """The sentence of an alert; of a digest the headline of each."""
    first = told[0]
    quiet = f'<p class="quiet">{first.severity}, sent to {_shown(channel)}</p>'
    if len(told) == 1:
        heading = f'<h1 class="{first.severity}">{_shown(first.headline)}</h1>'
        same = one_line(first.statement) == one_line(first.headline)
        return heading + ("" if same else f"<p>{_shown(first.statement)}</p>") + quiet
    items = "".join(f"<li>{_shown(one.headline)}</li>" for one in told[:_LISTED])
    more = f"<li>and {len(told) - _LISTED} more</li>" if len(told) > _LISTED else ""
    return f"<h1>{len(told)} alerts</h1><ul>{items}{more}</ul>" + f'<p class="quiet">sent to {_shown(channel)}</p>'


def _noted(noted: Acknowledged, zone: tzinfo) -> str:
    return f"Acknowledged by {_shown(noted.by)}, {_shown(moment(noted.at, zone))}."


def _shown(text: str) -> str:
    return escape(harmless(one_line(text)), quote=True)


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">'
        f"<title>{_shown(title)}</title><style>{_STYLE}</style></head><body><main>{body}</main></body></html>\n"
    )
