"""Last good versions: what stays in force for what is broken, what does not, and how the next start finds it."""

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import Problem
from monitor.rules.blob import from_blob
from monitor.rules.layers import Texts
from monitor.rules.lexicons import Term
from monitor.rules.load import Pack, load, load_blob
from tests.unit.rules.packs import RIGHT, a_rule

STAYS = "its last good version stays in force"
TWO = {"two.toml": a_rule(pattern="#send").replace("wrong", "one") + a_rule(pattern="#troops").replace("wrong", "two")}


def changed(file: str, old: str, new: str, texts: Mapping[str, str] = RIGHT) -> dict[str, str]:
    """These files with a mistake, or a change, in one of them."""
    assert old in texts[file]
    return {**texts, file: texts[file].replace(old, new)}


def after(past: Pack, texts: Texts, overlay: Texts | None = None) -> tuple[Pack, tuple[Problem, ...]]:
    """The pack of these texts at the start after the one in which `past` was in force."""
    pack, problems = load(texts, overlay, last_good=from_blob(past.blob))
    again, _ = load(texts, overlay, last_good=from_blob(pack.blob))
    assert (again.digest, again.stale, digests(again)) == (pack.digest, pack.stale, digests(pack)), "one start later"
    alone = load_blob(pack.blob)
    assert (alone.digest, alone.stale, digests(alone)) == (pack.digest, pack.stale, digests(pack)), (
        "from its blob alone"
    )
    return pack, problems


def right(texts: Texts = RIGHT, overlay: Texts | None = None) -> Pack:
    pack, problems = load(texts, overlay)
    assert problems == ()
    return pack


def digests(pack: Pack) -> dict[str, str]:
    return {rule.id: rule.digest for rule in pack.rules}


@pytest.mark.parametrize(
    ("file", "good", "broken", "stale"),
    [
        pytest.param("right.toml", '"high"', '"hihg"', "rule right", id="rule"),
        pytest.param("right.toml", '"#troops"', '"#troop"', "rule right", id="rule-that-names-nothing"),
        pytest.param("right.toml", '"high"', '"high', "rule right", id="rule-without-a-quote"),
        pytest.param("right.toml", '"right"', '"Right One"', "rule right", id="rule-whose-id-is-none"),
        pytest.param("right.toml", 'id = "right"\n', "", "rule right", id="rule-without-its-id"),
        pytest.param("right.toml", "[[rule]]", "[[rules]]", "rule right", id="rule-under-another-key"),
        pytest.param("right.toml", "[[rule]]\n", "[[rule]\n", "rule right", id="rule-whose-header-is-open"),
        pytest.param("lexicons/right.toml", '["troop"', '[7, "troop"', "lexicon troops", id="lexicon"),
        pytest.param("lexicons/right.toml", '"soldier"]', '"soldier"', "lexicon troops", id="lexicon-not-closed"),
        pytest.param("lexicons/right.toml", '[lexicons.troops]\nen = ["troop", "soldier"]', "[lexicons]\ntroops = 7",
                     "lexicon troops", id="lexicon-that-is-no-table"),
        pytest.param("actors/right.toml", '"PRK"', '"prk"', "actor north-korea", id="actor"),
        pytest.param("actors/right.toml", '"iran"]', '"iram"]', "group watched", id="group"),
        pytest.param("actors/right.toml", '"iran"]', '"iran"', "group watched", id="group-not-closed"),
        pytest.param("events/events.toml", 'title = "Arms supply"', "titel = 7", "event arms-supply", id="event"),
        pytest.param("languages/en.toml", '"en"', "7", "language en", id="language-without-its-code"),
        pytest.param("languages/en.toml", "[classes]", "[classes", "language en", id="language"),
    ],
)  # fmt: skip
def test_what_is_broken_stays_in_force_as_it_last_was_good(file: str, good: str, broken: str, stale: str) -> None:
    past = right()

    pack, problems = after(past, changed(file, good, broken))

    assert pack.stale == (stale,)
    assert digests(pack) == digests(past)
    assert {one.meanwhile for one in problems} <= {STAYS, f"the last good version stays in force of {stale}"}
    assert problems[0].meanwhile
    assert str(problems[0]).endswith(problems[0].meanwhile)


@pytest.mark.parametrize("file", sorted(RIGHT))
@pytest.mark.parametrize(
    "text", [pytest.param('"""', id="not-toml"), pytest.param(None, id="unreadable"), pytest.param("rule", id="a-word")]
)
def test_of_a_file_that_can_not_be_read_everything_stays(file: str, text: str | None) -> None:
    past = right()

    pack, _ = after(past, {**RIGHT, file: text})

    assert digests(pack) == digests(past)
    assert (pack.actors, pack.lexicons, pack.events) == (past.actors, past.lexicons, past.events)
    assert pack.stale


def test_of_a_folder_that_can_not_be_listed_everything_stays() -> None:
    overlay = {"arms/mine.toml": a_rule(pattern="#send")}
    past = right(RIGHT, overlay)

    pack, _ = after(past, RIGHT, {"arms/": None})
    alike, _ = after(past, RIGHT, {"": None})

    assert pack.stale == alike.stale == ("rule wrong",)
    assert digests(pack) == digests(alike) == digests(past)


