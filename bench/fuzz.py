"""`make fuzz-rules`: mutated articles through reading and the shipped rules; none may raise, none may be slow.

An article is made (bench/texts.py) and mutated by chance: marks and spaces doubled, cut and thrown in, words of the
rules' lexicons sown, parts repeated up to twenty thousand letters, scripts mixed. The limit is 50 ms of processor
time for each 10,000 characters begun; what is above it is measured twice more. The last line is one JSON object.
"""

import argparse
import json
import random
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

from bench.texts import Newsroom
from monitor.model import Article, ArticleId, FeedId
from monitor.rules.compile import RuleSet, compile_pack
from monitor.rules.load import Pack, load
from monitor.rules.match import match
from monitor.text.tokens import read

LIMIT_S = 0.050
"""Seconds for each 10,000 characters begun."""
SEED = 20260115
_NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)
_NOISE = (
    ".", "..", "...", "?!", "\n", "\n\n\n", "\t", "  ", "\r\n", "\u00a0", "\u200b", "\u00ad",
    "\u0301", "\x00", "'", "’", "“", "”", "(", ")", "[",
    "—", " - ", "-", "/", ",", ", and", ";", ":", "%", "$", "€", "🚀",
    "北朝鮮", "俄罗斯派兵", "북한이 러시아에 병력을 보냈다", "Северная Корея отправила солдат",
    "İ", "ß", "ﬁ", "ا", "Mr. ", "U.S.-", "a.b.c.d",
    "1,000,000", "$320 million to $1.3 billion a year", "3-5", "2026-01-15", "on 3 January",
)  # fmt: skip


class Mutator:
    """Makes one bad article after another, the same for the same seed."""

    def __init__(self, seed: int, words: Sequence[str]) -> None:
        self._chance = random.Random(seed)  # noqa: S311 (measured texts, not secrets)
        self._room = Newsroom(seed)
        self._words = words

    def article(self) -> Article:
        """An article with a title or without, mutated once to six times."""
        title, text = self._room.article()
        text = text[: self._chance.choice((0, 80, 400, 1500, 1500, 4000))]
        for _ in range(self._chance.randint(1, 6)):
            text = self._mutated(text)
        lang = self._chance.choice(("en", "en", "en", "en", "ru", "ko", "zh", "uk", "xx"))
        title = self._mutated(title)[:400] if self._chance.random() < 0.7 else ""
        return Article(
            id=ArticleId("a"), feed=FeedId("f"), url="https://news.example/a", title=title, text=text[:20_000],
            lang=lang, outlet="Example", published=_NOON, fetched_at=_NOON,
        )  # fmt: skip

    def _mutated(self, text: str) -> str:  # noqa: PLR0911 (a return a mutation)
        chance = self._chance
        at = chance.randint(0, len(text))
        match chance.randrange(8):
            case 0:
                return text[:at] + chance.choice(_NOISE) * chance.choice((1, 1, 2, 9, 300)) + text[at:]
            case 1:
                return text[:at] + text[at + chance.randint(0, 60) :]
            case 2:
                return text[:at] + text[at : at + chance.choice((3, 20, 200))] * chance.choice((2, 5, 50)) + text[at:]
            case 3:
                words = text.split(" ")
                for _ in range(chance.choice((1, 5, 40))):
                    words.insert(chance.randint(0, len(words)), chance.choice(self._words))
                return " ".join(words)
            case 4:
                return chance.choice((" ", " and ", ", ", "", ". ")).join(
                    chance.choice(self._words) for _ in range(chance.choice((3, 30, 300)))
                )
            case 5:
                return text.replace(chance.choice((" ", ".", "e", "\n\n")), chance.choice(_NOISE))
            case 6:
                return chance.choice((text.upper(), text.lower(), text[::-1], text.swapcase()))
            case _:
                letters = list(text)
                chance.shuffle(letters)
                return "".join(letters)


def words_of(pack: Pack) -> list[str]:
    """Whatever the rules look for: words of all lexicons, names of actors, cue words."""
    terms = {term.text for lexicon in pack.lexicons.values() for terms in lexicon.terms.values() for term in terms}
    names = {name for actor in pack.actors.by_id.values() for names in actor.names.values() for name in names}
    cues = {cue for one in pack.languages.by_code.values() for found in one.cues.values() for cue in found}
    return sorted({*terms, *names, *cues})


def seconds_of(ruleset: RuleSet, article: Article) -> float:
    """Processor time of reading and matching."""
    began = process_time()
    match(ruleset, read(article, ruleset.languages))
    return process_time() - began


def allowed_s(article: Article) -> float:
    """What the article may take."""
    return LIMIT_S * (1 + (len(article.title) + len(article.text)) // 10_000)


def shipped_pack() -> Pack:
    """The rules of the tree."""
    root = Path(__file__).parents[1] / "rules"
    texts = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in root.rglob("*.toml")}
    return load(texts)[0]


def main() -> int:
    """Mutate, match, and say what was worst."""
    parser = argparse.ArgumentParser(prog="bench.fuzz", description=__doc__)
    parser.add_argument("--texts", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    pack = shipped_pack()
    ruleset, mutator = compile_pack(pack), Mutator(options.seed, words_of(pack))
    slow: list[dict[str, object]] = []
    raised: list[dict[str, object]] = []
    worst, characters, spent = 0.0, 0, 0.0
    for number in range(options.texts):
        article = mutator.article()
        characters += len(article.title) + len(article.text)
        try:
            seconds = seconds_of(ruleset, article)
            if seconds > allowed_s(article):
                seconds = min(seconds, seconds_of(ruleset, article), seconds_of(ruleset, article))
        except Exception as error:
            raised.append({"text": number, "error": repr(error), "at": traceback.format_exc().splitlines()[-3:]})
            continue
        spent += seconds
        share = seconds / allowed_s(article)
        worst = max(worst, share)
        if share > 1:
            slow.append({"text": number, "ms": round(1000 * seconds, 1), "characters": len(article.text)})
        if (number + 1) % 10_000 == 0:
            print(
                f"{number + 1} texts, {len(raised)} raised, {len(slow)} slow, worst at {worst:.0%} of the limit",
                flush=True,
            )
    for one in (*raised[:10], *slow[:10]):
        print(one)
    print(
        json.dumps({
            "texts": options.texts, "seed": options.seed, "characters": characters,
            "raised": len(raised), "slow": len(slow),
            "worst_share_of_limit": round(worst, 3), "limit_ms_each_10000": 1000 * LIMIT_S,
            "mean_us": round(1e6 * spent / max(options.texts, 1), 1), "switched_off": sorted(ruleset.switched_off),
        })
    )  # fmt: skip
    return 1 if raised or slow else 0


if __name__ == "__main__":
    sys.exit(main())
