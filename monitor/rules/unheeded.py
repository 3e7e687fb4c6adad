"""Names that stand in a sentence and count for nobody there, and why: for a reader who sees the name and no hit."""

import re
from collections.abc import Iterator
from datetime import date

from monitor.rules.actors import Actor
from monitor.rules.lexicons import term_of
from monitor.rules.operators import ActorRef
from monitor.rules.scene import Scene

_SHOWN = 3


def unheeded(ref: ActorRef, scene: Scene) -> str:
    """Why names of the actors asked for, though written in the sentence, count for none of them; empty without any."""
    ruleset, reading = scene.article.ruleset, scene.article.reading
    start, end = reading.sentences[scene.index]
    sentence = reading.whole[start:end]
    for mention in scene.sentence.mentions:  # what somebody else is called by holds no hint
        if any(mention.codes):
            first, last = scene.characters(mention.first, mention.last)
            sentence = sentence[: first - start] + "\n" * (last - first) + sentence[last - start :]
    small = sentence.casefold()
    heeded = {actor.id for mention in scene.sentence.mentions for actor in mention.actors}
    told: dict[str, str] = {}
    for id_ in sorted(ruleset.allowed.get(ref.name, frozenset()) - heeded):
        actor = ruleset.actors.by_id.get(id_)
        if actor is not None:
            told.update(_of_actor(actor, scene, sentence, small))
    longest = [name for name in told if not any(name != other and name in other for other in told)]
    return "; ".join(f'"{name}" {told[name]}' for name in longest[:_SHOWN])


def _of_actor(actor: Actor, scene: Scene, sentence: str, small: str) -> Iterator[tuple[str, str]]:
    """The names of an actor as they stand in the sentence, each with why it does not count."""
    reading = scene.article.reading
    day = reading.article.published.date()
    for lang in dict.fromkeys((reading.lang, "en")):
        for written in actor.weak.get(lang, ()):
            if found := _stands(written, sentence, small):
                yield found, "is a weak name, which counts only beside a full one"
        for written in actor.names.get(lang, ()):
            if found := _stands(written, sentence, small):
                yield found, _why(actor, found, term_of(written).text, day)
        for written in actor.never.get(lang, ()):
            if found := _stands(written, sentence, small):
                yield found, "names nobody"


def _why(actor: Actor, found: str, name: str, day: date) -> str:
    if not actor.is_acting(day):
        return f"holds no office on {day}"
    return "counts in capitals alone" if found != name and name.isupper() else "belongs to a longer name"


def _stands(written: str, sentence: str, small: str) -> str:
    """A name as it stands in the sentence, whatever its capitals; empty where it does not."""
    text = term_of(written.removesuffix("~")).text
    if text.casefold() not in small:
        return ""
    found = re.search(rf"(?<!\w){re.escape(text)}(?!\w)", sentence, re.IGNORECASE)
    return found.group() if found is not None else ""
