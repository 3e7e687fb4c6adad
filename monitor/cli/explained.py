"""An explanation of `rules.explain` for a reader, in colour where the stream shows it, or as JSON."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TextIO

from monitor.cli.output import plain, style
from monitor.rules.explain import Explanation
from monitor.rules.misses import Miss
from monitor.rules.recorder import Cause, Explained
from monitor.rules.witness import Piece, Stretch

_COLOURS: Final[Mapping[str, str]] = {
    "act": "yellow", "object": "magenta", "source": "cyan", "target": "green", "place": "blue", "said by": "bold",
    "exclude": "red", "unless": "red",
}  # fmt: skip
_SHOWN = 3
"""Places of one rule that a reader is shown in full."""


def told(explanation: Explanation, stream: TextIO) -> str:
    """The whole explanation: every hit, or the nearest miss in full and those of the other entries in a line each."""
    name = str(explanation.rule)
    if explanation.hits:
        count = f"{len(explanation.hits)} hit" + ("s" if len(explanation.hits) > 1 else "")
        head = f"{style(name, 'bold', stream)}: {style(count, 'green', stream)}"
        return "\n\n".join([head, *(hit_told(one, stream) for one in explanation.hits)])
    lines = [f"{style(name, 'bold', stream)}: {style('no hit', 'red', stream)}"]
    if explanation.misses:
        first, *others = explanation.misses
        lines += ["", *_nearest(first, stream)]
        if others:
            lines += ["", "  further off:"]
            lines += [f"    entry {one.entry} ({_at(one)}): {plain(one.because)}" for one in others]
    return "\n".join(lines)


def hit_told(explained: Explained, stream: TextIO) -> str:
    """A hit with the operators, roles and status that made it, and why."""
    hit = explained.hit
    head = style(plain(hit.title), "bold", stream)
    lines = [f"  {head} [{hit.rule}, {hit.status}, {hit.severity}]"]
    for cause in explained.causes[:_SHOWN]:
        lines += _cause(cause, stream)
    if len(explained.causes) > _SHOWN:
        lines.append(f"  and {len(explained.causes) - _SHOWN} more places in the article")
    parts = " + ".join(f"{part:.2f} {name}" for name, part in explained.score.items() if part >= 0.005)
    lines.append(f"  score {hit.score:.2f} = {parts}")
    return "\n".join(lines)


def _cause(cause: Cause, stream: TextIO) -> list[str]:
    spoken = [
        Piece(role="said by", operator="", holds=True, where=(one,), note=" and ".join(codes))
        for one, codes in cause.speakers
    ]
    pieces = [*cause.pieces, *spoken]
    status = Piece(role="status", operator=cause.status, holds=True, note=cause.because)
    return [
        _sentence(cause.sentence, pieces, stream),
        *_rows([*pieces, status], stream),
        style(f"    entry {cause.entry} of match, {cause.place}", "dim", stream),
    ]


def _nearest(miss: Miss, stream: TextIO) -> list[str]:
    lines = [f"  the nearest, entry {miss.entry} of match ({_at(miss)}):"]
    if miss.sentence is not None:
        lines.append(_sentence(miss.sentence, miss.pieces, stream))
    lines += _rows(miss.pieces, stream)
    lines.append(f"  {style('missed', 'red', stream)}: {plain(miss.because)}")
    return lines


def _at(miss: Miss) -> str:
    return f"{miss.place.file}:{miss.place.line}"


def _sentence(sentence: Stretch, pieces: Iterable[Piece], stream: TextIO) -> str:
    """The sentence with the words of each role in its colour."""
    marks = sorted(
        (one.start, one.end, _COLOURS.get(piece.role, "bold"))
        for piece in pieces for one in piece.where
        if one.field == sentence.field and sentence.start <= one.start and one.end <= sentence.end
    )  # fmt: skip
    shown, at = "", sentence.start
    for start, end, colour in marks:
        if start < at:
            continue
        shown += plain(sentence.text[at - sentence.start : start - sentence.start])
        shown += style(plain(sentence.text[start - sentence.start : end - sentence.start]), colour, stream)
        at = end
    shown += plain(sentence.text[at - sentence.start :])
    return f"  {sentence.field} {sentence.start}-{sentence.end}: {shown}"


def _rows(pieces: Iterable[Piece], stream: TextIO) -> Iterator[str]:
    """One line an operator: its role, how it is spelled, the words it found, and why."""
    rows = [(piece, _words(piece)) for piece in pieces]
    wide = min(max((len(piece.operator) for piece, _ in rows), default=0), 30)
    for piece, found in rows:
        mark = " " if piece.holds else "-"
        role = f"{piece.role:<8}"
        coloured = style(role, _COLOURS[piece.role], stream) if piece.role in _COLOURS else role
        note = plain(piece.note) if piece.holds else style(plain(piece.note), "red", stream)
        yield f"   {mark}{coloured} {piece.operator:<{wide}}  {'  '.join(filter(None, (found, note)))}".rstrip()


def _words(piece: Piece) -> str:
    return ", ".join(f'"{plain(one.text)}"' for one in piece.where)


# --- as JSON ----------------------------------------------------------------------------------------------------------


def as_object(explanation: Explanation, hits: Iterable[Mapping[str, object]]) -> dict[str, object]:
    """The explanation as one object; `hits` are those of `scan`, in the same order."""
    return {
        "article": explanation.article.id,
        "rule": explanation.rule,
        "hits": [
            {**hit, "score_parts": dict(one.score), "because": [_cause_object(cause) for cause in one.causes]}
            for hit, one in zip(hits, explanation.hits, strict=True)
        ],
        "misses": [
            {
                "entry": one.entry,
                "place": str(one.place),
                "stage": one.stage,
                "because": one.because,
                "sentence": None if one.sentence is None else _stretch(one.sentence),
                "operators": [_piece(piece) for piece in one.pieces],
            }
            for one in explanation.misses
        ],
    }


def _cause_object(cause: Cause) -> dict[str, object]:
    return {
        "entry": cause.entry,
        "place": str(cause.place),
        "sentence": _stretch(cause.sentence),
        "operators": [_piece(piece) for piece in cause.pieces],
        "speakers": [{**_stretch(one), "codes": list(codes)} for one, codes in cause.speakers],
        "status": cause.status,
        "status_because": cause.because,
        "certainty": cause.certainty,
    }


def _piece(piece: Piece) -> dict[str, object]:
    return {
        "role": piece.role or None,
        "operator": piece.operator,
        "holds": piece.holds,
        "where": [_stretch(one) for one in piece.where],
        "because": piece.note,
    }


def _stretch(one: Stretch) -> dict[str, object]:
    return {"field": one.field, "start": one.start, "end": one.end, "text": one.text}
