"""`rules`: check the rule files, list the rules, show the forms of a word; `rules_*.py` hold the longer commands."""

import sys
from pathlib import Path

import click

from monitor.cli import rules_coverage, rules_docs, rules_explain, rules_new, rules_precision
from monitor.cli.output import note, plain, say, say_object, say_objects, say_table, style
from monitor.cli.shell import Shell, pass_shell
from monitor.clock import SystemClock
from monitor.errors import Problem
from monitor.rulebook import LoadedRules, load_rules
from monitor.rules.files import Rule
from monitor.rules.lint import lint
from monitor.rules.selftest import TestFailure, test_failures
from monitor.text.inflect import forms_of

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.group()
def command() -> None:
    """Check, explain, list and write rules."""


for _inner in (
    rules_explain.command, rules_coverage.command, rules_precision.command, rules_new.command, rules_docs.docs,
    rules_docs.schema,
):  # fmt: skip
    command.add_command(_inner)


@command.command()
@click.argument("folder", required=False, type=_FOLDER, metavar="[PATH]")
@click.option("--json", "is_json", is_flag=True, help="One JSON object.")
@pass_shell
def check(shell: Shell, folder: Path | None, is_json: bool) -> None:
    """Read every rule file and run every test inside the rules.

    The shipped rules, with the folder PATH laid over them, or the one that the configuration names. The exit
    status is 1 where anything is wrong.

    \b
    For example:
      relations-monitor rules check
      relations-monitor rules check ~/my-rules
    """
    loaded, folder = shell.rules(folder)
    failures = test_failures(loaded.pack, loaded.ruleset)
    warnings = lint(loaded.pack, SystemClock().now().date())
    if is_json:
        say_object(_as_object(loaded, failures, warnings))
    else:
        _show(loaded, failures, warnings, folder)
    if failures or loaded.problems:
        sys.exit(1)


def _show(
    loaded: LoadedRules, failures: tuple[TestFailure, ...], warnings: tuple[Problem, ...], folder: Path | None
) -> None:
    for problem in loaded.problems:
        _tell(problem, "error", "red")
    for warning in warnings:
        _tell(warning, "warning", "yellow")
    if failures:
        say_table(("failed test", "rule", "why", "expected", "found", "text"), [_row(one) for one in failures])
        where = f" --rules {folder}" if folder is not None else ""
        say(f"why: relations-monitor rules explain {failures[0].rule} --tests{where}")
        say()
    if left_out := _left_out(loaded):
        say(f"{style('left out', 'red')}: {', '.join(left_out)}")
    say(_summary(loaded, failures, warnings))


def _tell(problem: Problem, kind: str, colour: str) -> None:
    say(f"{style(kind, colour)}: {plain(problem.in_full())}")
    say()


def _row(failure: TestFailure) -> tuple[object, ...]:
    text = failure.text if len(failure.text) <= 90 else failure.text[:87].rstrip() + "..."
    told = ("\n".join(failure.expected), "\n".join(failure.found))
    return (failure.place, failure.rule, failure.because, *told, text)


def _left_out(loaded: LoadedRules) -> list[str]:
    """What doesn't count because of an error, by name, each once."""
    return list(dict.fromkeys(problem.owner for problem in loaded.problems if problem.owner))


def _summary(loaded: LoadedRules, failures: tuple[TestFailure, ...], warnings: tuple[Problem, ...]) -> str:
    rules = loaded.pack.rules
    told = [
        _count(len(rules), "rule"),
        _count(sum(len(rule.tests) for rule in rules), "test"),
        f"{len(failures)} failed",
        _count(len(warnings), "warning"),
    ]
    if loaded.problems:
        told.append(_count(len(loaded.problems), "error"))
    return ", ".join(told)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _as_object(
    loaded: LoadedRules, failures: tuple[TestFailure, ...], warnings: tuple[Problem, ...]
) -> dict[str, object]:
    return {
        "rules": len(loaded.pack.rules),
        "tests": sum(len(rule.tests) for rule in loaded.pack.rules),
        "digest": loaded.pack.digest,
        "errors": [_problem_object(problem) for problem in loaded.problems],
        "left_out": _left_out(loaded),
        "warnings": [_problem_object(problem) for problem in warnings],
        "failures": [
            {
                "rule": failure.rule,
                "file": failure.place.file,
                "line": failure.place.line,
                "because": failure.because,
                "expected": list(failure.expected),
                "found": list(failure.found),
                "text": failure.text,
            }
            for failure in failures
        ],
    }


def _problem_object(problem: Problem) -> dict[str, object]:
    return {
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "because": problem.because,
        "expected": problem.expected,
        "hint": problem.hint,
        "owner": problem.owner,
        "lint": problem.lint,
    }


@command.command("list")
@click.argument("folder", required=False, type=_FOLDER, metavar="[PATH]")
@click.option("--json", "is_json", is_flag=True, help="One JSON object a rule.")
@pass_shell
def list_(shell: Shell, folder: Path | None, is_json: bool) -> None:
    """List the rules in force: the shipped ones, with the folder PATH or the configured one laid over them.

    \b
    For example:
      relations-monitor rules list
    """
    loaded, _ = shell.rules(folder)
    if is_json:
        say_objects(_rule_object(rule) for rule in loaded.pack.rules)
    else:
        rows = [(rule.id, rule.severity, rule.event.id, len(rule.tests), rule.title) for rule in loaded.pack.rules]
        say_table(("rule", "severity", "event", "tests", "title"), rows)
    if left_out := _left_out(loaded):
        note(f"left out: {', '.join(left_out)}; see `relations-monitor rules check`")
        sys.exit(1)


def _rule_object(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "title": rule.title,
        "event": rule.event.id,
        "severity": rule.severity,
        "tags": list(rule.tags),
        "tests": len(rule.tests),
        "digest": rule.digest,
        "file": rule.place.file,
        "line": rule.place.line,
    }


@command.command()
@click.argument("words", nargs=-1, required=True, metavar="WORD...")
@click.option("--lang", default="en", show_default=True, help="The code of the language.")
def forms(words: tuple[str, ...], lang: str) -> None:
    """Show the forms for which a word or phrase stands in a rule.

    \b
    For example:
      relations-monitor rules forms send "special envoy"
    """
    languages = load_rules().ruleset.languages
    if lang not in languages.by_code:
        known = ", ".join(sorted(languages.by_code))
        note(f"no forms are known for {lang}, where every word stands for itself; they are for {known}")
    language = languages.of(lang)
    for word in words:
        found, is_guessed = forms_of(word, language)
        say(", ".join(found) + ("  (guessed)" if is_guessed else ""))
