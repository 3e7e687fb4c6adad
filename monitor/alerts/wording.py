"""The words of an alert: what happened, its status and who says so, as a desk would write them."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, tzinfo

from monitor.model import ActorCode, Alert, Corroboration, Names, Status

_WITH_ARTICLE = frozenset(
    (
        "ARE", "BHS", "CAF", "COD", "COG", "COM", "DOM", "GBR", "GMB", "MDV", "MHL", "NLD", "PHL", "SLB", "USA",
        "AFU", "EU", "EUE", "UN", "UNO",
    )
)  # fmt: skip
"""Codes of actors that English calls by a name with "the"."""
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_LANGUAGES = {
    "ar": "Arabic", "be": "Belarusian", "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "he": "Hebrew",
    "hi": "Hindi", "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ka": "Georgian",
    "kk": "Kazakh", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "mn": "Mongolian", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sr": "Serbian", "sv": "Swedish", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
_HEADS: dict[Status, str] = {
    "asserted": "",
    "alleged": "Unconfirmed: ",
    "denied": "Denied: ",
    "hypothetical": "Not done yet: ",
    "historical": "Background: ",
}


def name_of(code: ActorCode | None, names: Names) -> str:
    """An actor's name as it stands inside a sentence: "Russia", "the United States"."""
    name = names.of(code)
    is_bare = code not in _WITH_ARTICLE or name == code or name.lower().startswith("the ")
    return name if is_bare else f"the {name}"


def listed(items: Sequence[str], limit: int = 8, last: str = "and") -> str:
    """ "A", "A and B", "A, B and C"; what is beyond the limit is counted: "A, B and 5 others"."""
    if len(items) > limit:
        items = [*items[: limit - 1], f"{len(items) - limit + 1} others"]
    return f" {last} ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def corroborated(found: Corroboration, names: Names) -> str:
    """Who stands behind it: "3 independent of the parties; South Korea and Ukraine say so; no word from Russia"."""
    told = [f"{found.independent or 'none'} independent of the parties"]
    if found.saying:
        told.append(f"{_named(found.saying, names)} {'say' if len(found.saying) > 1 else 'says'} so")
    if found.denying:
        told.append(f"{_named(found.denying, names)} {'deny' if len(found.denying) > 1 else 'denies'} it")
    if found.silent and (found.saying or found.denying):
        told.append(f"no word from {_named(found.silent, names, last='or')}")
    return "; ".join(told)


def _named(codes: Iterable[ActorCode], names: Names, last: str = "and") -> str:
    return listed([name_of(code, names) for code in codes], last=last)


def headline(alert: Alert, names: Names, limit: int) -> str:
    """What happened with its status, at most `limit` characters: "Denied by Russia: North Korea sends ..."."""
    head = _HEADS[alert.status]
    if alert.attribution and alert.status == "denied":
        head = f"Denied by {_speakers(alert, names, 2)}: "
    elif alert.attribution and alert.status == "alleged":
        head = f"{_capital(_speakers(alert, names, 2))} {_verb(alert, 'says', 'say')}: "
    late = "(late) " if alert.is_late else ""
    return cut(f"{late}{head}{_title(alert)}", limit)


def statement(alert: Alert, names: Names) -> str:
    """What happened as one whole sentence, with who says so."""
    clause = _clause(alert, names)
    event = _capital(clause)
    if not alert.attribution:
        outlet = " ".join(alert.lead.outlet.split())
        return {
            "asserted": f"{event}, {outlet} reports as fact." if outlet else f"{event}; it is reported as fact.",
            "alleged": f"{event}, according to unconfirmed reports.",
            "denied": f"It is denied that {clause}.",
            "hypothetical": f"Planned, sought or possible, not done: {clause}.",
            "historical": f"Recalled as background, not as news: {clause}.",
        }[alert.status]
    who = _capital(_speakers(alert, names))
    says = f"{who} {_verb(alert, 'says', 'say')}"
    is_own = alert.attribution == (alert.source,) and not alert.lead.hit.is_reciprocal
    return {
        "asserted": f"{event}, by its own account." if is_own else f"{says} that {clause}.",
        "alleged": f"{says} that {clause}.",
        "denied": f"{who} {_verb(alert, 'denies', 'deny')} that {clause}.",
        "hypothetical": f"{says} that this is planned, sought or possible: {clause}.",
        "historical": f"{says}, as background and not as news: {clause}.",
    }[alert.status]


def status_line(alert: Alert, names: Names) -> str:
    """The status and who says so: "alleged by South Korea", "reported as fact", "denied by Russia", "planned"."""
    if not alert.attribution:
        return {
            "asserted": "reported as fact",
            "alleged": "alleged; nobody is named as the source",
            "denied": "denied; nobody is named as the source",
            "hypothetical": "planned, sought or possible; not done",
            "historical": "background: it happened earlier",
        }[alert.status]
    who = _speakers(alert, names)
    says = f"{who} {_verb(alert, 'says', 'say')} so"
    is_own_word = any(code in {alert.source, alert.target} for code in alert.attribution)
    return {
        "asserted": f"confirmed by {who}" if is_own_word else f"reported as fact; {says}",
        "alleged": f"alleged by {who}",
        "denied": f"denied by {who}",
        "hypothetical": f"planned, sought or possible; not done; {says}",
        "historical": f"background: it happened earlier; {says}",
    }[alert.status]


def moment(at: datetime, zone: tzinfo) -> str:
    """A time as the reader's clock shows it: "24 November 2026, 08:12 KST"."""
    local = at.astimezone(zone)
    name = local.tzname() or ""
    if not name or name[0] in "+-":
        name = f"UTC{name}"
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}, {local:%H:%M} {name}"


def clock_time(at: datetime, zone: tzinfo, day: date) -> str:
    """A time on a day that the reader knows: "08:12", or "23 November, 08:12" where it is another day."""
    local = at.astimezone(zone)
    if local.date() == day:
        return f"{local:%H:%M}"
    year = "" if local.year == day.year else f" {local.year}"
    return f"{local.day} {_MONTHS[local.month - 1]}{year}, {local:%H:%M}"


def language_name(code: str) -> str:
    """A language as English calls it: "Korean"; its code where we know no name."""
    return _LANGUAGES.get(code.partition("-")[0].lower(), code)


def cut(text: str, limit: int) -> str:
    """A text of at most `limit` characters, cut at a word and marked so."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    if not text[limit - 1].isspace() and " " in kept[limit // 2 :]:
        kept = kept[: kept.rindex(" ")]
    return kept.rstrip(" ,;:.-–—") + "…"


def _speakers(alert: Alert, names: Names, limit: int = 4) -> str:
    return listed([name_of(code, names) for code in alert.attribution], limit)


def _verb(alert: Alert, one: str, many: str) -> str:
    return one if len(alert.attribution) == 1 else many


def _title(alert: Alert) -> str:
    """What happened, as a headline has it."""
    return _capital(" ".join(alert.title.split()).rstrip(".。"))


def _clause(alert: Alert, names: Names) -> str:
    """What happened, as it stands inside a sentence: "the United States imposes sanctions on Iran"."""
    clause = _title(alert)
    first, _, rest = clause.partition(" ")
    if first in {"A", "An", "New", "The"}:
        clause = f"{first.lower()} {rest}"
    for code in {alert.source, alert.target} - {None}:
        plain, full = names.of(code), name_of(code, names)
        if full != plain:
            clause = re.sub(rf"(?<!\bthe )\b{re.escape(plain)}\b", full, clause)
    return clause


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
