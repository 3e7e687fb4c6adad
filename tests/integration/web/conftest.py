"""A database with an alert that was sent to the desk, and the server that its links lead to, on loopback."""

import http.client
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from urllib.parse import urlencode

import pytest

from monitor.alerts.links import Signer
from monitor.clock import ManualClock
from monitor.facts import Fact
from monitor.model import AlertId, Answer, ChannelName
from monitor.store import Store, ledger
from monitor.store.ledger import LedgerRow
from monitor.web.answering import Answering
from monitor.web.listener import Bounds, Listener
from tests.builders import NAMES, NOON
from tests.integration.cli.conftest import ALERT, DESK, database

__all__ = ["database"]  # the fixture: one alert, made once

SIGNER = Signer(public_url="https://alerts.example.org", secret="of-these-tests-alone-0123456789abcdefghij")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What the server answered."""

    status: int
    headers: Mapping[str, str]
    page: str


class Site:
    """The pages of a database, on a clock that is moved."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.clock = ManualClock(NOON)
        self.facts: list[Fact] = []
        self.signer: Signer | None = SIGNER
        self.store = Store.open(f"sqlite:///{file}", busy_seconds=1)
        self.bounds: Bounds | None = None

    def open(self, bounds: Bounds | None = None) -> None:
        """Listen at a free port."""
        answering = Answering(
            store=self.store, clock=self.clock, signer=lambda: self.signer, names=lambda: NAMES, zone=lambda: UTC,
            observe=self.facts.append,
        )  # fmt: skip
        self.listener = Listener(("127.0.0.1", 0), answering, self.clock.seconds, bounds)

    def link(self, answer: Answer = "acknowledge", alert: AlertId = ALERT, channel: ChannelName = DESK) -> str:
        """The path of a link that is sent now."""
        signer = replace(SIGNER, public_url="")
        (link,) = signer.links(alert, channel, self.clock.now(), (answer,))
        return link.url

    def ask(self, method: str, path: str, form: Mapping[str, str] | None = None) -> Heard:
        """Ask the server as a browser does."""
        connection = http.client.HTTPConnection("127.0.0.1", self.listener.port, timeout=30)
        body = urlencode(form) if form is not None else None
        connection.request(method, path, body, FORM if form is not None else {})
        answer = connection.getresponse()
        heard = Heard(status=answer.status, headers=dict(answer.headers), page=answer.read().decode())
        connection.close()
        return heard

    def answers(self) -> list[LedgerRow]:
        """What the ledger has of answers, the first first."""
        with self.store.look() as work:
            rows = ledger.read(work, limit=1_000)[::-1]
        return [row for row in rows if row.kind in {"alert_acknowledged", "feedback_given"}]


@pytest.fixture
def site(database: Path, tmp_path: Path) -> Iterator[Site]:
    shutil.copy(database, tmp_path)
    site = Site(tmp_path / database.name)
    site.open()
    yield site
    site.listener.close()
    site.store.close()
