"""Texts to a pack: layers, digests, and what one mistake costs."""

import json
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Status
from monitor.rules.grammar import spell
from monitor.rules.lexicons import Term
from monitor.rules.load import Pack, load
from tests.unit.rules.packs import HEAD, RIGHT, a_rule


def loaded(files: dict[str, str] | None = None, overlay: dict[str, str] | None = None) -> Pack:
    """The pack of the right files with these beside and over them; nothing may be wrong."""
    pack, problems = load({**RIGHT, **(files or {})}, overlay)
    assert [str(problem) for problem in problems] == []
    return pack


def digests(pack: Pack) -> dict[str, str]:
    return {rule.id: rule.digest for rule in pack.rules}


def test_a_frame_comes_with_all_its_keys() -> None:
    pack = loaded({"full.toml": HEAD.replace("wrong", "full") + """
title_without_target = "{source} arms somebody"
tags = ["military"]
references = ["UNSCR 1718"]
why = "because"
exclude = ["#troops", "article:(film)"]
status = ["asserted"]
notify = ["desk"]
scope = "paragraph"
[[rule.match]]
act = "#send OR give"
object = "#troops"
source = "@watched"
target = "@state"
place = "@russia"
within = { object = 3, actors = 9 }
optional = ["target"]
assume.target = "russia"
unless = ["film", { pattern = "#send NEAR/2 film", reason = "cinema", owner = "desk", until = 2027-06-30 }]
lang = "en"
voice = "active"
[[rule.test]]
text = "Iran arms Russia."
title = "Arms"
published = 2026-02-03
outlet = "Harbour Wire"
expect = [{ source = "IRN", target = "RUS", status = "alleged", attribution = ["PRK"] }, { source = "IRN" }]
[[rule.test]]
text = "Nothing."
expect = "none"
"""})  # fmt: skip

    rule = next(one for one in pack.rules if one.id == "full")
    entry, test = rule.match[0], rule.tests[0]
    sides = (entry.act, entry.object, entry.source, entry.target, entry.location)
    assert [spell(side) for side in sides if side] == ['#send OR "give"', "#troops", "@watched", "@state", "@russia"]
    assert (entry.within_object, entry.within_actors, entry.scope) == (3, 9, "paragraph")
    assert (entry.optional, dict(entry.assume), entry.lang) == (frozenset({"target"}), {"target": "russia"}, "en")
    assert entry.is_frame
    assert entry.is_active_only
    assert [(one.reason, one.owner, one.until) for one in entry.unless] == [
        ("", "", None),
        ("cinema", "desk", date(2027, 6, 30)),
    ]
    assert (rule.tags, rule.notify, rule.opens) == (("military",), ("desk",), frozenset({"asserted"}))
    assert len(rule.exclude) == 2
    assert test.published == datetime(2026, 2, 3, 12, tzinfo=UTC)
    assert [(one.source, one.target, one.status, one.attribution) for one in test.expect] == [
        ("IRN", "RUS", "alleged", ("PRK",)),
        ("IRN", None, "asserted", None),
    ]
    assert rule.tests[1].expect == ()


def test_the_short_form_of_match_is_patterns() -> None:
    pack = loaded({"short.toml": a_rule(pattern="#send NEAR/3 #troops").replace("wrong", "short")})

    entry = pack.rules[-1].match[0]
    assert entry.pattern is not None
    assert spell(entry.pattern) == "act:#send NEAR/3 #troops"
    assert not entry.is_frame


def test_status_left_out_opens_with_all_but_what_is_past() -> None:
    everything: set[Status] = {"asserted", "alleged", "denied", "hypothetical"}

    assert loaded().rules[0].opens == everything


def test_a_lexicon_draws_in_another_by_language() -> None:
    pack = loaded({"lexicons/more.toml": '[lexicons.more]\nen = ["#troops", "=DPRK!", "kill*"]\nru = ["солдат"]\n'})

    more = pack.lexicons["more"]
    assert more.terms["en"] == (
        Term(text="troop"), Term(text="soldier"), Term(text="DPRK", how="cased"), Term(text="kill", how="prefix")
    )  # fmt: skip
    assert more.terms["ru"] == (Term(text="солдат"),)
    assert more.includes == ("troops",)


def test_a_person_has_the_code_of_the_state_and_his_offices() -> None:
    pack = loaded({"actors/people.toml": """
[actors.ministry]
kind = "organisation"
of = "russia"
[actors.minister]
kind = "person"
of = "ministry"
[[actors.minister.office]]
title = "minister"
from = 2020-01-01
"""})  # fmt: skip

    minister = pack.actors.by_id["minister"]
    assert minister.code == "RUS"
    assert minister.offices[0].since == date(2020, 1, 1)
    assert minister.offices[0].until is None


def test_the_same_id_above_replaces_the_whole_table() -> None:
    pack = loaded(overlay={"lexicons/mine.toml": '[lexicons.troops]\nen = ["guard"]\n'})

    assert pack.lexicons["troops"].terms == {"en": (Term(text="guard"),)}


