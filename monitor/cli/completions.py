"""Completion for bash, zsh and fish as scripts, made from the commands themselves: they ask nothing at run time."""

import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import click

from monitor.cli.main import COMMANDS, NAME, accept_everywhere, command

Shell = Literal["bash", "zsh", "fish"]
SHELLS: Final[tuple[Shell, ...]] = ("bash", "zsh", "fish")
FILES: Final[Mapping[Shell, str]] = {"bash": f"{NAME}.bash", "zsh": f"_{NAME}", "fish": f"{NAME}.fish"}
"""The name under which each shell looks for the script."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An option as a shell offers it. `values` are its choices; `is_path` takes a file, `takes` any word at all."""

    names: tuple[str, ...]
    help: str
    takes: bool
    values: tuple[str, ...] = ()
    is_path: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A place in the command line: the words that lead there, what may follow, and whether files may."""

    path: tuple[str, ...]
    options: tuple[Option, ...]
    words: tuple[tuple[str, str], ...]
    takes_path: bool


def words() -> list[Word]:
    """Every place of the command line, the program itself first."""
    top = Word(
        path=(),
        options=_options(command),
        words=tuple((name, line) for name, (_, line) in COMMANDS.items()),
        takes_path=False,
    )
    return [top, *(word for name, (module, _) in COMMANDS.items() for word in _places((name,), _command(module)))]


def _command(module: str) -> click.Command:
    found = importlib.import_module(module).command
    assert isinstance(found, click.Command)
    accept_everywhere(found)
    return found


def _places(path: tuple[str, ...], found: click.Command) -> Iterator[Word]:
    inner = found.commands if isinstance(found, click.Group) else {}
    yield Word(
        path=path,
        options=_options(found),
        words=(
            *((name, one.get_short_help_str(60)) for name, one in inner.items()),
            *((value, "") for one in found.params if isinstance(one, click.Argument) for value in _choices(one)),
        ),
        takes_path=any(isinstance(one, click.Argument) and _is_path(one) for one in found.params),
    )
    for name, one in inner.items():
        yield from _places((*path, name), one)


def _options(found: click.Command) -> tuple[Option, ...]:
    given = [_option(one) for one in found.params if isinstance(one, click.Option) and not one.hidden]
    return (*given, Option(names=("-h", "--help"), help="Show what it does and takes.", takes=False))


def _option(one: click.Option) -> Option:
    return Option(
        names=tuple(one.opts),
        help=(one.help or "").partition(";")[0].rstrip("."),
        takes=not one.is_flag,
        values=_choices(one),
        is_path=_is_path(one),
    )


def _choices(one: click.Parameter) -> tuple[str, ...]:
    return tuple(map(str, one.type.choices)) if isinstance(one.type, click.Choice) else ()


def _is_path(one: click.Parameter) -> bool:
    return isinstance(one.type, click.Path | click.File)


def script(shell: Shell) -> str:
    """The script for a shell."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](words())


# --- bash -------------------------------------------------------------------------------------------------------------

_BASH = """\
# bash completion for {name}; made by `{name} completion bash`
_{function}_words() {{
  mapfile -t -O "${{#COMPREPLY[@]}}" COMPREPLY < <(compgen -W "$1" -- "$current")
}}
_{function}_files() {{
  compopt -o filenames 2>/dev/null
  mapfile -t -O "${{#COMPREPLY[@]}}" COMPREPLY < <(compgen -f -- "$current")
}}
_{function}_value() {{
  case "$place $1" in
{values}
    *) return 1 ;;
  esac
}}
_{function}() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} place= word before=
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    if COMPREPLY=() && ! _{function}_value "$before"; then
      case "$place $word" in
{steps}
      esac
    fi
    before=$word
  done
  COMPREPLY=()
  _{function}_value "$before" && return
  case "$place" in
{offers}
  esac
}}
complete -F _{function} {name}
"""


def _bash(places: list[Word]) -> str:
    function = NAME.replace("-", "_")
    steps, values, offers = [], [], []
    for one in places:
        at = _at(one)
        for word, _ in _inner(one, places):
            steps.append(f"        {_quoted(f'{at} {word}')}) place={_quoted(f'{at}/{word}')} ;;")
        for option in one.options:
            if option.takes:
                names = "|".join(_quoted(f"{at} {name}") for name in option.names)
                offered = f"_{function}_words {_quoted(' '.join(option.values))}"
                values.append(f"    {names}) {f'_{function}_files' if option.is_path else offered} ;;")
        every = [*(word for word, _ in one.words), *(name for option in one.options for name in option.names)]
        files = f"; [[ $current == -* ]] || _{function}_files" if one.takes_path else ""
        offers.append(f"    {_quoted(at)}) _{function}_words {_quoted(' '.join(every))}{files} ;;")
    return _BASH.format(
        name=NAME, function=function, steps="\n".join(steps), values="\n".join(values), offers="\n".join(offers)
    )


