"""The whole way with links on: from a feed, by a message, to what a click changes in who is told."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.app import signer_of
from monitor.config import Config, config_of
from monitor.store import ledger
from monitor.web.answering import Answering
from monitor.web.pages import Page
from tests.builders import minutes
from tests.fixtures.small_web import serve
from tests.integration.pipeline.test_pipeline import TROOPS, rss
from tests.integration.pipeline.test_waiting import MANY, Waiting

LINK = re.compile(r"^\s*(Acknowledge|Right|Wrong \w+)\s+https://alerts\.example\.org(/a/\S+)$", re.MULTILINE)


class Answerable(Waiting):
    """A desk whose readers can answer by links."""

    def config(self) -> Config:
        text = f"""
            database.url = "sqlite:///{self.folder}/m.db"
            fetch.allow = ["{self.web.host}"]
            feeds = [{{ id = "alder", url = "{self.web.url("/feed")}", title = "Alder" }}]
            channels = [{{ name = "screen", url = "console://" }}, {{ name = "phone", url = "console://" }}]
            web = {{ public_url = "https://alerts.example.org/", secret = "of-this-test-alone-0123456789abcdef" }}
            [[routes]]
            channels = ["screen"]
            {self.route}
        """
        return config_of(text, "config.toml", beside=self.folder, environ={})

    @property
    def pages(self) -> Answering:
        """What is behind the links."""
        app = self.app
        return Answering(
            store=app.store, clock=self.clock, signer=lambda: signer_of(app.config),
            names=lambda: app.rules.ruleset.names, zone=lambda: app.config.display.zone, observe=app.observe,
        )  # fmt: skip


def links_in(printed: str) -> dict[str, str]:
    """The paths of the links in what was printed, by what they are called."""
    return dict(LINK.findall(printed))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Answerable]:
    with serve({"/feed": rss(TROOPS)}) as web:
        desk = Answerable(web, tmp_path)
        yield desk
        desk.app.close()


@pytest.mark.parametrize("is_pressed", [True, False])
def test_what_a_link_acknowledged_goes_to_nobody_else(desk: Answerable, *, is_pressed: bool) -> None:
    desk.under('escalate = { after = "15m", channels = ["phone"] }')
    link = links_in(desk.round(minutes(5)))["Acknowledge"]

    looked = desk.pages.look(link)
    if is_pressed:
        desk.pages.answer(link, "Ann", "")
    printed = desk.passed(minutes(20))

    assert looked.status == 200
    assert ("North Korea" in printed) is not is_pressed
    if is_pressed:
        assert desk.verdicts()[-1] == ("alert_dropped", "acknowledged by Ann (link of screen)")


def test_a_digest_is_acknowledged_as_a_whole(desk: Answerable) -> None:
    desk.web.pages["/feed"] = rss(*MANY)
    desk.under('quiet = "11:00-18:00"')
    desk.round(minutes(60))
    links = links_in(desk.passed(timedelta(hours=5)))

    pages: list[Page] = [
        desk.pages.look(links["Acknowledge"]), desk.pages.answer(links["Acknowledge"], "Ann", ""),
        desk.pages.look(links["Acknowledge"]),
    ]  # fmt: skip

    assert list(links) == ["Acknowledge"]
    assert f"{len(MANY)} alerts" in pages[0].html
    assert "Acknowledged by Ann" in pages[1].html
    assert "<form" not in pages[2].html
    with desk.app.store.look() as work:
        assert len(ledger.read(work, kind="alert_acknowledged")) == len(MANY)