def test_extends_adds_to_the_lists_and_keeps_the_rest() -> None:
    pack = loaded(overlay={
        "lexicons/mine.toml": '[lexicons.troops]\nextends = true\nen = ["guard"]\nru = ["солдат"]\n',
        "actors/mine.toml": '[actors.iran]\nextends = true\nnames.en = ["Persia"]\n'
                            '[groups.watched]\nextends = true\nmembers = ["belarus"]\n'
                            '[actors.belarus]\ncode = "BLR"\nkind = "state"\n',
        "mine.toml": '[[rule]]\nid = "right"\nextends = true\nseverity = "low"\ntags = ["mine"]\n'
                     "[[rule.match]]\nact = 'dispatch'\n",
    })  # fmt: skip

    rule = pack.rules[0]
    assert [term.text for term in pack.lexicons["troops"].terms["en"]] == ["troop", "soldier", "guard"]
    assert pack.actors.by_id["iran"].names["en"] == ("Iran", "Persia")
    assert pack.actors.groups["watched"] == ("north-korea", "russia", "iran", "belarus")
    assert (rule.severity, rule.tags, rule.title, len(rule.match)) == ("low", ("mine",), "{source} arms {target}", 2)


def test_enabled_false_switches_off() -> None:
    pack = loaded(overlay={"mine.toml": '[[rule]]\nid = "right"\nenabled = false\n'})

    assert pack.rules == ()


def test_extending_what_is_not_there_is_a_mistake() -> None:
    _, problems = load(RIGHT, {"mine.toml": '[[rule]]\nid = "rigth"\nextends = true\n'}, overlay_base="/home/desk/")

    first = problems[0]
    assert str(first.place) == "/home/desk/mine.toml:3:1"
    assert (first.because, first.hint) == ("no rule rigth to extend", "right")


def test_a_rule_that_needs_a_wrong_lexicon_says_where_that_is_wrong() -> None:
    pack, problems = load(
        {**RIGHT, "lexicons/right.toml": '[lexicons.troops]\nen = [7]\n[lexicons.send]\nen = ["send"]\n'}
    )

    assert pack.rules == ()
    assert [one.because for one in problems] == [
        "en holds the number 7",
        "lexicon #troops is left out for its own mistake at lexicons/right.toml:2:7",
    ]
    assert {one.owner for one in problems} == {"lexicon troops", "rule right"}


def test_a_digest_changes_with_all_that_decides_the_rule_and_with_nothing_else() -> None:
    other = {"other.toml": a_rule(pattern="dispatch").replace("wrong", "other")}
    before = digests(loaded(other))

    more_words = digests(
        loaded({**other, "lexicons/right.toml": RIGHT["lexicons/right.toml"].replace("soldier", "guard")})
    )
    more_names = digests(
        loaded({**other, "actors/right.toml": RIGHT["actors/right.toml"].replace('"Iran"', '"Persia"')})
    )
    more_cues = digests(loaded({**other, "languages/en.toml": RIGHT["languages/en.toml"].replace("deny", "reject")}))
    more_talk = digests(
        loaded({**other, "right.toml": RIGHT["right.toml"].replace("severity", 'why = "so"\nseverity', 1)})
    )

    assert {id_ for id_ in before if more_words[id_] != before[id_]} == {"right"}
    assert {id_ for id_ in before if more_names[id_] != before[id_]} == {"right"}
    assert {id_ for id_ in before if more_cues[id_] != before[id_]} == {"right", "other"}
    assert more_talk == before


def test_the_blob_holds_the_texts_and_the_digest_names_it() -> None:
    pack = loaded(overlay={"mine.toml": a_rule(pattern="dispatch").replace("wrong", "mine")})

    again = json.loads(pack.blob)
    assert again["texts"] == dict(RIGHT)
    assert load(again["texts"], again["overlay"])[0].digest == pack.digest
    assert loaded().digest != pack.digest


_VALUES = st.recursive(
    st.sampled_from(['"#send"', '"@state"', '"none"', "7", "true", "2026-01-15", '"x"', '""', "1.5"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(inner, min_size=1, max_size=2).map(
            lambda items: (
                "{ " + ", ".join(f"{key} = {item}" for key, item in zip(("en", "source"), items, strict=False)) + " }"
            )
        ),
    ),
    max_leaves=5,
)
_KEYS = st.sampled_from(
    ["id", "title", "event", "severity", "tags", "match", "exclude", "status", "test", "notify", "scope", "extends",
     "enabled", "title_without_source", "why"]
)  # fmt: skip
_MORE = st.sampled_from(
    ["kind", "of", "code", "names", "weak", "not", "office", "affiliated", "domains", "en", "members", "means",
     "reciprocal", "cues", "irregular", "classes", "abbreviations", "pattern", "act", "within", "assume", "optional"]
)  # fmt: skip


@given(
    st.sampled_from(["x.toml", "actors/x.toml", "lexicons/x.toml", "events/x.toml", "languages/x.toml"]),
    st.sampled_from(["[[rule]]", "[[rule]]\n[[rule.match]]", "[[rule]]\n[[rule.test]]", "[actors.russia]", "[groups]",
                     "[groups.x]", "[lexicons.x]", "[events.x]", "[rule]", ""]),
    st.dictionaries(st.one_of(_KEYS, _MORE), _VALUES, max_size=6),
)  # fmt: skip
def test_no_valid_toml_makes_loading_fail(name: str, header: str, values: dict[str, str]) -> None:
    text = "\n".join([header, *(f"{key} = {value}" for key, value in values.items())]) + "\n"

    pack, problems = load(RIGHT, {name: text})

    assert all(problem.because for problem in problems)
    assert pack.digest


@given(st.text(max_size=60))
def test_no_text_makes_loading_fail(text: str) -> None:
    pack, _ = load({**RIGHT, "x.toml": text})

    assert "right" in {rule.id for rule in pack.rules}
