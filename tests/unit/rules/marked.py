"""Sentences from marked-up text, so that a case of grammar reads as a sentence (see tests/tables/roles_en.toml)."""

import re
from collections.abc import Mapping
from functools import cache
from typing import get_args

from monitor.model import ActorCode, Language, Status
from monitor.resources import shipped
from monitor.rules.grammars.shallow import verb_forms
from monitor.rules.lexicons import term_of
from monitor.rules.load import load
from monitor.rules.sentence import Core, Mention, Named, Sentence, Span

_PIECE = re.compile(r"\[[A-Z+]+(?::[a-z]+)?(?= )|[\]<>{}]|[^\W_]+(?:['’.,&](?=[^\W_])[^\W_]+)*|[^\w\s]")


@cache
def english() -> Language:
    """English as it ships, read from its file."""
    text = (shipped("rules") / "languages" / "en.toml").read_text(encoding="utf-8")
    pack, problems = load({"languages/en.toml": text})
    assert not problems
    return pack.languages.of("en")


def sentence_of(marked: str) -> tuple[Sentence, Core]:
    """The sentence and the core that a marked-up text means."""
    words: list[str] = []
    gaps: list[str] = [""]
    mentions: list[Mention] = []
    spans: dict[str, Span] = {}
    label, begun = "", 0
    for piece in _PIECE.findall(marked.removeprefix("# ")):
        if piece[0] == "[":
            label, begun = piece[1:], len(words)
        elif piece == "]":
            mentions.append(_mention(label, begun, len(words)))
        elif piece in ("<", "{"):
            spans[piece] = (len(words), len(words))
        elif piece in (">", "}"):
            opening = "<" if piece == ">" else "{"
            spans[opening] = (spans[opening][0], len(words))
        elif piece[0].isalnum():
            words.append(piece)
            gaps.append("")
        else:
            gaps[-1] += piece
    folded = tuple(_joined(words, gaps, mentions, spans))
    sentence = Sentence(
        lang="en",
        words=tuple(word.casefold() for word in folded),
        raw=folded,
        gaps=tuple(gaps),
        mentions=tuple(mentions),
        is_title=marked.startswith("# "),
        cues=_cues(tuple(word.casefold() for word in folded)),
    )
    return sentence, Core(act=spans["<"], object=spans.get("{"))


def _joined(words: list[str], gaps: list[str], mentions: list[Mention], spans: dict[str, Span]) -> list[str]:
    """The words, the possessive after a closing bracket ("[POL Poland]'s") put back where it belongs."""
    at = 1
    while at < len(words):
        if words[at] == "s" and gaps[at] == "'":
            words[at - 1] += "'s"
            del words[at], gaps[at]
            for key, (start, end) in spans.items():
                spans[key] = (start - (start >= at), end - (end > at))
            for index, mention in enumerate(mentions):
                first, last = mention.first - (mention.first >= at), mention.last - (mention.last > at)
                mentions[index] = Mention(first=first, last=last, actors=mention.actors)
        at += 1
    return words


def _mention(label: str, first: int, last: int) -> Mention:
    codes, _, kind = label.partition(":")
    actors = tuple(Named(id=code.lower(), kind=kind or "state", code=ActorCode(code)) for code in codes.split("+"))
    return Mention(first=first, last=last, actors=actors)


@cache
def _cue_forms() -> Mapping[str, tuple[tuple[frozenset[str], ...], ...]]:
    """Each cue as the forms that each of its words may have."""
    language = english()
    found = {}
    for status in get_args(Status):
        entries = []
        for written in language.cues.get(status, ()):
            term = term_of(written)
            forms = []
            for word in term.text.split():
                inflected = {form for form, _ in verb_forms(word, language.irregular.get(word, ()))} | {word + "s"}
                forms.append(frozenset({word}) if term.how == "exact" else frozenset(inflected | {word}))
            entries.append(tuple(forms))
        found[status] = tuple(entries)
    return found


def _cues(words: tuple[str, ...]) -> dict[str, tuple[Span, ...]]:
    found: dict[str, tuple[Span, ...]] = {}
    for status, entries in _cue_forms().items():
        found[status] = tuple(
            (at, at + len(entry))
            for at in range(len(words))
            for entry in entries
            if at + len(entry) <= len(words) and all(words[at + i] in forms for i, forms in enumerate(entry))
        )
    return found
