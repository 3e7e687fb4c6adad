"""`python -m monitor` and the command `relations-monitor`."""

import sys


def main() -> int:
    """Run the command line; the exit code for the shell."""
    from monitor.cli.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
