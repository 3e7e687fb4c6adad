"""`make bench-start`: what the first answer of a command costs beside Python itself and beside click alone.

Each is a fresh process; the figures are the least of its runs in milliseconds of wall time, taken in turns, so that
a busy moment strikes all alike. `beside_click` is the ratio of `--help` to an empty program that imports click.
"""

import argparse
import json
import subprocess
import sys
from time import perf_counter

RUNS = 15
COMMANDS = {
    "python": ("-c", "pass"),
    "click": ("-c", "import click"),
    "help": ("-m", "monitor", "--help"),
    "version": ("-m", "monitor", "--version"),
}


def took(arguments: tuple[str, ...]) -> float:
    """The milliseconds of one run of Python with those arguments."""
    begun = perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 -- our own words
    return (perf_counter() - begun) * 1000


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help="runs of each; the first compiles and is not counted")
    runs: int = parser.parse_args().runs
    least = dict.fromkeys(COMMANDS, float("inf"))
    for turn in range(runs + 1):
        for name, arguments in COMMANDS.items():
            least[name] = min(least[name], took(arguments)) if turn else least[name]
    figures = {f"{name}_ms": round(one, 1) for name, one in least.items()}
    print(json.dumps({**figures, "beside_click": round(least["help"] / least["click"], 2)}))


if __name__ == "__main__":
    main()
