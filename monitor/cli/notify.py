"""`notify`: messages of the monitor itself, to its channels, at once."""

import click

from monitor.cli.notify_down import command as down
from monitor.cli.notify_test import command as test


@click.group()
def command() -> None:
    """Send messages of the monitor itself, past the database.

    \b
    For example:
      relations-monitor notify test desk
      relations-monitor notify down --unit relations-monitor.service
    """


command.add_command(down, "down")
command.add_command(test, "test")
