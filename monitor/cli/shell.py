"""What every command starts from: which configuration was asked for, and reading it."""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:  # at run time it is read late: `--help` needs none of it
    from monitor.config import Config, Found


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


pass_shell = click.make_pass_decorator(Shell, ensure=True)
"""Decorates a command whose first argument is the `Shell`."""


def _complaint(url: str) -> str:
    """What the door out would say against the address of a channel; nothing where it would take it."""
    from monitor.channels.addresses import AddressError, folder_address, mail_address, screen_address
    from monitor.channels.kinds import kind_of

    checks: Mapping[str, Callable[[str], object]] = {
        "console": screen_address,
        "mail": mail_address,
        "eml": folder_address,
    }
    check = checks.get(kind_of(url))
    try:
        if check is not None:
            check(url)
    except AddressError as error:
        return str(error)
    return ""
