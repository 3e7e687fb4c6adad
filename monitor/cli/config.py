"""`relations-monitor config`: check the configuration, show it, say which file it is and what may stand in it."""

import json
from typing import TYPE_CHECKING

import click

from monitor.cli.output import note, say, say_object
from monitor.cli.shell import Shell, pass_shell
from monitor.errors import ConfigError, MonitorError, Problem

if TYPE_CHECKING:  # at run time it is read late: `--help` needs none of it
    from monitor.config import Config


@click.group()
def command() -> None:
    """Check and show the configuration.

    \b
    For example:
      relations-monitor config check
    """


@command.command()
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object instead, with every problem.")
@pass_shell
def check(shell: Shell, *, as_object: bool) -> int:
    """Read the configuration and tell everything that is wrong with it.

    Ends with 0 where nothing is, and with 78 otherwise; the address of a channel that can't be used counts, though
    the daemon starts with it: the other channels work. A warning is told and changes nothing of that; one is that
    something else than the daemon listens where [web] wants to.

    \b
    For example:
      relations-monitor config check
      relations-monitor config check --config /etc/relations-monitor/config.toml
    """
    try:
        config = shell.config()
    except ConfigError as error:
        if not as_object:
            raise
        say_object({"is_well": False, "problems": [_problem(problem) for problem in error.problems]})
        return error.exit_code
    troubles = (*_without_driver(config), *config.troubles)
    asked = sum(feed.is_enabled for feed in config.feeds)
    warnings = (*config.warnings, *_taken(config))
    if as_object:
        counts = {"feeds": len(config.feeds), "asked": asked, "channels": len(config.channels)}
        files = [str(path) for _, path in shell.find().files]
        problems = [_problem(problem) for problem in troubles]
        fields = {"is_well": not problems, "problems": problems, "files": files, **counts}
        fields["warnings"] = [_problem(problem) for problem in warnings]
        say_object({**fields, "routes": len(config.routes)})
        return ConfigError.exit_code if problems else 0
    for warning in warnings:
        note(f"warning: {warning.in_full()}")
    if troubles:
        raise ConfigError(troubles)
    said = [
        f"{asked} of {len(config.feeds)} feeds asked" if asked < len(config.feeds) else _count(asked, "feed"),
        _count(len(config.channels), "channel"),
        _count(len(config.routes), "route"),
        *([f"links below {config.web.public_url}"] if config.web.is_on else []),
    ]
    say(f"{_files(config, len(shell.find().files) - 1)}: ok ({', '.join(said)})")
    return 0


def _taken(config: "Config") -> list[Problem]:
    """Where [web] wants to listen and can't."""
    from monitor.errors import Place
    from monitor.web.probe import listen_trouble

    web = config.web
    because = listen_trouble(*web.listen) if web.is_on else ""
    if not because:
        return []
    origin = config.origins.get(("web", "listen")) or config.origins.get(("web", "public_url"))
    place = origin.place() if origin is not None else Place(file=str(config.file))
    return [Problem(place=place, because=f"nothing can listen at {web.listens_at} now: {because}", lint="listen-taken",
                    expected="a host of this machine, and a port that is free and above 1023")]  # fmt: skip


def _without_driver(config: "Config") -> list[Problem]:
    """What is wrong where the library of the database is not installed: no command would get past it."""
    from monitor.errors import Place, StoreError
    from monitor.store.address import address_of
    from monitor.store.engine import require_driver

    try:
        require_driver(address_of(config.database.url.reveal()))
    except StoreError as error:
        origin = config.origins.get(("database", "url"))
        written = origin.place() if origin is not None else Place(file="database.url")
        place = Place(file=written.file, line=written.line, column=written.column)  # its text may hold the password
        return [Problem(place=place, because=error.because, expected=error.remedy)]
    return []


def _problem(problem: Problem) -> dict[str, object]:
    place = problem.place
    return {
        "file": place.file,
        "line": place.line or None,
        "column": place.column or None,
        "because": problem.because,
        "expected": problem.expected,
        "hint": problem.hint,
    }


def _files(config: "Config", overlays: int) -> str:
    if config.file is None:
        return "no configuration file, all defaults"
    more = f" and {_count(overlays, 'file')} of config.d" if overlays > 0 else ""
    return f"{config.file}{more}"


@command.command()
@click.option("--origin", "with_origin", is_flag=True,
              help="Say where each value comes from: file and line, variable, credential or default.")  # fmt: skip
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object instead.")
@pass_shell
def show(shell: Shell, *, with_origin: bool, as_object: bool) -> None:
    """Print the configuration in force, defaults included; secrets are shown as ***.

    \b
    For example:
      relations-monitor config show
      relations-monitor config show --origin
    """
    from monitor.config.show import as_toml, shown, with_origins

    config = shell.config()
    if as_object:
        say_object(with_origins(config) if with_origin else shown(config))
    else:
        say(as_toml(shown(config), config if with_origin else None).rstrip("\n"))


@command.command()
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object instead, with the files of config.d.")
@pass_shell
def path(shell: Shell, *, as_object: bool) -> None:
    """Print which configuration file counts here.

    Looked for in this order: --config, RELATIONS_MONITOR_CONFIG, ./config.toml,
    $XDG_CONFIG_HOME/relations-monitor/config.toml, /etc/relations-monitor/config.toml. The files of the folder
    config.d beside it are laid over it by name. Ends with 1 where there is none.

    \b
    For example:
      relations-monitor config path
    """
    found = shell.find()
    if found.path is None:
        raise MonitorError(found.because, remedy="copy config.example.toml to ./config.toml to begin")
    if as_object:
        overlays = [str(path) for _, path in found.files[1:]]
        say_object({"path": str(found.path), "because": found.because, "overlays": overlays})
    else:
        say(str(found.path))


@command.command()
def schema() -> None:
    """Print the JSON Schema of the configuration file.

    An editor for TOML completes and checks by it where the first line of a file names it:
    `#:schema ./config.schema.json`, a path from the file's own folder.

    \b
    For example:
      relations-monitor config schema > config.schema.json
    """
    from monitor.config.json_schema import json_schema

    say(json.dumps(json_schema(), indent=2, ensure_ascii=False))


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
