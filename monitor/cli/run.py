"""`run`: the daemon in the foreground, as systemd starts it."""

import contextlib
import faulthandler
import logging
import os
import signal
import sys
import threading

import click

from monitor.cli.output import NO_FEEDS, note
from monitor.cli.shell import Shell, pass_shell


@click.command()
@pass_shell
def command(shell: Shell) -> None:
    """Watch the feeds and tell people, until stopped (SIGTERM or Ctrl-C).

    One daemon works on a SQLite database at a time; on PostgreSQL several share the work. A stop finishes what
    is under way, or releases it to the next start; a kill loses nothing either.

    \b
    For example:
      relations-monitor run --config config.toml
    """
    from monitor.daemon.signals import Signals

    faulthandler.enable()  # so that the watchdog's SIGABRT leaves in the log where every thread stood
    with Signals(signal.SIGTERM, signal.SIGHUP) as signals:
        from monitor.app import build
        from monitor.clock import SystemClock
        from monitor.daemon.run import Daemon

        with build(shell.config(), SystemClock(), is_daemon=True) as app:
            if not app.feeds:
                note(NO_FEEDS)
            Daemon(app, signals=signals, reread=shell.config).serve()
        _leave()


def _leave() -> None:
    """End the process now if a thread of a library still waits for a server that hangs.

    All is stored, released and closed by then; Python would wait for that thread, and systemd would kill us.
    """
    if any(thread is not threading.main_thread() and not thread.daemon for thread in threading.enumerate()):
        logging.shutdown()
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        os._exit(0)
