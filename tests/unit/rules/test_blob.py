"""Packs as bytes: what is written is read again, and what is no pack is refused in words."""

import json
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.rules.blob import ENGINE_VERSION, BlobError, KeptPart, PackTexts, as_text, from_blob, to_blob
from monitor.rules.layers import the_one_in
from monitor.rules.load import load_blob
from monitor.rules.tables import Name, Part
from monitor.toml import parse

_SCALARS = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.integers(-(2**63), 2**63 - 1), st.booleans(),
    st.floats(allow_nan=False), st.dates(min_value=date(1, 1, 1)), st.times(),
    st.datetimes(), st.datetimes(timezones=st.just(UTC)),
)  # fmt: skip
_KEYS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=8)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=8,
)


@given(
    st.sampled_from([
        (("rule", "a"), "a.toml"), (("actor", "a"), "actors/a.toml"), (("group", "a"), "actors/a.toml"),
        (("lexicon", "a"), "lexicons/a.toml"), (("event", "a"), "events/a.toml"),
        (("language", "a"), "languages/a.toml"),
    ]),
    st.dictionaries(_KEYS, _VALUES, max_size=5),
)  # fmt: skip
def test_a_definition_as_a_text_says_what_it_said(which: tuple[Name, str], values: dict[str, object]) -> None:
    name, file = which
    values = {**values, **{"rule": {"id": "a"}, "language": {"code": "a"}}.get(name[0], {})}

    kept = as_text(name, Part(parse("", ""), ("here",), values, 1, file))

    assert the_one_in(1, "rules/", kept.name, kept.text)[0] == name
    assert the_one_in(1, "rules/", kept.name, kept.text)[1].values == values


def test_a_group_that_is_a_list_alone_stays_one() -> None:
    part = Part(parse("", ""), ("groups",), {"watched": ["iran"]}, 0, "actors/a.toml")

    kept = as_text(("group", "watched"), part)

    assert kept.text == '[groups]\nwatched = ["iran"]\n'
    assert the_one_in(0, "", kept.name, kept.text)[1].values == {"watched": ["iran"]}


def test_a_pack_is_read_as_it_was_written() -> None:
    pack = PackTexts(
        texts={"a.toml": "x", "b.toml": None},
        overlay={"c.toml": "y"},
        stale={("rule", "a"): (KeptPart(0, "a.toml", "z"), KeptPart(1, "c.toml", "z"))},
    )

    assert from_blob(to_blob(pack)) == pack


def test_dates_and_times_are_written_as_toml_has_them() -> None:
    values: dict[str, object] = {"d": date(2026, 1, 2), "t": time(3, 4), "m": datetime(2026, 1, 2, 3, 4, tzinfo=UTC)}

    kept = as_text(("rule", "a"), Part(parse("", ""), ("rule", 0), values, 0, "a.toml"))

    assert kept.text == "[[rule]]\nd = 2026-01-02\nt = 03:04:00\nm = 2026-01-02T03:04:00+00:00\n"


@pytest.mark.parametrize(
    ("told", "because"),
    [
        pytest.param("{", "it is not JSON", id="torn"),
        pytest.param("[" * 100_000, "it is not JSON", id="deep"),
        pytest.param("7", "it is no pack of rules", id="number"),
        pytest.param("{}", "it is no pack of rules", id="empty"),
        pytest.param({"engine": 1}, f"it is of engine version 1, this program has {ENGINE_VERSION}", id="older"),
        pytest.param({"texts": None}, "its texts are not texts by name", id="no-texts"),
        pytest.param({"overlay": {"a.toml": 7}}, "its texts are not texts by name", id="number-for-a-text"),
        pytest.param({"stale": 7}, "it is no pack of rules", id="stale-is-a-number"),
        pytest.param({"stale": {"tulip a": [[0, "a", ""]]}}, "it keeps tulip a, which is no definition", id="kind"),
        pytest.param({"stale": {"rule a": []}}, "it keeps a definition without its text", id="nothing-kept"),
        pytest.param({"stale": {"rule a": [[2, "a", ""]]}}, "it keeps a definition without its text", id="third-layer"),
        pytest.param({"stale": {"rule a": [[0, "a.toml", ""]]}}, "it keeps rule a as a text without a definition",
                     id="without-definition"),
        pytest.param({"stale": {"rule a": [[0, "a.toml", '[[rule]]\nid = "b"\n']]}}, "it keeps rule b for rule a",
                     id="another-definition"),
    ],
)  # fmt: skip
def test_what_is_no_pack_of_this_program_is_refused(told: object, because: str) -> None:
    right = {"engine": ENGINE_VERSION, "texts": {}, "overlay": {}}
    blob = told if isinstance(told, str) else json.dumps(right | told) if isinstance(told, dict) else ""

    with pytest.raises(BlobError) as refused:
        load_blob(blob.encode())

    assert str(refused.value) == because


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(BlobError):
        from_blob(b"\xff\xfe\xfa")
