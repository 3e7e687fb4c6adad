"""`completion`: what a shell needs to complete our commands."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli.output import say

if TYPE_CHECKING:
    from monitor.cli.completions import Shell

_SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(_SHELLS), metavar="SHELL", required=False)
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="Write the scripts of all three into this folder.")  # fmt: skip
def command(*, shell: "Shell | None", into: Path | None) -> None:
    """Print the script that lets SHELL (bash, zsh or fish) complete our commands.

    \b
    For example:
      relations-monitor completion bash > ~/.local/share/bash-completion/completions/relations-monitor
      relations-monitor completion zsh > ~/.zfunc/_relations-monitor
      relations-monitor completion fish > ~/.config/fish/completions/relations-monitor.fish
    """
    from monitor.cli import completions
    from monitor.errors import UsageError

    if into is not None:
        into.mkdir(parents=True, exist_ok=True)
        for one in completions.SHELLS:
            (into / completions.FILES[one]).write_text(completions.script(one), encoding="utf-8")
    elif shell is None:
        raise UsageError("no shell is named", remedy=f"name one of {', '.join(_SHELLS)}")
    else:
        say(completions.script(shell).rstrip("\n"))