def test_a_torn_file_says_what_of_it_stays_in_force() -> None:
    _, problems = after(right(), {**RIGHT, "actors/right.toml": "["})

    stay = "the last good versions stay in force of actor iran, actor north-korea, actor russia and 1 more"
    assert [one.meanwhile for one in problems] == [stay]


def test_a_mended_definition_is_stale_no_more() -> None:
    stale, _ = after(right(), changed("right.toml", '"high"', '"hihg"'))

    pack, problems = after(stale, changed("right.toml", '"high"', '"low"'))

    assert (pack.stale, problems, pack.rules[0].severity) == ((), (), "low")
    assert "stale" not in json.loads(pack.blob)


def test_a_second_mistake_keeps_the_version_before_the_first() -> None:
    first, _ = after(right(), changed("right.toml", '"high"', '"hihg"'))

    second, _ = after(first, changed("right.toml", 'act = "#send"', 'act = "#sned"'))

    assert second.stale == ("rule right",)
    assert digests(second) == digests(right())


def test_versions_of_different_days_are_kept_side_by_side() -> None:
    files = {**RIGHT, **TWO}
    first, _ = after(right(files), changed("two.toml", "['#send']", "['#sned']", files))
    newer = changed("two.toml", "['#troops']", "['#troops NEAR/3 #send']", files)
    second, _ = after(first, changed("two.toml", "['#send']", "['#sned']", newer))

    third, _ = after(second, {**RIGHT, "two.toml": "["})

    assert third.stale == ("rule one", "rule two")
    assert digests(third)["one"] == digests(right(files))["one"]
    assert digests(third)["two"] == digests(right(newer))["two"]


def test_what_was_deleted_is_deleted() -> None:
    files = {**RIGHT, **TWO}

    gone, problems = after(right(files), RIGHT)
    beside_a_mistake, _ = after(
        right(files), {**RIGHT, "two.toml": a_rule(pattern="#sned").replace("wrong", "two")}
    )  # fmt: skip
    beside_a_torn_one, _ = after(right(files), {**RIGHT, "two.toml": '[[rule]]\nid = "two"\ntitle = "\n'})
    stale_before, _ = after(beside_a_mistake, RIGHT)

    assert (set(digests(gone)), gone.stale, problems) == ({"right"}, (), ())
    assert (set(digests(beside_a_mistake)), beside_a_mistake.stale) == ({"right", "two"}, ("rule two",))
    assert (set(digests(beside_a_torn_one)), beside_a_torn_one.stale) == ({"right", "two"}, ("rule two",))
    assert (set(digests(stale_before)), stale_before.stale) == ({"right"}, ())


def test_what_was_deleted_lives_on_for_a_rule_that_still_names_it() -> None:
    past = right()

    pack, problems = after(past, changed("lexicons/right.toml", "[lexicons.troops]", "[lexicons.fighters]"))

    assert pack.stale == ("lexicon troops", "rule right")
    assert digests(pack) == digests(past)
    assert [(one.because, one.meanwhile) for one in problems] == [("unknown lexicon #troops", STAYS)]


def test_what_was_never_good_is_left_out() -> None:
    pack, problems = after(right(), {**RIGHT, "new.toml": a_rule(pattern="#sned")})

    assert (set(digests(pack)), pack.stale) == ({"right"}, ())
    assert [one.meanwhile for one in problems] == [""]


def test_a_rule_goes_on_with_the_last_good_version_of_its_lexicon_and_is_not_stale_itself() -> None:
    changed_rule = changed("right.toml", '"high"', '"low"', changed("lexicons/right.toml", '"troop"', "7"))

    pack, problems = after(right(), changed_rule)

    assert pack.stale == ("lexicon troops",)
    assert pack.rules[0].severity == "low"
    assert [one.owner for one in problems] == ["lexicon troops"]


def test_a_rule_that_names_a_new_broken_lexicon_stays_as_it_was() -> None:
    texts = changed("right.toml", '"#troops"', '"#guards"')

    pack, problems = after(right(), {**texts, "lexicons/new.toml": "[lexicons.guards]\nen = [7]\n"})

    assert pack.stale == ("rule right",)
    assert digests(pack) == digests(right())
    assert [(one.owner, one.meanwhile) for one in problems] == [("lexicon guards", ""), ("rule right", STAYS)]


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param('[[rule]]\nid = "right"\nseverity = "high"\n', id="incomplete"),
        pytest.param('[[rule]]\nid = "right"\nextends = "yes"\n', id="extends-is-a-text"),
        pytest.param('[[rule]]\nid = "right"\nextends = true\nseverity = 7\n', id="extended-wrong"),
        pytest.param('[[rule]]\nid = "right"\nextends = true\nseverity = "low\n', id="not-toml"),
        pytest.param(RIGHT["right.toml"] * 2, id="twice"),
    ],
)
def test_a_mistake_in_the_users_folder_leaves_the_shipped_rule_as_it_was(wrong: str) -> None:
    pack, problems = after(right(), RIGHT, {"mine.toml": wrong})

    assert pack.stale == ("rule right",)
    assert digests(pack) == digests(right())
    assert {one.meanwhile for one in problems} == {STAYS}


