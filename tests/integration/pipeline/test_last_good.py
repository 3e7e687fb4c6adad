"""A rule that broke between two starts hits on as it last was good, is called stale, and is mended like any other."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from monitor.app import App, build
from monitor.clock import ManualClock
from monitor.config import Config, config_of
from monitor.rules.compile import compile_pack
from monitor.rules.load import load_blob
from monitor.rules.match import match
from monitor.store import Store, hits, ledger
from monitor.store.tables import packs
from monitor.text.tokens import read
from tests.acceptance.test_cli import command
from tests.builders import an_article
from tests.fixtures.small_web import Web, serve
from tests.integration.pipeline.test_pipeline import NOON, rss

SALE = ("Iran sells two ferries to Oman", "The ferries were built last year.")
RULE = """\
[[rule]]
id = "ferry-sale"
title = "{source} sells ferries to {target}"
event = "gift"
severity = "high"
[[rule.match]]
act = "#sell-ferries"
object = "ferry"
source = "@iran"
target = "@state"
[[rule.test]]
text = "Iran sells two ferries to Oman."
expect = { source = "IRN", target = "OMN" }
"""
WORDS = '[lexicons.sell-ferries]\nen = ["sell"]\n'


@dataclass
class Place:
    """A folder with rules and a database, and a feed that tells of a new sale at every start."""

    web: Web
    folder: Path
    starts: int = 0

    @property
    def rule(self) -> Path:
        return self.folder / "rules" / "ferries.toml"

    @property
    def words(self) -> Path:
        return self.folder / "rules" / "lexicons" / "ferries.toml"

    def config(self) -> Config:
        path = self.folder / "config.toml"
        path.write_text(
            f'database.url = "sqlite:///{self.folder}/m.db"\nfetch.allow = ["{self.web.host}"]\n'
            f'rules.dir = "{self.folder}/rules"\n'
            f'feeds = [{{ id = "alder", url = "{self.web.url("/feed")}", title = "Alder" }}]\n'
            'channels = [{ name = "screen", url = "console://" }]\n',
            encoding="utf-8",
        )
        return config_of(path.read_text(encoding="utf-8"), "config.toml", beside=self.folder, environ={})

    def started(self) -> App:
        clock = ManualClock(NOON)
        for _ in range(self.starts):
            clock.move(NOON - NOON.replace(hour=10))
        self.starts += 1
        self.web.pages["/feed"] = rss(SALE, dated=clock.now(), first=100 * self.starts)
        return build(self.config(), clock, is_daemon=True)

    def polled(self) -> tuple[list[str], tuple[str, ...]]:
        """Start, poll once and stop: which rules the new article hit, and what was stale."""
        with self.started() as app:
            app.pipeline.poll()
            with app.store.look() as work:
                found = [hit for hit in hits.latest(work, 50) if hit.rule == "ferry-sale"]
            return [hit.rule_digest for hit in found], app.rules.pack.stale

    def command(self, *arguments: str) -> tuple[int, Any]:
        ran = command(*arguments, "--json", folder=self.folder)
        return ran.returncode, json.loads(ran.stdout)

    def status(self) -> tuple[int, Any]:
        return self.command("status", "--config", str(self.folder / "config.toml"))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    (tmp_path / "rules" / "lexicons").mkdir(parents=True)
    with serve({}) as web:
        place = Place(web, tmp_path)
        place.rule.write_text(RULE, encoding="utf-8")
        place.words.write_text(WORDS, encoding="utf-8")
        yield place


@pytest.mark.parametrize("broken", [RULE.replace('"high"', '"high'), "[", RULE.replace('"gift"', '"grift"')])
def test_a_rule_broken_between_two_starts_hits_on_until_it_is_mended(place: Place, broken: str) -> None:
    good, none = place.polled()
    place.rule.write_text(broken, encoding="utf-8")

    first, stale = place.polled()
    exit_code, told = place.status()
    second, still = place.polled()
    place.rule.write_text(RULE.replace('"high"', '"low"'), encoding="utf-8")
    mended, gone = place.polled()
    _, told_then = place.status()

    assert (len(good), len(first), len(second), len(mended)) == (1, 2, 3, 4)
    assert set(first) == set(second) == set(good)
    assert len(set(mended)) == 2
    assert (none, stale, still, gone) == ((), ("rule ferry-sale",), ("rule ferry-sale",), ())
    assert (exit_code, told["stale"], told_then["stale"], told_then["rejected"]) == (1, ["rule ferry-sale"], [], [])
    assert "in force" in told["rejected"][0]


def test_a_lexicon_broken_between_two_starts_costs_its_rule_nothing(place: Place) -> None:
    good, _ = place.polled()
    place.words.write_text(WORDS.replace('"sell"', "7"), encoding="utf-8")

    first, stale = place.polled()

    assert (len(first), set(first), stale) == (2, set(good), ("lexicon sell-ferries",))


def test_a_rule_that_was_deleted_is_gone(place: Place) -> None:
    place.polled()
    place.rule.unlink()

    found, stale = place.polled()

    assert (len(found), stale) == (1, ())


def test_the_check_of_the_rules_fails_whatever_is_in_force(place: Place) -> None:
    place.polled()
    place.rule.write_text(RULE.replace('"gift"', '"grift"'), encoding="utf-8")
    place.polled()

    exit_code, told = place.command("rules", "check", str(place.folder / "rules"))

    assert (exit_code, told["left_out"]) == (1, ["rule ferry-sale"])
    assert "stays in force" not in json.dumps(told)


def test_a_folder_that_went_back_to_what_it_was_keeps_that_and_not_what_came_between(place: Place) -> None:
    place.polled()
    place.rule.write_text(RULE.replace('"high"', '"low"'), encoding="utf-8")
    place.polled()
    place.rule.write_text(RULE, encoding="utf-8")
    place.polled()
    place.rule.write_text("[", encoding="utf-8")

    with place.started() as app:
        assert [rule.severity for rule in app.rules.pack.rules if rule.id == "ferry-sale"] == ["high"]
        with app.store.look() as work:
            assert len(ledger.read(work, kind="rules_changed")) == 4


@pytest.mark.parametrize(
    ("blob", "because"),
    [
        pytest.param(b"\xff", "it is not JSON", id="no-json"),
        pytest.param(b'{"engine":0,"overlay":{},"texts":{}}', "it is of engine version 0", id="other-engine"),
        pytest.param(
            b'{"engine":ENGINE,"overlay":{},"texts":{},"stale":{"rule a":[[0,"a.toml",""]]}}', "it keeps rule a",
            id="kept-nothing",
        ),
    ],
)  # fmt: skip
def test_a_pack_that_can_not_be_used_is_ignored_in_words(
    place: Place, blob: bytes, because: str, caplog: pytest.LogCaptureFixture
) -> None:
    with place.started() as app, app.store.work() as work:
        engine = json.loads(app.rules.pack.blob)["engine"]
        work.run(packs.update().values(blob=blob.replace(b"ENGINE", str(engine).encode())))
    place.rule.write_text("[", encoding="utf-8")

    with place.started() as app:
        assert app.rules.pack.stale == ()
        assert app.rules.past_ignored.startswith(because)

    assert "last_rules_ignored" in caplog.text


def test_the_rule_of_an_old_hit_is_found_by_its_digest_and_finds_it_again(place: Place) -> None:
    place.polled()
    place.rule.write_text(RULE.replace('"high"', '"hihg"'), encoding="utf-8")
    place.words.write_text(WORDS.replace('"sell"', '"sell", "lease"'), encoding="utf-8")
    place.polled()  # the rule is stale and its lexicon new: a version of its own
    place.rule.unlink()
    place.words.unlink()
    place.polled()

    store = Store.open(place.config().database.url.reveal())
    with store.look() as work:
        old = {hit.rule_digest: hit for hit in hits.latest(work, 50) if hit.rule == "ferry-sale"}
        blobs = {digest: hits.pack_of(work, digest) for digest in old}
    store.close()

    assert len(old) == 2
    for digest, hit in old.items():
        blob = blobs[digest]
        assert blob is not None
        assert again(blob, digest) == (hit.source, hit.target, hit.severity, "high")


def again(blob: bytes, digest: str) -> tuple[str | None, str | None, str, str]:
    """What the rule of that digest finds by the pack it was in."""
    pack = load_blob(blob)
    (rule,) = [rule for rule in pack.rules if rule.digest == digest]
    ruleset = compile_pack(pack)
    article = an_article(title=SALE[0], text=SALE[1])
    (hit,) = [hit for hit in match(ruleset, read(article, ruleset.languages)) if hit.rule == rule.id]
    assert hit.rule_digest == digest
    return hit.source, hit.target, hit.severity, rule.severity
