"""`rules explain`: why a rule hits an article, or what keeps it from it."""

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from monitor.cli.articles import FORMS, Articles, Form, article_of_text, form_of
from monitor.cli.explained import as_object, told
from monitor.cli.output import note, plain, say, say_object, style
from monitor.cli.scan import as_json
from monitor.cli.shell import Shell, pass_shell
from monitor.errors import InputError, UsageError
from monitor.model import Article
from monitor.rulebook import LoadedRules
from monitor.rules.explain import explain
from monitor.rules.files import Rule
from monitor.rules.selftest import article_of_test, test_failures
from monitor.text.tokens import read
from monitor.toml import closest


@click.command("explain")
@click.argument("rule_id", metavar="ID")
@click.argument("file", required=False, metavar="[FILE]", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--text", help="The text of an article, in place of FILE.")
@click.option("--title", help="The title of an article, in place of FILE.")
@click.option("--lang", default="", help="The code of its language; left out, by its letters.")
@click.option("--published", default="", metavar="DATE", help="Its day or moment; left out, a fixed date.")
@click.option("--rules", "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DIR",
              help="Rule files to lay over the shipped ones; left out, those of the configuration.")  # fmt: skip
@click.option("--in", "form", type=click.Choice(FORMS),
              help="What FILE holds; left out, by its ending or first sign.")  # fmt: skip
@click.option("--tests", "of_tests", is_flag=True, help="The rule's own tests that fail, in place of FILE.")
@click.option("--json", "is_json", is_flag=True, help="One JSON object an article.")
@pass_shell
def command(
    shell: Shell,
    *,
    rule_id: str,
    file: Path | None,
    text: str | None,
    title: str | None,
    lang: str,
    published: str,
    folder: Path | None,
    form: Form | None,
    of_tests: bool,
    is_json: bool,
) -> None:
    """Show why the rule ID hits an article, or what kept it from it.

    For a hit: which operator found which words, who is source and target and why, and the reason of the status.
    For a miss the sentence that came nearest: which operator found nothing, by how many words a distance failed,
    which exclusion stopped it, why a role was refused. FILE is what `scan` reads, or plain text; - is standard input.

    \b
    For example:
      relations-monitor rules explain troop-transfer --text "North Korea sent 3,000 soldiers to Russia."
      relations-monitor rules explain troop-transfer --tests
      echo "Iran sends troops" | relations-monitor rules explain troop-transfer - --in text
    """
    loaded, _ = shell.rules(folder)
    rule = _rule(loaded, rule_id)
    if of_tests:
        articles = _failing(loaded, rule, is_alone=file is None and text is None and title is None)
    elif text is not None or title is not None:
        articles = _written(file, title or "", text or "", lang=lang, published=published)
    else:
        articles = _filed(file, form)
    for number, article in enumerate(articles):
        reading = read(article, loaded.ruleset.languages)
        explanation = explain(loaded.ruleset, loaded.pack.lexicons, reading, rule)
        if is_json:
            say_object(as_object(explanation, [as_json(one.hit) for one in explanation.hits]))
            continue
        if number:
            say()
        if file is not None or of_tests:
            named = " ".join(filter(None, (str(article.id), article.title)))
            say(style(plain(named), "dim"))
        say(told(explanation, sys.stdout))
    if isinstance(articles, Articles) and not articles.is_clean:
        sys.exit(1)


def _rule(loaded: LoadedRules, rule_id: str) -> Rule:
    """The rule of that id. Raises UsageError with what was probably meant, or with the mistake that left it out."""
    for rule in loaded.pack.rules:
        if rule.id == rule_id:
            return rule
    for problem in loaded.problems:
        if problem.owner == f"rule {rule_id}":
            raise UsageError(f"rule {rule_id} is left out for its mistake:\n{problem.in_full()}")
    meant = closest(rule_id, [rule.id for rule in loaded.pack.rules])
    guess = f" (did you mean {meant}?)" if meant else ""
    raise UsageError(f"there is no rule {rule_id}{guess}", remedy="`relations-monitor rules list` names them all")


def _failing(loaded: LoadedRules, rule: Rule, *, is_alone: bool) -> Iterable[Article]:
    """The articles of the rule's tests that fail. Raises UsageError for another article beside them."""
    if not is_alone:
        raise UsageError("both an article and --tests are given", remedy="leave one of them out")
    ruleset = loaded.ruleset
    failing = {failure.place for failure in test_failures(replace(loaded.pack, rules=(rule,)), ruleset)}
    if not failing:
        note(f"every test of {rule.id} is right")
    return [article_of_test(rule, number, test) for number, test in enumerate(rule.tests, 1) if test.place in failing]


def _filed(file: Path | None, form: Form | None) -> Iterable[Article]:
    if file is None:
        raise UsageError("there is nothing to explain", remedy="give FILE, --text and --title, or --tests")
    return Articles([file], form or form_of(file), note)


def _written(file: Path | None, title: str, text: str, *, lang: str, published: str) -> Iterable[Article]:
    """The article of the command line. Raises UsageError for none, or for a file beside it."""
    if file is not None:
        raise UsageError("both FILE and a text are given", remedy="leave one of them out")
    if not title.strip() and not text.strip():
        raise UsageError("neither title nor text holds a word")
    try:
        return [article_of_text(title, text, id_="text", lang=lang, published=published)]
    except InputError as error:
        raise UsageError(str(error).replace("published", "--published", 1)) from None