def test_an_addition_that_broke_stays_added() -> None:
    good = '[lexicons.troops]\nextends = true\nen = ["guard"]\n'
    past = right(RIGHT, {"lexicons/mine.toml": good})

    torn, _ = after(past, RIGHT, {"lexicons/mine.toml": good.replace("[lexicons", "[lexicon")})
    gone, _ = after(past, RIGHT, {"lexicons/mine.toml": ""})

    assert [term.text for term in torn.lexicons["troops"].terms["en"]] == ["troop", "soldier", "guard"]
    assert torn.stale == ("lexicon troops",)
    assert gone.lexicons["troops"].terms["en"] == (Term(text="troop"), Term(text="soldier"))
    assert gone.stale == ()


def test_what_was_switched_off_stays_off_when_its_switch_breaks() -> None:
    off = '[[rule]]\nid = "right"\nenabled = false\n'
    past = right(RIGHT, {"mine.toml": off})

    pack, _ = after(past, RIGHT, {"mine.toml": off.replace("false", "flase")})
    torn, _ = after(past, RIGHT, {"mine.toml": "["})
    on, _ = after(past, RIGHT, {})

    assert (pack.rules, pack.stale) == (torn.rules, torn.stale) == ((), ("rule right",))
    assert (set(digests(on)), on.stale) == ({"right"}, ())


def test_the_user_can_replace_or_switch_off_what_is_stale() -> None:
    broken = changed("right.toml", '"high"', '"high')
    mine = RIGHT["right.toml"].replace('"high"', '"low"')

    replaced, _ = after(right(), broken, {"mine.toml": mine})
    off, _ = after(right(), broken, {"mine.toml": '[[rule]]\nid = "right"\nenabled = false\n'})

    assert (replaced.rules[0].severity, replaced.stale) == ("low", ())
    assert (off.rules, off.stale) == ((), ())


def test_a_version_is_kept_without_its_tests_so_that_a_code_that_is_gone_does_not_cost_it() -> None:
    test = '[[rule.test]]\ntext = "Iran"\nexpect = { source = "BLR" }\n'
    state = '[actors.belarus]\ncode = "BLR"\nkind = "state"\n'
    past = right({**RIGHT, "right.toml": RIGHT["right.toml"] + test, "actors/more.toml": state})

    pack, problems = after(past, {**RIGHT, "right.toml": RIGHT["right.toml"] + test})

    assert [one.because for one in problems] == ["unknown code BLR"]
    assert (pack.stale, pack.rules[0].tests) == (("rule right",), ())


def test_without_a_mistake_the_past_changes_nothing() -> None:
    past = right({**RIGHT, **TWO})

    assert after(past, RIGHT)[0] == right()


def test_without_a_past_what_is_broken_is_left_out() -> None:
    pack, problems = load(changed("right.toml", '"high"', '"hihg"'))

    assert (pack.rules, pack.stale) == ((), ())
    assert [one.meanwhile for one in problems] == [""]


_OVER: Mapping[str, str] = {
    "mine.toml": '[[rule]]\nid = "right"\nextends = true\ntags = ["mine"]\n\n' + a_rule(pattern="#send"),
    "lexicons/mine.toml": '[lexicons.troops]\nextends = true\nen = ["guard"]\n\n[lexicons.send]\nen = ["#troops"]\n',
    "actors/mine.toml": "[groups]\nmine = ['iran']\n",
    "events/mine.toml": "[events.pact]\nenabled = false\n",
}


@given(
    st.sampled_from([*((0, name) for name in sorted(RIGHT)), *((1, name) for name in sorted(_OVER))]),
    st.floats(0, 1),
    st.integers(0, 30),
    st.sampled_from(["", '"', "[", "]", "\n", "[[rule]]\n", "enabled = false\n", "extends = true\n", "#", "7", "id"]),
    st.booleans(),
)  # fmt: skip
def test_whatever_happens_to_a_file_the_next_start_finds_what_this_one_kept(
    which: tuple[int, str], where: float, length: int, put: str, with_mine: bool
) -> None:
    layers = [dict(RIGHT), dict(_OVER)]
    layer, name = which
    past = load(RIGHT, _OVER if with_mine else None)[0]
    text = layers[layer][name]
    start = int(where * len(text))
    layers[layer][name] = text[:start] + put + text[start + length :]

    pack, problems = after(past, *layers)

    owners = {one.owner for one in problems if one.meanwhile.startswith("its")}
    assert owners <= set(pack.stale)
    assert not pack.stale or any(one.meanwhile for one in problems)
    assert "right" in digests(pack) or name in ("right.toml", "mine.toml"), "a mistake elsewhere costs no rule"
