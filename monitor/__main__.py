"""`python -m monitor` and the command `relations-monitor`."""

import signal
import sys


def main() -> int:
    """Run the command line; the exit code for the shell.

    What may be the daemon lets signals wait until it can read them, so that a stop or a reload that comes while it is
    still being loaded is neither lost nor its death. `monitor.daemon.signals` takes them up, every other command does
    without at once.
    """
    if "run" in sys.argv[1:]:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGHUP})
    from monitor.cli.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
