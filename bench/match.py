"""`make bench-match`: articles a second of our matcher, and of what else one could have taken, on the same texts.

Prints a table and, as its last line, one JSON object. Every ratio is of two times on the same texts in this run;
`hits` compares what the engines found, text by text.
"""

import argparse
import gc
import json
import math
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from bench.engines import BareAutomaton, Engine, Ours, Text, article, others
from bench.languages import costs
from bench.texts import articles, headlines
from bench.workload import Drawer, Workload
from monitor.rules.compile import compile_pack
from monitor.rules.load import load
from monitor.text.tokens import read

RULES = Path(__file__).parents[1] / "rules"
SEED = 20260115
DRAWN_FROM = 1_000
"""Articles from which phrases are drawn and sentences planted."""
MEASURED = 200
HEADLINES = 400
ROUNDS = 4
BUDGET_S = 6.0
"""About how long one engine may take for one round; a slow one is measured on the first texts only."""


@dataclass(slots=True, kw_only=True)
class Measured:
    """One engine on one workload: of each text the best time of the rounds, and what was found."""

    name: str
    build_s: float
    found: list[set[int]]
    times: list[float]

    def rate(self, which: Sequence[int] | None = None) -> float:
        """Texts a second, of all or some."""
        chosen = range(len(self.times)) if which is None else which
        return len(chosen) / sum(self.times[index] for index in chosen) if chosen else 0.0


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench.match", description=__doc__)
    parser.add_argument("--rules", type=int, nargs="*", default=[100, 1_000, 10_000])
    parser.add_argument("--kinds", nargs="*", default=["shared", "own"], choices=["shared", "own"])
    parser.add_argument("--without", nargs="*", default=[], help="engines to leave out: re, spaCy, hyperscan")
    options = parser.parse_args()
    print(
        f"Python {platform.python_version()}, {platform.machine()}; seed {SEED}; "
        f"processor time, the best of {ROUNDS} rounds"
    )
    base = {
        path.relative_to(RULES).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(RULES.rglob("*.toml"))
        if path.parent.name in ("actors", "languages")
    }
    languages = load(base)[0].languages
    texts = articles(DRAWN_FROM, SEED)
    readings = [read(article(text), languages) for text in texts]
    drawer = Drawer([[one.whole[start:end] for start, end in one.sentences] for one in readings], SEED)
    bare_titles: list[Text] = [(title, "") for title in headlines(HEADLINES, SEED)]
    words = sum(len(text.split()) for _, text in texts) / len(texts)
    print(f"{len(texts)} articles of {words:.0f} words; measured on {MEASURED} of them and on {HEADLINES} headlines")
    out: dict[str, object] = {"python": platform.python_version(), "seed": SEED, "words": round(words), "runs": []}
    runs: list[dict[str, object]] = []
    law: dict[str, dict[int, tuple[list[float], list[int]]]] = {}
    for kind in options.kinds:
        whole = drawer.shared(max(options.rules)) if kind == "shared" else drawer.own(max(options.rules))
        for count in options.rules:
            workload = whole.first(count)
            run, each = _run(kind, workload, base, texts=texts[:MEASURED], titles=bare_titles, without=options.without)
            runs.append(run)
            law.setdefault(kind, {})[count] = each
    out["runs"] = runs
    out["compile"] = _compile_times(base, drawer.shared(1_000))
    out["languages"] = languages = costs(compile_pack(load(_shipped())[0]), SEED)
    out["law"] = {kind: _law(each) for kind, each in law.items()}
    _print_rest(out, languages)
    print(json.dumps(out))
    return 0


def _run(
    kind: str,
    workload: Workload,
    base: dict[str, str],
    *,
    texts: Sequence[Text],
    titles: Sequence[Text],
    without: Sequence[str],
) -> tuple[dict[str, object], tuple[list[float], list[int]]]:
    """All engines on one workload: figures for the JSON, and our time and hits text by text."""
    count = len(workload.rules)
    print(f"\n{count} rules, {'600 shared lexicons' if kind == 'shared' else 'each its own words'}")
    print(f"  {'':15}{'articles/s':>11}{'headlines/s':>13}{'build s':>9}{'on':>5}  {'ours is':>9}  hits")
    ours = Ours({**base, **workload.toml()})
    engines: list[tuple[Engine, float]] = [(ours, ours.build_s), (BareAutomaton(ours), 0.0)]
    missing: dict[str, str] = {}
    for name, build in others(workload, ours.ruleset.languages):
        if name in without or name.split()[0] in without:
            continue
        began = process_time()
        try:
            engines.append((build(), 0.0))
        except ImportError as error:
            missing[name] = str(error)
            print(f"  {name:15}not measured: {error}")
            continue
        engines[-1] = (engines[-1][0], process_time() - began)
    figures: dict[str, object] = {}
    on_articles, on_titles = _measure(engines, texts), _measure(engines, titles)
    by_words, titles_by_words = [ours.by_words(text) for text in texts], [ours.by_words(text) for text in titles]
    mine = on_articles[0]
    for measured, short in zip(on_articles, on_titles, strict=True):
        ratio = mine.rate(range(len(measured.times))) / measured.rate()
        hits = _compared(measured, by_words, short, titles_by_words)
        print(
            f"  {measured.name:15}{measured.rate():11.1f}{short.rate():13.1f}{measured.build_s:9.2f}"
            f"{len(measured.times):5}  {ratio:8.2f}x  {hits}"
        )
        figures[measured.name] = {
            "articles_s": round(measured.rate(), 2), "headlines_s": round(short.rate(), 1),
            "texts": len(measured.times), "build_s": round(measured.build_s, 3), "ours_is_times": round(ratio, 3),
            "hits": hits,
        }  # fmt: skip
    counts = [len(one) for one in mine.found]
    without_hit = [index for index, count_ in enumerate(counts) if not by_words[index]]
    bare = next(one for one in on_articles if one.name == BareAutomaton.name)
    shares = (mine.rate() / bare.rate(), mine.rate(without_hit) / bare.rate(without_hit) if without_hit else None)
    told = f", {shares[1]:.0%} in the {len(without_hit)} articles where nothing is found" if shares[1] else ""
    print(f"  {sum(counts) / len(counts):.2f} hits an article; {shares[0]:.0%} of the bare automaton{told}")
    run = {
        "kind": kind, "rules": count, "hits_an_article": round(sum(counts) / len(counts), 3), "engines": figures,
        "missing": missing, "share_of_bare": round(shares[0], 3),
        "share_of_bare_where_nothing_is_found": shares[1] and round(shares[1], 3),
    }  # fmt: skip
    return run, (mine.times, counts)


