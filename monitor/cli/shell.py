"""What every command starts from: which configuration was asked for, and reading it."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:  # at run time it is read late: `--help` needs none of it
    from monitor.config import Config, Found
    from monitor.rulebook import LoadedRules
    from monitor.rules.actors import Actors
    from monitor.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """The command line as the user left it before the command's own arguments."""

    config_file: Path | None = None

    def find(self) -> "Found":
        """The configuration file that counts here, and why. Raises ConfigError."""
        from monitor.config import find

        return find(self.config_file, os.environ, folder=Path.cwd())

    def config(self) -> "Config":
        """The configuration, with the log set up as it says. Raises ConfigError."""
        from monitor import log
        from monitor.config import load

        config = load(self.config_file, os.environ, folder=Path.cwd(), complaint=_complaint)
        log.setup(config.log.level, config.log.format, sys.stderr)
        return config

    def store(self, config: "Config") -> "Store":
        """The database, which is there and of this version; a command that only looks makes none and upgrades none.

        Raises StoreError.
        """
        from monitor.errors import StoreError
        from monitor.store import Store
        from monitor.store.address import address_of
        from monitor.store.migrate import current
        from monitor.store.tables import SCHEMA

        url = config.database.url.reveal()
        address = address_of(url)
        schema = current(address)
        if schema is None:
            raise StoreError(f"there is no database at {address.name} yet", remedy="start `relations-monitor run` once")
        if schema != SCHEMA:
            raise StoreError(
                f"the database {address.name} has schema {schema}, this program {SCHEMA}",
                remedy="start the daemon: it upgrades",
            )
        return Store.open(url)

    def actors(self, config: "Config") -> "Actors":
        """The actors of the rule files in force, for their names and codes."""
        from monitor.rulebook import load_actors

        return load_actors(config.rules.dir, with_shipped=config.rules.with_shipped)

    def rules(self, folder: Path | None) -> "tuple[LoadedRules, Path | None]":
        """The rules in force here, and the folder laid over the shipped ones: `folder`, else that of the configuration.

        Where the configuration decides, that is told. Raises ConfigError for one that can't be used.
        """
        from monitor.cli.output import note
        from monitor.rulebook import load_rules

        is_set = any(name.startswith("RELATIONS_MONITOR_RULES__") for name in os.environ)
        if folder is not None or (self.find().path is None and not is_set):
            return load_rules(folder), folder
        config = self.config()
        if config.rules.dir is not None:
            said = config.origins.get(("rules", "dir"), config.file)
            note(f"with the rules of {config.rules.dir}, as {said} says")
        return load_rules(config.rules.dir, with_shipped=config.rules.with_shipped), config.rules.dir


pass_shell = click.make_pass_decorator(Shell, ensure=True)
"""Decorates a command whose first argument is the `Shell`."""


def _complaint(url: str) -> str:
    """What the door out says against the address of a channel; nothing where it takes it."""
    from monitor.channels.send import Sender
    from monitor.model import Channel, ChannelName

    return Sender().usable(Channel(name=ChannelName("channel"), kind="", url=url))