def _at(one: Word) -> str:
    return "".join(f"/{word}" for word in one.path)


def _inner(one: Word, places: list[Word]) -> list[tuple[str, str]]:
    """The words at a place that lead to another."""
    known = {place.path for place in places}
    return [(word, told) for word, told in one.words if (*one.path, word) in known]


def _quoted(text: str) -> str:
    """A text that stands for itself in all three shells."""
    return "'" + text.replace("'", "'\\''") + "'"


# --- zsh --------------------------------------------------------------------------------------------------------------


def _zsh(places: list[Word]) -> str:
    functions = "\n".join(_zsh_function(one, places) for one in reversed(places))
    name = _zsh_name(places[0])
    return f'#compdef {NAME}\n# zsh completion for {NAME}; made by `{NAME} completion zsh`\n{functions}\n{name} "$@"\n'


def _zsh_name(one: Word) -> str:
    return "_" + "_".join((NAME, *one.path)).replace("-", "_")


def _zsh_function(one: Word, places: list[Word]) -> str:
    specs = [_zsh_option(option) for option in one.options]
    inner = _inner(one, places)
    rest = []
    if inner:
        told = " ".join(_quoted(f"{word}:{_zsh_text(line)}") for word, line in inner)
        specs += ["'1: :->command'", "'*:: :->rest'"]
        cases = "\n".join(
            f"      {word}) {_zsh_name(Word(path=(*one.path, word), options=(), words=(), takes_path=False))} ;;"
            for word, _ in inner
        )
        rest = [
            "  case $state in",
            f"    command) local -a commands=({told}); _describe command commands ;;",
            "    rest) case $words[1] in",
            cases,
            "    esac ;;",
            "  esac",
        ]
    elif one.words:
        specs.append(_quoted(f"1: :({' '.join(word for word, _ in one.words)})"))
    if one.takes_path:
        specs.append("'*:file:_files'")
    lines = " \\\n    ".join(specs)
    return "\n".join(
        [f"{_zsh_name(one)}() {{", "  local state line", f"  _arguments -C \\\n    {lines}", *rest, "}"]
    )  # fmt: skip


def _zsh_option(option: Option) -> str:
    told = f"[{_zsh_text(option.help)}]"
    value = ""
    if option.takes:
        value = ":value:" + ("_files" if option.is_path else f"({' '.join(option.values)})" if option.values else "")
    if len(option.names) == 1:
        return _quoted(f"{option.names[0]}{told}{value}")
    return f"{_quoted('(' + ' '.join(option.names) + ')')}{{{','.join(option.names)}}}{_quoted(told + value)}"


def _zsh_text(text: str) -> str:
    for sign in "\\[]:":
        text = text.replace(sign, f"\\{sign}")
    return text


# --- fish -------------------------------------------------------------------------------------------------------------


def _fish(places: list[Word]) -> str:
    lines = [f"# fish completion for {NAME}; made by `{NAME} completion fish`", f"complete -c {NAME} -f"]
    for one in places:
        here = _quoted(_fish_condition(one, places))
        for word, line in one.words:
            told = f" -d {_fish_text(line)}" if line else ""
            lines.append(f"complete -c {NAME} -n {here} -a {_fish_text(word)}{told}")
        for option in one.options:
            names = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)
            value = f" -x -a {_fish_text(' '.join(option.values))}" if option.values else " -r" if option.takes else ""
            files = " -F" if option.is_path else ""
            lines.append(f"complete -c {NAME} -n {here} {names}{value}{files} -d {_fish_text(option.help)}")
        if one.takes_path:
            lines.append(f"complete -c {NAME} -n {here} -F")
    return "\n".join(lines) + "\n"


def _fish_condition(one: Word, places: list[Word]) -> str:
    seen = [f"__fish_seen_subcommand_from {word}" for word in one.path]
    inner = " ".join(word for word, _ in _inner(one, places))
    not_yet = [f"not __fish_seen_subcommand_from {inner}"] if inner else []
    return "; and ".join([*seen, *not_yet])


def _fish_text(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
