"""`make bench-match`: articles a second of our matcher, and of what else one could have taken, on the same texts.

Prints a table and, as its last line, one JSON object. Every ratio is of two times on the same texts in this run;
`hits` compares what the engines found, text by text.
"""

import argparse
import gc
import json
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time

from bench.engines import BareAutomaton, Engine, Ours, Text, article, others
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
ROUNDS = 3
BUDGET_S = 12.0
"""About how long one engine may take for one round; a slow one is measured on the first texts only."""


@dataclass(slots=True, kw_only=True)
class Measured:
    """One engine on one workload: best time of the rounds over `texts` texts."""

    name: str
    build_s: float
    texts: int = 0
    seconds: float = 0.0
    found: list[set[int]] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Texts a second."""
        return self.texts / self.seconds if self.seconds else 0.0


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
    out["law"] = {kind: _law(each) for kind, each in law.items()}
    _print_rest(out)
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
    on_articles = _measure(engines, texts)
    on_titles = _measure(engines, titles)
    times, by_words = _times(ours, texts), [ours.by_words(text) for text in texts]
    titles_by_words = [ours.by_words(text) for text in titles]
    for measured, short in zip(on_articles, on_titles, strict=True):
        ratio = measured.seconds / _seconds(ours, texts[: measured.texts]) if measured.name != ours.name else 1.0
        hits = _compared(measured, by_words, short, titles_by_words)
        print(
            f"  {measured.name:15}{measured.rate:11.1f}{short.rate:13.1f}{measured.build_s:9.2f}{measured.texts:5}  "
            f"{ratio:8.2f}x  {hits}"
        )
        figures[measured.name] = {
            "articles_s": round(measured.rate, 2), "headlines_s": round(short.rate, 1), "texts": measured.texts,
            "build_s": round(measured.build_s, 3), "ours_is_times": round(ratio, 3), "hits": hits,
        }  # fmt: skip
    found = on_articles[0].found
    per_article = sum(map(len, found)) / len(found)
    print(f"  {per_article:.2f} hits an article, {len(ours.ruleset.needles)} needles")
    run = {
        "kind": kind,
        "rules": count,
        "hits_an_article": round(per_article, 3),
        "engines": figures,
        "missing": missing,
    }
    return run, (times, [len(one) for one in found])


def _measure(engines: Sequence[tuple[Engine, float]], texts: Sequence[Text]) -> list[Measured]:
    """The best of some rounds for each, the engines taking turns."""
    done = []
    for engine, build_s in engines:
        engine.scan(texts[0])  # warm
        began = process_time()
        engine.scan(texts[1])
        fits = int(BUDGET_S / max(process_time() - began, 1e-6))
        found = [engine.scan(text) for text in texts[: max(min(len(texts), fits), 6)]]
        done.append(Measured(name=engine.name, build_s=build_s, texts=len(found), found=found))
    gc.collect()
    gc.freeze()  # what stands already is no work of the engines
    for _ in range(ROUNDS):
        for measured, (engine, _) in zip(done, engines, strict=True):
            seconds = _once(engine, texts[: measured.texts])
            measured.seconds = min(measured.seconds or seconds, seconds)
    return done


def _once(engine: Engine, texts: Sequence[Text]) -> float:
    began = process_time()
    for text in texts:
        engine.scan(text)
    return process_time() - began


def _seconds(engine: Engine, texts: Sequence[Text]) -> float:
    return min(_once(engine, texts) for _ in range(ROUNDS))


def _times(engine: Engine, texts: Sequence[Text]) -> list[float]:
    """The best time of each text alone."""
    return [_seconds(engine, [text]) for text in texts]


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


def _compile_times(base: dict[str, str], workload: Workload) -> dict[str, float]:
    """Seconds from texts of TOML to a matcher that has matched: 1,000 rules of the load, and the shipped rules."""
    shipped = {path.relative_to(RULES).as_posix(): path.read_text(encoding="utf-8") for path in RULES.rglob("*.toml")}
    times = {}
    for name, texts in (("rules_1000_s", {**base, **workload.toml()}), ("shipped_pack_s", shipped)):
        best = 0.0
        for _ in range(ROUNDS):
            began = process_time()
            ruleset = compile_pack(load(texts)[0])
            _ = ruleset.automaton, ruleset.sieve_in("en")
            seconds = process_time() - began
            best = min(best or seconds, seconds)
        times[name] = round(best, 3)
    return times


def _print_rest(out: dict[str, object]) -> None:
    print(f"\ncompiling, TOML included: {out['compile']}")
    print(f"most rules against fewest, at equal hits: {out['law']}")


if __name__ == "__main__":
    sys.exit(main())
