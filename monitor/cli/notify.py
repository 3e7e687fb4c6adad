"""`notify`: messages of the monitor itself, to its channels, at once."""

import click

from monitor.cli.notify_down import command as down


@click.group()
def command() -> None:
    """Send messages of the monitor itself, past the database.

    \b
    For example:
      relations-monitor notify down --unit relations-monitor.service
    """


command.add_command(down, "down")