def _measure(engines: Sequence[tuple[Engine, float]], texts: Sequence[Text]) -> list[Measured]:
    """The best of some rounds for each text and engine, the engines taking turns."""
    done = []
    for engine, build_s in engines:
        engine.scan(texts[0])  # warm
        began = process_time()
        engine.scan(texts[1])
        fits = int(BUDGET_S / max(process_time() - began, 1e-6))
        found = [engine.scan(text) for text in texts[: max(min(len(texts), fits), 6)]]
        done.append(Measured(name=engine.name, build_s=build_s, found=found, times=[math.inf] * len(found)))
    gc.collect()
    gc.freeze()  # what stands already is no work of the engines
    for _ in range(ROUNDS):
        for measured, (engine, _) in zip(done, engines, strict=True):
            for index, best in enumerate(measured.times):
                began = process_time()
                engine.scan(texts[index])
                measured.times[index] = min(best, process_time() - began)
    return done


def _compared(measured: Measured, by_words: list[set[int]], short: Measured, titles_by_words: list[set[int]]) -> str:
    """Whether an engine found what ours finds by words; of ours itself, how many of those grammar refuses."""
    if measured.name == BareAutomaton.name:
        return "none are made"
    pairs = [*zip(measured.found, by_words, strict=False), *zip(short.found, titles_by_words, strict=False)]
    more, fewer = sum(len(one - other) for one, other in pairs), sum(len(other - one) for one, other in pairs)
    whole = sum(len(other) for _, other in pairs)
    if measured.name == Ours.name:
        return f"{whole} by words, grammar refuses {fewer}"
    return f"equal ({whole})" if not more + fewer else f"{more} more, {fewer} fewer of {whole}"


def _law(each: dict[int, tuple[list[float], list[int]]]) -> dict[str, object]:
    """What the most rules cost against the fewest, over the texts in which both found as much."""
    few, many = min(each), max(each)
    equal = [index for index, (one, other) in enumerate(zip(each[few][1], each[many][1], strict=True)) if one == other]
    least, most = (sum(each[count][0][index] for index in equal) for count in (few, many))
    factor = round(most / least, 3) if equal and least else None
    return {"from": few, "to": many, "texts_with_equal_hits": len(equal), "factor": factor}


def _shipped() -> dict[str, str]:
    """The rules that ship, by the name of their file."""
    return {path.relative_to(RULES).as_posix(): path.read_text(encoding="utf-8") for path in RULES.rglob("*.toml")}


def _compile_times(base: dict[str, str], workload: Workload) -> dict[str, float]:
    """Seconds from texts of TOML to a matcher that has matched: 1,000 rules of the load, and the shipped rules."""
    shipped = _shipped()
    times = {}
    for name, texts in (("rules_1000_s", {**base, **workload.toml()}), ("shipped_pack_s", shipped)):
        best = 0.0
        for _ in range(ROUNDS):
            began = process_time()
            ruleset = compile_pack(load(texts)[0])
            _ = ruleset.vocabulary_in("en").automaton, ruleset.sieve_in("en")
            seconds = process_time() - began
            best = min(best or seconds, seconds)
        times[name] = round(best, 3)
    return times


def _print_rest(out: dict[str, object], languages: dict[str, dict[str, float]]) -> None:
    print(f"\ncompiling, TOML included: {out['compile']}")
    print("the shipped rules in seven languages, beside English:")
    for lang, cost in languages.items():
        print(
            f"  {lang}  {cost['us_a_character']:.2f} us a character, {cost['times_english']:.2f}x; the same news "
            f"{cost['times_english_for_the_same_news']:.2f}x; {cost['hits_an_article']:.1f} hits an article"
        )
    print(f"most rules against fewest, at equal hits: {out['law']}")


if __name__ == "__main__":
    sys.exit(main())
