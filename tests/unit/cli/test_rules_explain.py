"""`rules explain` answers for texts and files, guesses at a rule's name, and shows colour on a terminal alone."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from monitor.cli.explained import told
from monitor.cli.main import command
from monitor.errors import UsageError
from monitor.rules.compile import compile_pack
from monitor.rules.explain import explain
from monitor.rules.load import load
from monitor.text.tokens import read
from tests.builders import an_article
from tests.unit.rules.packs import RIGHT

HIT = "Iran sent 300 soldiers to Syria."


def ran(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(command, ["rules", "explain", *arguments], input=given)


class Terminal:
    """A stream that shows colour."""

    def isatty(self) -> bool:
        return True


def test_a_hit_of_a_text_is_told_with_its_operators() -> None:
    result = ran("troop-transfer", "--text", HIT)

    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["act", "#send-troops", '"sent"'] in lines
    assert ["target", "@state", '"Syria"', "SYR,", "to-phrase"] in lines
    assert "\x1b" not in result.stdout


def test_a_miss_is_no_failure_of_the_command() -> None:
    result = ran("troop-transfer", "--text", "Iran sent loggers to Syria.")

    assert result.exit_code == 0
    assert "troop-transfer: no hit" in result.stdout
    assert "missed: #troops found nothing in the whole article" in result.stdout


def test_json_names_hits_by_the_contract_of_scan_and_what_made_them() -> None:
    result = ran("troop-transfer", "--text", HIT, "--json")

    told = json.loads(result.stdout)
    (hit,) = told["hits"]
    assert (hit["source"], hit["target"], hit["status"]) == ("IRN", "SYR", "asserted")
    (cause,) = hit["because"]
    assert {one["role"]: one["because"] for one in cause["operators"]} == {
        "act": "", "object": "", "source": "IRN, subject", "target": "SYR, to-phrase",
    }  # fmt: skip
    assert cause["status_because"] == "reported as fact"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("one.txt", f"{HIT}\nMore is not known."),
        ("without-ending", f"{HIT}\nMore is not known."),
        ("one.jsonl", json.dumps({"id": "1", "text": HIT})),
        ("braces", json.dumps({"id": "1", "text": HIT})),
        ("page.html", f"<html><head><title>News</title></head><body><p>{HIT}</p></body></html>"),
    ],
)
def test_a_file_is_read_as_what_it_is(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")

    result = ran("troop-transfer", str(tmp_path / name))

    assert result.exit_code == 0
    assert "troop-transfer: 1 hit" in result.stdout


def test_standard_input_is_json_lines_unless_said_otherwise() -> None:
    lines = ran("troop-transfer", "-", given=json.dumps({"title": HIT}))
    text = ran("troop-transfer", "-", "--in", "text", given=HIT)

    assert "1 hit" in lines.stdout
    assert "1 hit" in text.stdout


def test_a_line_that_is_no_article_is_named_and_the_others_are_explained() -> None:
    result = ran("troop-transfer", "-", given=f"nothing\n{json.dumps({'title': HIT})}\n")

    assert result.exit_code == 1
    assert "standard input:1: not JSON" in result.stderr
    assert "1 hit" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("troop-transfr", "--text", HIT), "there is no rule troop-transfr (did you mean troop-transfer?)"),
        (("troop-transfer",), "there is nothing to explain; give FILE, --text and --title, or --tests"),
        (("troop-transfer", "-", "--text", HIT), "both FILE and a text are given"),
        (("troop-transfer", "--text", " "), "neither title nor text holds a word"),
        (("troop-transfer", "--text", HIT, "--published", "soon"), "--published 'soon' is no date"),
    ],
)
def test_what_cannot_be_asked_is_told_with_a_remedy(arguments: tuple[str, ...], message: str) -> None:
    result = ran(*arguments)

    assert isinstance(result.exception, UsageError)
    assert message in str(result.exception)


def test_a_rule_that_is_left_out_is_told_with_its_mistake(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[[rule]]\nid = "mine"\ntitle = "m"\nevent = "payment"\nmatch = ["pay"]\n')

    result = ran("mine", "--text", HIT, "--rules", str(tmp_path))

    assert isinstance(result.exception, UsageError)
    assert "rule mine is left out for its mistake:" in str(result.exception)
    assert "severity is missing" in str(result.exception)


def test_the_words_of_each_role_have_its_colour_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    pack, _ = load(RIGHT)
    ruleset = compile_pack(pack)
    reading = read(an_article(title="", text="Iran sends troops to Russia."), ruleset.languages)
    explanation = explain(ruleset, pack.lexicons, reading, pack.rules[0])

    shown = told(explanation, Terminal())  # type: ignore[arg-type]  # all that is asked of a stream is isatty

    assert "\x1b[36mIran\x1b[0m \x1b[33msends\x1b[0m \x1b[35mtroops\x1b[0m to \x1b[32mRussia\x1b[0m." in shown


def test_signs_that_steer_a_terminal_are_kept_off_it() -> None:
    result = ran("troop-transfer", "--text", "Iran sent \x1b[2J300 soldiers\u202e to Syria.")

    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout


def test_the_tests_of_a_rule_that_fail_are_explained(tmp_path: Path) -> None:
    body = (
        '[[rule]]\nid = "mine"\ntitle = "m"\nevent = "payment"\nseverity = "low"\nmatch = ["act:pay source:@iran"]\n'
        '[[rule.test]]\ntext = "Iran pays."\nexpect = { source = "IRN" }\n'
        '[[rule.test]]\ntext = "Iran sings."\nexpect = { source = "IRN" }\n'
    )
    (tmp_path / "mine.toml").write_text(body, encoding="utf-8")

    failing = ran("mine", "--tests", "--rules", str(tmp_path))
    right = ran("troop-transfer", "--tests")

    assert failing.stdout.startswith("test 2 of mine\nmine: no hit\n")
    assert "test 1" not in failing.stdout
    assert (right.stdout, right.stderr) == ("", "every test of troop-transfer is right\n")
