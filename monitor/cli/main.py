"""The command `relations-monitor`: its table of commands, its exit codes, its errors.

A command lives in `monitor/cli/NAME.py` as `command` and is imported when it is called, so that `--help` and
`--version` answer at once. It returns nothing or an exit code, and raises `MonitorError` for a person to read.
"""

import importlib
import os
import signal
import sys
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import click

from monitor import __version__
from monitor.cli.shell import Shell
from monitor.errors import ConfigError, MonitorError

COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "run": ("monitor.cli.run", "Watch the feeds and tell people, until stopped."),
    "once": ("monitor.cli.once", "Poll every feed that is due, tell people, and end."),
    "demo": ("monitor.cli.demo", "See it work on sample feeds: no network, nothing kept."),
    "status": ("monitor.cli.status", "Show feeds, rules, channels and what waits."),
    "alerts": ("monitor.cli.alerts", "List alerts, tell all of one, send one once more."),
    "feedback": ("monitor.cli.feedback", "Say whether an alert was right, and make a test of it."),
    "stories": ("monitor.cli.stories", "List stories, show one, correct how they are grouped."),
    "silences": ("monitor.cli.silences", "Hold alerts for a while, and see what is held by whom."),
    "routes": ("monitor.cli.routes", "Try where an alert would go, when and why."),
    "hits": ("monitor.cli.hits", "List and export what the rules found."),
    "audit": ("monitor.cli.audit", "Tell what happened, and prove that the ledger is whole."),
    "scan": ("monitor.cli.scan", "Match articles from a file and print the hits."),
    "rules": ("monitor.cli.rules", "List, check, explain and write rules."),
    "completion": ("monitor.cli.completion", "Let bash, zsh or fish complete these commands."),
    "feeds": ("monitor.cli.feeds", "List the feeds, add, test, pause, import, export."),
    "db": ("monitor.cli.db", "Tell the schema of the database, upgrade, copy, prune it."),
    "channels": ("monitor.cli.channels", "List the channels and how they fare."),
    "notify": ("monitor.cli.notify", "Send a message of the monitor itself."),
    "health": ("monitor.cli.health", "Say in one word and one object whether it works, for machines."),
    "config": ("monitor.cli.config", "Check and show the configuration."),
}
"""Name of a command: its module, and its line in the help."""

NAME: Final = "relations-monitor"
INTERRUPTED: Final = 130


class Commands(click.Group):
    """The commands of `COMMANDS`, each imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (click's signature)
        """The command of that name, which takes `--config` and `--color` after its name as well."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name != "run":
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM, signal.SIGHUP})  # see `__main__`
        command = importlib.import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        accept_everywhere(command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names. Raises click's UsageError with a guess at what was meant."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from monitor.toml import closest

            near = closest(args[0], COMMANDS)
            guess = f" (did you mean {near}?)" if near else ""
            ctx.fail(f"there is no command {args[0]}{guess}; expected one of {', '.join(COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 (click's signature)
        formatter: click.HelpFormatter,
    ) -> None:
        """Write the commands with their lines, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


def _keep_config(ctx: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
    if value is not None:
        ctx.obj = Shell(config_file=value)


def _config_option() -> click.Option:
    return click.Option(
        ["--config"],
        type=click.Path(path_type=Path),
        metavar="FILE",
        expose_value=False,
        callback=_keep_config,
        help="The configuration file; see `config path` for where it is looked for otherwise.",
    )


def _keep_colour(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        from monitor.cli.output import want_colour

        want_colour({"always": True, "never": False}.get(value))


def _colour_option() -> click.Option:
    return click.Option(
        ["--color"],
        type=click.Choice(["auto", "always", "never"]),
        expose_value=False,
        callback=_keep_colour,
        is_eager=True,
        help="Whether to colour; auto, which holds without it, does on a terminal where NO_COLOR is not set.",
    )


def accept_everywhere(command: click.Command) -> None:
    """Let a command and those inside it take the options of the program after their names as well."""
    for option in (_config_option(), _colour_option()):
        if not any(option.opts[0] in parameter.opts for parameter in command.params):
            command.params.append(option)
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            accept_everywhere(inner)


@click.command(
    cls=Commands, params=[_config_option(), _colour_option()], context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name=NAME, message="%(prog)s %(version)s")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Watch news feeds for sanctions and relations events between states, and tell people once.

    \b
    To begin:
      relations-monitor demo
      relations-monitor --config config.toml run
    """
    ctx.ensure_object(Shell)


def run(arguments: Sequence[str]) -> int:
    """Run the command line and give the exit code.

    0 ok, 1 failed, 2 usage, 78 configuration, 130 Ctrl-C. Errors go to standard error and have no traceback,
    save those that are mistakes of ours.
    """
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a Latin-1 terminal must not end the work on a Hangul title
    from monitor.cli.output import colour_asked_for

    try:
        with colour_asked_for():
            code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _silence_stdout()
        return 1
    return code


def _run(arguments: Sequence[str]) -> int:
    try:
        result = command.main(list(arguments), prog_name=NAME, standalone_mode=False)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except click.ClickException as error:
        return _tell_usage(error)
    except ConfigError as error:
        return _fail_each([problem.in_full() for problem in error.problems], error.exit_code)
    except MonitorError as error:
        return _fail(str(error), error.exit_code)
    except BrokenPipeError:
        raise
    except Exception as error:
        return _tell_mistake_of_ours(error)
    return result if isinstance(result, int) else 0


def _tell_usage(error: click.ClickException) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return error.exit_code
    message = error.format_message()
    context = error.ctx if isinstance(error, click.UsageError) else None
    hint = f"try {context.command_path} --help" if context is not None else ""
    return _fail(message[:1].lower() + message[1:].rstrip("."), error.exit_code, hint=hint)


def _tell_mistake_of_ours(error: Exception) -> int:
    from monitor.log import redact

    click.echo(redact("".join(traceback.format_exception(error))), err=True, nl=False)
    return _fail(f"{type(error).__name__} that nobody foresaw: a mistake of ours, please report it with the above", 1)


def _fail(message: str, code: int, *, hint: str = "") -> int:
    return _fail_each([message], code, hint=hint)


def _fail_each(messages: Sequence[str], code: int, *, hint: str = "") -> int:
    from monitor.cli.output import note, style

    for message in messages:
        note(f"{style('error:', 'red', sys.stderr)} {message}")
    if hint:
        note(hint)
    return code


def _open_closed_streams() -> None:
    """Let what goes to a closed stream go nowhere; else the database might be opened as standard error."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, os.O_RDWR)  # the lowest free one: that of the closed stream
            setattr(sys, name, os.fdopen(descriptor, "r" if name == "stdin" else "w"))


def _silence_stdout() -> None:
    """Let the interpreter's last flush go nowhere: whoever read our output has left."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
