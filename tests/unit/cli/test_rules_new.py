"""`rules new` writes a rule that reads, whose first test fails until it is filled in, and writes over nothing."""

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from monitor.cli.main import command
from monitor.errors import UsageError
from monitor.resources import shipped
from monitor.rules.actors import Actors
from monitor.rules.compile import compile_pack
from monitor.rules.draft import TO_FILL_IN, codes_for, known_already, party_of, pattern_of
from monitor.rules.load import load
from monitor.rules.selftest import test_failures as failures_of
from tests.unit.rules.packs import RIGHT

GIVEN = (
    "--event",
    "payment",
    "--source",
    "iran",
    "--target",
    "@state",
    "--act",
    "pay, wire money",
    "--object",
    "#money",
)
ANSWERS = "payment\nIran\n-\npay, wire money\n"


def ran(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(command, ["rules", "new", *arguments], input=given)


@pytest.fixture
def pack_actors() -> Actors:
    return load(RIGHT)[0].actors


def test_the_rule_reads_and_its_first_test_alone_fails(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"

    result = ran(*GIVEN[:-1], "money", "--id", "mine", "--file", str(path))

    assert result.exit_code == 0
    texts = {
        one.relative_to(shipped("rules")).as_posix(): one.read_text("utf-8") for one in shipped("rules").rglob("*.toml")
    }
    below = {name: text for name, text in texts.items() if "/" in name}
    pack, problems = load(below, {"mine.toml": path.read_text(encoding="utf-8")})
    assert [str(one) for one in problems if "mine.toml" in one.place.file] == []
    assert [one.text for one in failures_of(pack, compile_pack(pack))] == [TO_FILL_IN]


def test_the_file_holds_what_was_said(tmp_path: Path) -> None:
    ran(
        *GIVEN[:-1],
        "money",
        "--severity",
        "high",
        "--title",
        "{source} pays {target}",
        "--file",
        str(tmp_path / "a.toml"),
    )

    (rule,) = tomllib.loads((tmp_path / "a.toml").read_text(encoding="utf-8"))["rule"]
    assert (rule["id"], rule["event"], rule["severity"], rule["title"]) == (
        "payment-pay", "payment", "high", "{source} pays {target}",
    )  # fmt: skip
    assert rule["match"] == [{"act": 'pay OR "wire money"', "object": "money", "source": "@iran", "target": "@state"}]
    assert rule["test"][0]["expect"]["source"] == "IRN"


def test_four_questions_are_asked_and_a_wrong_answer_is_asked_again(tmp_path: Path) -> None:
    result = ran("--rules", str(tmp_path), given="paymnt\n" + ANSWERS)

    assert result.exit_code == 0
    assert "unknown event paymnt (did you mean payment?)" in result.stderr
    (rule,) = tomllib.loads((tmp_path / "payment-pay.toml").read_text(encoding="utf-8"))["rule"]
    assert rule["match"] == [{"act": 'pay OR "wire money"', "source": "@iran"}]


def test_it_says_what_to_do_next(tmp_path: Path) -> None:
    result = ran("--rules", str(tmp_path), given=ANSWERS)

    assert f"relations-monitor rules check {tmp_path}" in result.stdout
    assert f"rules explain payment-pay --rules {tmp_path}" in result.stdout


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (("--event", "paymnt"), "unknown event paymnt (did you mean payment?)"),
        (("--source", "@irann"), "unknown actor @irann (did you mean @iran?)"),
        (("--act", "#lende"), "unknown lexicon #lende"),
        (("--act", " , "), "no word says so"),
        (("--act", "pay AND"), "nothing follows AND"),
        (("--title", "{sorce} pays"), "unknown role {sorce} (did you mean {source}?)"),
        (("--id", "troop-transfer"), "there is a rule troop-transfer already"),
        (("--id", "Mine!"), '"Mine!" is no id'),
    ],
)
def test_what_makes_no_rule_is_told_with_a_guess_and_nothing_is_written(
    tmp_path: Path, changed: tuple[str, ...], message: str
) -> None:
    result = ran(*GIVEN[:-1], "money", *changed, "--rules", str(tmp_path))

    assert isinstance(result.exception, UsageError)
    assert message in str(result.exception)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("# mine\n")

    result = ran(*GIVEN[:-1], "money", "--file", str(tmp_path / "a.toml"))

    assert "is there already" in str(result.exception)
    assert (tmp_path / "a.toml").read_text() == "# mine\n"


def test_a_question_that_nobody_answers_names_its_option() -> None:
    result = ran("--event", "payment", given="")

    assert isinstance(result.exception, UsageError)
    assert "nobody answers: Who does it?" in str(result.exception)


@pytest.mark.parametrize(
    ("words", "pattern"),
    [
        ("send, hand over, #supply", 'send OR "hand over" OR #supply'),
        ('"hand over", missil*', '"hand over" OR missil*'),
        ("OR", "OR"),
        ("send OR (ship NEAR/3 arms)", "send OR (ship NEAR/3 arms)"),
        ("re-export, d'accord", "re-export OR d'accord"),
        ("", ""),
    ],
)
def test_words_become_a_pattern(words: str, pattern: str) -> None:
    assert pattern_of(words) == pattern


@pytest.mark.parametrize(
    ("said", "pattern"),
    [("North Korea", "@north-korea"), ("north-korea", "@north-korea"), ("watched", "@watched"), ("state", "@state"),
     ("@iran OR @russia", "@iran OR @russia"), ("-", ""), ("Atlantis", "@atlantis")],
)  # fmt: skip
def test_a_name_becomes_a_reference(said: str, pattern: str, pack_actors: Actors) -> None:
    assert party_of(said, pack_actors) == pattern


def test_the_codes_of_the_first_test_are_those_that_the_sides_allow(pack_actors: Actors) -> None:
    assert codes_for("@iran", "@watched", pack_actors) == ("IRN", "PRK")
    assert codes_for("@russia", "@state", pack_actors) == ("RUS", "PRK")


def test_words_that_a_lexicon_holds_already_are_named() -> None:
    lexicons = load(RIGHT)[0].lexicons.values()

    assert known_already('send OR "hand over" OR soldier', lexicons) == {"send": ["send"], "soldier": ["troops"]}


def test_the_schema_is_named_where_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema" / "rules.json").write_text("{}")

    ran("--rules", str(tmp_path), given=ANSWERS)

    assert (tmp_path / "payment-pay.toml").read_text().startswith("#:schema ./schema/rules.json\n# What")
