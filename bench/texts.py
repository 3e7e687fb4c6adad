"""News made up for measuring: articles of about 600 words and bare headlines, the same for the same seed.

Nothing here happened. Sentences are drawn from the vocabulary below, common words often and rare ones seldom, with
the names of real states as parties so that grammar has work, and invented names for people, towns and firms.
"""

import random
from itertools import accumulate

_STATES = (
    "Russia", "Ukraine", "China", "Iran", "North Korea", "South Korea", "Japan", "Turkey", "India", "Poland", "Serbia",
    "Belarus", "Germany", "Syria", "Israel", "Egypt", "Armenia", "Georgia", "Norway", "Vietnam", "Mongolia", "Cuba",
)  # fmt: skip
_NATIONAL = (
    "Russian", "Ukrainian", "Chinese", "Iranian", "North Korean", "Japanese", "Turkish", "Indian", "Polish", "Serbian",
    "German", "Syrian", "Israeli", "Egyptian", "Armenian", "Georgian", "Norwegian", "Vietnamese", "Cuban",
)  # fmt: skip
_ACTORS = (
    "minister", "official", "diplomat", "lawmaker", "analyst", "commander", "engineer", "envoy", "trader", "witness",
    "spokesman", "farmer", "banker", "general", "mayor", "inspector", "pilot", "sailor", "judge", "broker", "miner",
    "surgeon", "teacher", "courier", "guard", "smuggler", "lobbyist", "auditor", "translator", "veteran", "captain",
)  # fmt: skip
_NOUNS = (
    "agreement", "border", "shipment", "factory", "port", "railway", "bridge", "tanker", "pipeline", "harvest",
    "budget", "tariff", "licence", "contract", "inspection", "convoy", "warehouse", "airfield", "radar", "missile",
    "drone", "soldier", "brigade", "exercise", "summit", "embassy", "visa", "permit", "quota", "refinery", "cable",
    "satellite", "turbine", "reactor", "vaccine", "hospital", "shelter", "ferry", "canal", "dam", "mine", "quarry",
    "furnace", "steel", "copper", "coal", "wheat", "timber", "fertiliser", "cement", "engine", "chip", "sensor",
    "battery", "laser", "rifle", "shell", "mortar", "helmet", "tunnel", "trench", "depot", "barracks", "garrison",
    "checkpoint", "ceasefire", "truce", "treaty", "protocol", "verdict", "appeal", "lawsuit", "subpoena", "ledger",
    "invoice", "loan", "bond", "grant", "pension", "subsidy", "auction", "stake", "merger", "dividend", "ration",
    "curfew", "rally", "strike", "ballot", "referendum", "coalition", "cabinet", "decree", "amnesty", "archive",
    "museum", "statue", "festival", "orchestra", "stadium", "athlete", "medal", "lake", "valley", "glacier", "storm",
    "drought", "flood", "earthquake", "epidemic", "orphanage", "classroom", "laboratory", "telescope", "submarine",
    "destroyer", "frigate", "lighthouse", "harbour", "anchor", "cargo", "container", "crane", "locomotive", "carriage",
)  # fmt: skip
_ADJECTIVES = (
    "new", "large", "local", "joint", "foreign", "military", "northern", "southern", "annual", "secret", "former",
    "heavy", "costly", "broken", "frozen", "rusty", "modern", "ancient", "distant", "narrow", "fragile", "bitter",
    "quiet", "sudden", "steep", "remote", "hollow", "crowded", "idle", "barren", "coastal", "inland", "nuclear",
    "electric", "digital", "chemical", "rural", "urban", "unpaid", "unsold", "damaged", "armoured", "temporary",
)  # fmt: skip
_VERBS = (
    "sent", "bought", "sold", "delivered", "opened", "closed", "inspected", "repaired", "delayed", "cancelled",
    "signed", "rejected", "approved", "financed", "guarded", "seized", "returned", "moved", "stored", "tested",
    "shelled", "rebuilt", "flooded", "painted", "counted", "measured", "photographed", "searched", "hid", "praised",
    "mocked", "audited", "leased", "auctioned", "insured", "borrowed", "towed", "unloaded", "welded", "charted",
)  # fmt: skip
_SPEECH = ("said", "told reporters", "wrote", "noted", "added", "recalled", "insisted", "admitted", "claimed")
_ADVERBS = (
    "quietly", "again", "twice", "on Monday", "last week", "in spring", "before dawn", "at night", "without delay",
    "in public", "by mistake", "for years", "under guard", "by train", "at sea", "in haste", "since autumn",
)  # fmt: skip
_LINKS = ("while", "after", "because", "although", "as", "before", "whereas", "until")
_PLACES = ("near", "in", "outside", "behind", "close to", "north of", "along the road to")
_OPENERS = (
    "Meanwhile", "In the evening", "A year ago", "By then", "Later", "Elsewhere", "In private", "At first", "Even so",
    "According to two people who saw it", "For the third time", "In a short note", "To his surprise",
)  # fmt: skip
_HEADS = ("Bo", "Ka", "Tre", "Mil", "Sho", "Ver", "Dun", "Ost", "Lin", "Gra", "Pel", "Ush", "Zor", "Hal", "Ney", "Cor")
_MIDDLES = ("ra", "ni", "lo", "ve", "sti", "mu", "ka", "de", "bo", "ri", "ta", "sho")
_TAILS = ("vo", "grad", "sk", "lin", "ton", "mar", "nik", "va", "berg", "dor", "pol", "ham", "ev", "in", "ash", "uk")


