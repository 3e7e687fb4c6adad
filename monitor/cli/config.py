"""`relations-monitor config`: check the configuration, show it, say which file it is."""

import click

from monitor.cli.output import say, say_object
from monitor.cli.shell import Shell, pass_shell
from monitor.errors import MonitorError


@click.group()
def command() -> None:
    """Check and show the configuration.

    \b
    For example:
      relations-monitor config check
    """


@command.command()
@pass_shell
def check(shell: Shell) -> None:
    """Read the configuration and tell everything that is wrong with it.

    Ends with 0 where nothing is, and with 78 otherwise.

    \b
    For example:
      relations-monitor config check
      relations-monitor config check --config /etc/relations-monitor/config.toml
    """
    config = shell.config()
    asked = sum(feed.is_enabled for feed in config.feeds)
    said = [
        f"{asked} of {len(config.feeds)} feeds asked" if asked < len(config.feeds) else _count(asked, "feed"),
        _count(len(config.channels), "channel"),
        _count(len(config.routes), "route"),
    ]
    say(f"{config.file or 'no configuration file, all defaults'}: ok ({', '.join(said)})")


@command.command()
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object instead.")
@pass_shell
def show(shell: Shell, *, as_object: bool) -> None:
    """Print the configuration in force, defaults included; secrets are shown as ***.

    \b
    For example:
      relations-monitor config show
    """
    from monitor.config.show import as_toml, shown

    sections = shown(shell.config())
    if as_object:
        say_object(sections)
    else:
        say(as_toml(sections).rstrip("\n"))


@command.command()
@pass_shell
def path(shell: Shell) -> None:
    """Print which configuration file counts here.

    Looked for in this order: --config, RELATIONS_MONITOR_CONFIG, ./config.toml,
    $XDG_CONFIG_HOME/relations-monitor/config.toml, /etc/relations-monitor/config.toml.
    Ends with 1 where there is none.

    \b
    For example:
      relations-monitor config path
    """
    found = shell.find()
    if found.path is None:
        raise MonitorError(found.because, remedy="copy config.example.toml to ./config.toml to begin")
    say(str(found.path))


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
