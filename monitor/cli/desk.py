"""What the commands for alerts and hits look at: configuration, database, the names of actors in the reader's words."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # at run time they are read late: `--help` needs none of them
    from monitor.cli.shell import Shell
    from monitor.config import Config
    from monitor.model import Names
    from monitor.rules.actors import Actors
    from monitor.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """All that such a command starts from. `actors` are those of the rule files in force."""

    config: "Config"
    store: "Store"
    actors: "Actors"
    names: "Names"
    now: datetime

    @property
    def zone(self) -> tzinfo:
        """The zone in which people read times."""
        return self.config.display.zone


@contextlib.contextmanager
def opened(shell: "Shell") -> Iterator[Desk]:
    """The desk, closed at the end. Raises ConfigError, StoreError."""
    from monitor.clock import SystemClock
    from monitor.rules.compile import names_of

    config = shell.config()
    with contextlib.closing(shell.store(config)) as store:
        actors = shell.actors(config)
        names = names_of(actors, config.display.language)
        yield Desk(config=config, store=store, actors=actors, names=names, now=SystemClock().now())