class Newsroom:
    """Writes articles and headlines, one after another."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 (measured texts, not secrets)
        self._weights: dict[int, list[float]] = {}
        names = [head + middle + tail for head in _HEADS for middle in _MIDDLES for tail in _TAILS]
        self._chance.shuffle(names)
        self._towns, self._people, self._firms = names[:900], names[900:2100], names[2100:]

    def article(self) -> tuple[str, str]:
        """A title and a text of about 600 words in paragraphs of two to four sentences."""
        paragraphs, words = [], 0
        topic = [self._one(_NOUNS) for _ in range(3)]
        while words < 590:
            sentences = [self._sentence(topic) for _ in range(self._chance.randint(2, 4))]
            words += sum(len(one.split()) for one in sentences)
            paragraphs.append(" ".join(sentences))
        return self.headline(), "\n\n".join(paragraphs)

    def headline(self) -> str:
        """Eight to twelve words."""
        form = self._chance.randrange(3)
        if form == 0:
            return f"{self._one(_STATES)} {self._one(_VERBS)} {self._thing()} {self._place()}"
        if form == 1:
            who = f"{self._one(_NATIONAL)} {self._one(_ACTORS)}"
            return f"{who} {self._one(_VERBS)} {self._thing()}, {self._person()} says"
        return (
            f"{self._thing().capitalize()} {self._one(_VERBS)} by {self._one(_STATES)} {self._adverb()} {self._place()}"
        )

    def _sentence(self, topic: list[str]) -> str:
        form = self._chance.randrange(8)
        if form == 0:
            body = f"{self._clause(topic)}, {self._person()} {self._one(_SPEECH)}"
        elif form == 1:
            who = f"{self._person()}, a {self._one(_ADJECTIVES)} {self._one(_ACTORS)} {self._place()}"
            body = f"{who}, {self._one(_SPEECH)} that {self._clause(topic)}"
        elif form == 2:
            body = f"{self._one(_OPENERS)}, {self._clause(topic)} {self._one(_LINKS)} {self._clause(topic)}"
        elif form == 3:
            body = f"the {self._firm()} {self._one(_NOUNS)} {self._place()} was {self._one(_VERBS)} {self._adverb()}"
        elif form == 4:
            who = f"{self._one(_STATES)} and {self._one(_STATES)}"
            body = f"{who} {self._one(_VERBS)} {self._thing()} {self._adverb()}, and {self._clause(topic)}"
        elif form == 5:
            body = (
                f"neither the {self._one(_ACTOR_OR_NOUN)} nor {self._thing()} was {self._one(_VERBS)} {self._place()}"
            )
        else:
            body = f"{self._clause(topic)} {self._one(_LINKS)} {self._clause(topic)}"
        return body[0].upper() + body[1:] + "."

    def _clause(self, topic: list[str]) -> str:
        noun = self._chance.choice(topic) if self._chance.random() < 0.3 else self._one(_NOUNS)
        object_ = f"the {self._one(_ADJECTIVES)} {noun}" if self._chance.random() < 0.6 else f"{self._number()} {noun}s"
        who = self._who()
        rest = self._place() if self._chance.random() < 0.5 else self._adverb()
        return f"{who} {self._one(_VERBS)} {object_} {rest}"

    def _who(self) -> str:
        form = self._chance.randrange(7)
        if form == 0:
            return self._one(_STATES)
        if form == 1:
            return f"a {self._one(_NATIONAL)} {self._one(_ACTORS)}"
        if form == 2:
            return self._person()
        if form == 3:
            return f"the {self._firm()} group"
        return f"the {self._one(_ADJECTIVES)} {self._one(_ACTORS)}" if form < 6 else "they"

    def _thing(self) -> str:
        return f"{self._one(_ADJECTIVES)} {self._one(_NOUNS)}s"

    def _place(self) -> str:
        return f"{self._one(_PLACES)} {self._one(self._towns)}"

    def _person(self) -> str:
        return self._one(self._people)

    def _firm(self) -> str:
        return self._one(self._firms)

    def _adverb(self) -> str:
        return self._one(_ADVERBS)

    def _number(self) -> str:
        return str(self._chance.choice((2, 3, 5, 12, 40, 70, 150, 300, 1200)))

    def _one(self, words: "tuple[str, ...] | list[str]") -> str:
        """A word of a list, the first ones more often (Zipf's law, flattened)."""
        weights = self._weights.get(id(words))
        if weights is None:
            weights = self._weights[id(words)] = list(accumulate((rank + 3) ** -0.7 for rank in range(len(words))))
        return self._chance.choices(words, cum_weights=weights)[0]


_ACTOR_OR_NOUN = (*_ACTORS, *_NOUNS)


def articles(count: int, seed: int) -> list[tuple[str, str]]:
    """So many articles as (title, text)."""
    room = Newsroom(seed)
    return [room.article() for _ in range(count)]


def headlines(count: int, seed: int) -> list[str]:
    """So many headlines."""
    room = Newsroom(seed)
    return [room.headline() for _ in range(count)]
