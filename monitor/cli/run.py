"""`run`: the daemon in the foreground, as systemd starts it."""

import click

from monitor.cli.shell import Shell, pass_shell


@click.command()
@pass_shell
def command(shell: Shell) -> None:
    """Watch the feeds and tell people, until stopped (SIGTERM or Ctrl-C).

    One daemon works on a SQLite database at a time. A stop finishes what is under way, or releases it to the
    next start; a kill loses nothing either.

    \b
    For example:
      relations-monitor run --config config.toml
    """
    from monitor.app import build
    from monitor.clock import SystemClock
    from monitor.daemon.run import Daemon

    with build(shell.config(), SystemClock(), is_daemon=True) as app:
        Daemon(app).serve()
