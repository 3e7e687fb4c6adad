"""`rules new`: a rule file from four answers, with a test to fill in."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

import click

from monitor.cli.output import note, say
from monitor.errors import Problem, UsageError
from monitor.model import SEVERITIES, EventKind, Severity
from monitor.resources import shipped
from monitor.rulebook import LoadedRules, load_rules, texts_in
from monitor.rules.draft import Draft, codes_for, id_for, known_already, party_of, pattern_of, text_of, title_for
from monitor.rules.load import load
from monitor.toml import closest

_T = TypeVar("_T")


@click.command("new")
@click.option("--event", help="What happens: a kind of event.")
@click.option("--source", help="Who does it: @watched, @state, an actor; - for nobody.")
@click.option("--target", help="To whom; - for nobody.")
@click.option("--act", help="The words that say it, parted by commas, or #lexicon.")
@click.option("--object", "object_", default="", help="What it is done with, in the same way.")
@click.option("--id", "rule_id", help="Its name; left out, made from the event and the first word.")
@click.option("--title", help="What an alert says, with {source} and {target}.")
@click.option("--severity", type=click.Choice(SEVERITIES), default="medium", show_default=True)
@click.option(
    "--file", type=click.Path(path_type=Path, dir_okay=False), help="Where; left out, ID.toml in DIR or here."
)
@click.option("--rules", "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DIR",
              help="Your rule files, laid over the shipped ones.")  # fmt: skip
def command(
    *,
    event: str | None,
    source: str | None,
    target: str | None,
    act: str | None,
    object_: str,
    rule_id: str | None,
    title: str | None,
    severity: str,
    file: Path | None,
    folder: Path | None,
) -> None:
    """Write a new rule with a test to fill in.

    Asks what happens, who does it, to whom, and by which words one knows it; what an option says is not asked.

    \b
    For example:
      relations-monitor rules new --event payment --source @watched --target @state --act "pay, wire" --object money
    """
    loaded = load_rules(folder)
    kind = _answer("What happens? A kind of event", event, "", lambda said: _event(said, loaded))
    actors = loaded.pack.actors
    who = _answer("Who does it? @watched, @state, an actor, - for nobody", source, "@watched",
                  lambda said: party_of(said, actors))  # fmt: skip
    whom = _answer("To whom? - for nobody", target, "@state", lambda said: party_of(said, actors))
    words = _answer("Which words say so, parted by commas? What it is done with behind a slash: send, ship / drone",
                    act, "", _words)  # fmt: skip
    verb, _, thing = words.partition(" / ")
    act_pattern, object_pattern = pattern_of(verb), pattern_of(object_ or thing)
    taken = [str(rule.id) for rule in loaded.pack.rules]
    draft = Draft(
        id=rule_id or id_for(kind, verb, taken),
        title=title or title_for(kind, who, whom),
        event=kind,
        severity=cast(Severity, severity),  # click.Choice lets no other through
        act=act_pattern,
        object=object_pattern,
        source=who,
        target=whom,
        codes=codes_for(who, whom, actors),
    )
    path = file or (folder or Path()) / f"{draft.id}.toml"
    _refuse_what_stands(draft.id, path, taken)
    has_schema = (path.parent / "schema" / "rules.json").exists()
    _write(path, ("#:schema ./schema/rules.json\n" if has_schema else "") + text_of(draft), folder)
    _tell_next(draft, path, folder, loaded)


def _answer(question: str, given: str | None, default: str, read: Callable[[str], _T]) -> _T:
    """What an option said, else what a person answers; asked again while it can't be read."""
    if given is not None:
        return read(given)

    def heard(said: str) -> _T:
        try:
            return read(said)
        except UsageError as error:
            raise click.UsageError(str(error)) from None

    try:
        answer: _T = click.prompt(question, default=default or None, value_proc=heard, err=True)
    except click.Abort:
        if sys.stdin.isatty():
            raise
        raise UsageError(f"nobody answers: {question}", remedy="say it by an option, see `rules new --help`") from None
    return answer


def _event(said: str, loaded: LoadedRules) -> EventKind:
    events = loaded.pack.events
    kind = events.get(said.strip()) or next(
        (one for one in events.values() if one.title.casefold() == said.casefold()), None
    )
    if kind is None:
        meant = closest(said, events)
        guess = f" (did you mean {meant}?)" if meant else ""
        raise UsageError(f"unknown event {said}{guess}", remedy=f"say one of {', '.join(events)}")
    return kind


def _words(said: str) -> str:
    if not any(map(str.isalnum, said.partition(" / ")[0])):
        raise UsageError("no word says so", remedy="give at least one: send, ship, #supply")
    return said


def _refuse_what_stands(rule_id: str, path: Path, taken: list[str]) -> None:
    if rule_id in taken:
        raise UsageError(
            f"there is a rule {rule_id} already, and yours would take its place", remedy="choose another --id"
        )
    if path.exists():
        raise UsageError(f"{path} is there already, and is not written over", remedy="choose another --file")


def _write(path: Path, text: str, folder: Path | None) -> None:
    """Write the file if it reads as a rule. Raises UsageError with its mistakes, or where nothing can be written."""
    problems = _problems(text, folder)
    if problems:
        told = "\n".join(problem.in_full() for problem in problems)
        raise UsageError(f"these answers make no rule:\n{told}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}", remedy="name another --file") from None


def _problems(text: str, folder: Path | None) -> list[Problem]:
    """What the rules' own reader says against the new file, beside all others."""
    name = "the new rule"
    below, _ = texts_in(shipped("rules"))
    above = dict(texts_in(folder)[0]) if folder is not None else {}
    _, problems = load(below, {**above, name: text})
    return [problem for problem in problems if problem.place.file == name]


def _tell_next(draft: Draft, path: Path, folder: Path | None, loaded: LoadedRules) -> None:
    for word, lexicons in known_already(draft.act, loaded.pack.lexicons.values()).items():
        named = " and ".join(f"#{one}" for one in lexicons[:3])
        note(f"{word} stands in {named} already; a lexicon brings its neighbours with it")
    where = folder or path.parent
    say(f"{path} is written. What to do next:")
    say("  1. Write a sentence that must hit into its first [[rule.test]], and one that must not into the second.")
    say(f"  2. relations-monitor rules check {where}")
    say(f"  3. Where that fails: relations-monitor rules explain {draft.id} --rules {where} --tests")
    say(f'The daemon reads your rules once config.toml says: [rules] dir = "{where.resolve()}"')
