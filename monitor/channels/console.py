"""An alert as a block of text for a terminal; mail uses the same block for its text part.

Pure: who prints it is `send`.
"""

from monitor.channels.screen import columns_of, marked_pieces, one_line, web_address, wrap
from monitor.model import Message, Severity

_COLOURS: dict[Severity, str] = {"info": "36", "low": "32", "medium": "33", "high": "31", "critical": "97;41"}
DOUBLE = "Possible double: this may have reached you before, since an earlier attempt had no answer."


def render(message: Message, *, columns: int = 100, is_coloured: bool = False) -> str:
    """An alert as lines of at most `columns`, without a line break at the end; addresses are never broken.

    Matched words stand between asterisks, or bold where `is_coloured` allows escapes of our own;
    none that came with the text survives.
    """
    severity = message.severity.upper()
    label = f"\x1b[1;{_COLOURS[message.severity]}m {severity} \x1b[0m" if is_coloured else severity
    head = wrap(one_line(headline(message)), columns - len(severity) - 3)
    lines = [f"{label} · {head[0] if head else ''}".rstrip(), *(f"  {line}" for line in head[1:])]
    for change in message.changes:
        lines += _indented(f"New: {one_line(change)}", columns)
    if message.statement and one_line(message.statement) != one_line(message.headline):
        lines += _indented(one_line(message.statement), columns)
    lines += _quote(message, columns, is_coloured=is_coloured)
    lines += _table(message, columns)
    if message.may_be_double:
        lines += _indented(DOUBLE, columns)
    return "\n".join(lines)


def headline(message: Message) -> str:
    """The headline as every kind of channel shows it: an update says so."""
    return f"Update: {message.headline}" if message.is_update else message.headline


def _indented(text: str, columns: int, by: str = "  ") -> list[str]:
    return [by + line for line in wrap(text, columns - len(by))]


def _quote(message: Message, columns: int, *, is_coloured: bool) -> list[str]:
    if not message.quote.strip():
        return []
    pieces = marked_pieces(message.quote, message.marked)
    text = "".join(f"*{piece}*" if is_marked else piece for piece, is_marked in pieces)
    lines = _indented(f"“{' '.join(text.split())}”", columns, by="    ")
    if is_coloured:
        lines = _bold(pieces, columns)
    if message.quote_by:
        lines += _indented(f"— {one_line(message.quote_by)}", columns, by="    ")
    return ["", *lines, ""]


def _bold(pieces: list[tuple[str, bool]], columns: int) -> list[str]:
    """The quote with escapes for its marked words, put in after wrapping, since they take no columns."""
    letters = [("“", False), *((letter, is_marked) for piece, is_marked in pieces for letter in piece), ("”", False)]
    plain = "".join(letter for letter, _ in letters)
    marks = iter([is_marked for letter, is_marked in letters if not letter.isspace()])
    lines = []
    for line in _indented(" ".join(plain.split()), columns, by="    "):
        shown, is_on = "", False
        for letter in line:
            is_marked = not letter.isspace() and next(marks)
            if is_marked != is_on:
                shown += "\x1b[1m" if is_marked else "\x1b[0m"
                is_on = is_marked
            shown += letter
        lines.append(shown + ("\x1b[0m" if is_on else ""))
    return lines


def _table(message: Message, columns: int) -> list[str]:
    """Facts and links, labels in one column."""
    rows = [(one_line(label), one_line(value)) for label, value in message.facts]
    rows += [(one_line(label), web_address(address) or one_line(address)) for label, address in message.links]
    rows += [(one_line(one.label), web_address(one.url)) for one in message.answers]
    widest = min(max((columns_of(label) for label, _ in rows), default=0), 24)
    lines = []
    for label, value in rows:
        head = label + " " * (widest - columns_of(label)) + "  "
        told = wrap(value, max(columns - 2 - columns_of(head), 20)) or [""]
        lines.append(f"  {head}{told[0]}".rstrip())
        lines += [" " * (widest + 4) + line for line in told[1:]]
    return lines
