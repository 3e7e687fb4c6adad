"""`rules check` ends with 1 and a summary where anything is wrong; `list` and `forms` answer."""

import json
from pathlib import Path

from click.testing import CliRunner

from monitor.cli.rules import command


def test_check_names_a_mistake_with_a_caret_and_ends_with_1(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        '[[rule]]\nid = "mine"\ntitle = "mine"\nevent = "payment"\nseverity = "hihg"\nmatch = ["pay"]\n',
        encoding="utf-8",
    )

    result = CliRunner().invoke(command, ["check", str(tmp_path)])

    assert result.exit_code == 1
    assert "mine.toml:5:12: unknown severity hihg (did you mean high?)" in result.output
    assert '  severity = "hihg"\n             ^' in result.output
    assert "left out: rule mine" in result.output
    assert "1 error" in result.output.splitlines()[-1]


def test_check_shows_a_failed_test_and_why(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        '[[rule]]\nid = "mine"\ntitle = "mine"\nevent = "payment"\nseverity = "high"\nmatch = ["pay"]\n'
        '[[rule.test]]\ntext = "Nothing here."\nexpect = { source = "PRK" }\n',
        encoding="utf-8",
    )

    result = CliRunner().invoke(command, ["check", "--json", str(tmp_path)])

    assert result.exit_code == 1
    told = json.loads(result.output)
    failure = next(one for one in told["failures"] if one["rule"] == "mine")
    assert (failure["line"], failure["because"]) == (7, "not found: PRK -> nobody asserted")
    assert told["errors"] == []


def test_list_names_every_rule_with_its_digest() -> None:
    result = CliRunner().invoke(command, ["list", "--json"])

    assert result.exit_code == 0
    rules = [json.loads(line) for line in result.output.splitlines()]
    assert {"troop-transfer", "arms-supply"} <= {rule["id"] for rule in rules}
    assert all(len(rule["digest"]) == 64 for rule in rules)


def test_forms_prints_the_forms_of_each_word() -> None:
    result = CliRunner().invoke(command, ["forms", "send", "special envoy"])

    assert result.output == "send, sends, sent, sending\nspecial envoy, special envoys\n"


def test_check_says_how_to_learn_why_a_test_fails(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        '[[rule]]\nid = "mine"\ntitle = "mine"\nevent = "payment"\nseverity = "high"\nmatch = ["pay"]\n'
        '[[rule.test]]\ntext = "Nothing here."\nexpect = { source = "PRK" }\n',
        encoding="utf-8",
    )

    result = CliRunner().invoke(command, ["check", str(tmp_path)])

    assert f"why: relations-monitor rules explain mine --tests --rules {tmp_path}" in result.output


def test_forms_says_where_a_language_has_none() -> None:
    result = CliRunner().invoke(command, ["forms", "--lang", "xx", "send"])

    assert result.stdout == "send\n"
    assert "no forms are known for xx, where every word stands for itself; they are for en" in result.stderr
