"""The load: rules of three groups of 5 to 10 phrases that must stand in one sentence.

Phrases of one to three words are drawn from the texts themselves, often seen ones often, none that stands in more
than 6 % of them. One rule in ten is planted: each of its groups gets a phrase of one real sentence; where groups are
shared, three are taken that hold three phrases of the sentence which have no word in common.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FREQUENCY_LIMIT = 0.06
LEXICONS = 600
_WORDS = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")
"""Words that only spaces part: no phrase reaches over a mark."""
_STOP = frozenset(
    re.findall(
        r"\w+",
        "a an and the of to in on at by for was were is are as that this it they he she who while after because "
        "although before whereas until near outside behind along neither nor two",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """`groups` are phrases in small letters; a rule is the indexes of its three groups."""

    groups: tuple[tuple[str, ...], ...]
    rules: tuple[tuple[int, int, int], ...]

    def first(self, count: int) -> "Workload":
        """The first rules, and the groups that they use."""
        rules = self.rules[:count]
        kept = sorted({group for rule in rules for group in rule})
        place = {group: index for index, group in enumerate(kept)}
        return Workload(
            groups=tuple(self.groups[group] for group in kept),
            rules=tuple((place[one], place[two], place[three]) for one, two, three in rules),
        )

    def toml(self) -> dict[str, str]:
        """The rules as an analyst's files: a lexicon a group, a frame a rule, its roles left to grammar."""
        lexicons = []
        for index, phrases in enumerate(self.groups):
            written = ", ".join(f'"={phrase}"' for phrase in phrases)
            lexicons.append(f"[lexicons.g{index}]\nen = [{written}]\n")
        rules = []
        for index, (act, first, second) in enumerate(self.rules):
            rules.append(
                f'[[rule]]\nid = "r{index}"\ntitle = "{{source}} does what rule {index} tells to {{target}}"\n'
                f'event = "measured"\nseverity = "high"\n[[rule.match]]\nact = "#g{act}"\n'
                f'object = "#g{first} AND #g{second}"\nsource = "@state"\ntarget = "@state"\n'
                'optional = ["source", "target"]\nwithin = { object = 250, actors = 250 }\n'
            )
        return {
            "lexicons/measured.toml": "\n".join(lexicons),
            "events/measured.toml": '[events.measured]\ntitle = "Measured"\n',
            "measured.toml": "\n".join(rules),
        }


class Drawer:
    """Draws rules from sentences, given by article."""

    def __init__(self, texts: Sequence[Sequence[str]], seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 (measured texts, not secrets)
        self._frequency = Counter(
            phrase for sentences in texts for phrase in {one for sentence in sentences for one in phrases_of(sentence)}
        )
        most = max(int(FREQUENCY_LIMIT * len(texts)), 1)
        self._usable = sorted(phrase for phrase, count in self._frequency.items() if count <= most)
        known = set(self._usable)
        self._weights: list[int] = []
        total = 0
        for phrase in self._usable:
            total += self._frequency[phrase]
            self._weights.append(total)
        self._sentences = [
            usable for sentences in texts for sentence in sentences
            if len(usable := [one for one in dict.fromkeys(phrases_of(sentence)) if one in known]) >= 3
        ]  # fmt: skip

    def shared(self, count: int, lexicons: int = LEXICONS) -> Workload:
        """Rules that share lexicons; the planted ones take lexicons that have a phrase of the sentence."""
        groups = [self._group() for _ in range(lexicons)]
        holding: dict[str, list[int]] = {}
        for index, group in enumerate(groups):
            for phrase in group:
                holding.setdefault(phrase, []).append(index)
        rules: list[tuple[int, int, int]] = []
        while len(rules) < count:
            chosen = self._planted(holding) if len(rules) % 10 == 0 else None
            rules.append(chosen or self._three(range(lexicons)))
        return Workload(groups=tuple(groups), rules=tuple(rules))

    def own(self, count: int) -> Workload:
        """Rules each with words of its own."""
        groups: list[tuple[str, ...]] = []
        for index in range(count):
            three = [self._group() for _ in range(3)]
            if index % 10 == 0:
                sentence = self._chance.choice(self._sentences)
                three = [
                    (phrase, *group[1:]) for phrase, group in zip(self._chance.sample(sentence, 3), three, strict=True)
                ]
            groups += three
        return Workload(groups=tuple(groups), rules=tuple((3 * one, 3 * one + 1, 3 * one + 2) for one in range(count)))

    def _group(self) -> tuple[str, ...]:
        drawn = self._chance.choices(self._usable, cum_weights=self._weights, k=self._chance.randint(5, 10))
        return tuple(dict.fromkeys(drawn))

    def _three(self, indexes: range) -> tuple[int, int, int]:
        first, second, third = self._chance.sample(indexes, 3)
        return first, second, third

    def _planted(self, holding: dict[str, list[int]]) -> tuple[int, int, int] | None:
        """Three lexicons that one real sentence satisfies, each by words of its own, if a few tries find any.

        Three that hold one common phrase would make a rule of one word, which holds in every article that has it.
        """
        for _ in range(200):
            held = [phrase for phrase in self._chance.choice(self._sentences) if phrase in holding]
            lexicons = {self._chance.choice(holding[phrase]) for phrase in self._apart(held)}
            if len(lexicons) == 3:
                first, second, third = self._chance.sample(sorted(lexicons), 3)
                return first, second, third
        return None

    def _apart(self, phrases: Sequence[str]) -> list[str]:
        """Three of some phrases, no two with a word in common; fewer where there are none."""
        chosen: list[str] = []
        for phrase in self._chance.sample(phrases, len(phrases)):
            if len(chosen) < 3 and not any(set(phrase.split()) & set(one.split()) for one in chosen):
                chosen.append(phrase)
        return chosen


def phrases_of(sentence: str) -> Iterator[str]:
    """The phrases of one to three words of a sentence that do not begin or end with a grammar word."""
    for run in _WORDS.findall(sentence.lower()):
        words = run.split(" ")
        for start in range(len(words)):
            for length in (1, 2, 3):
                phrase = words[start : start + length]
                if len(phrase) == length and phrase[0] not in _STOP and phrase[-1] not in _STOP:
                    yield " ".join(phrase)
