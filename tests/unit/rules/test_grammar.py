"""Patterns are read as the table of operators says, and never answered with anything but a PatternError."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.rules.grammar import PatternError, Use, parse_pattern, spell
from monitor.rules.lexicons import Term
from monitor.rules.operators import (
    ROLES,
    WHERES,
    ActorRef,
    And,
    LexiconRef,
    Near,
    Node,
    Not,
    Or,
    Role,
    RoleOf,
    Truth,
    Where,
    Word,
)


def without_places(node: Node) -> Node:
    """The tree with no offsets, so that two spellings of it are equal."""
    changes: dict[str, object] = {"at": (0, 0)}
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, Node):
            changes[field.name] = without_places(value)
        elif field.name == "parts":
            changes[field.name] = tuple(without_places(part) for part in value)
    return replace(node, **changes)  # type: ignore[arg-type]  # the fields of the node itself


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("#a", "act:#a"),
        ("word", 'act:"word"'),
        ('"a phrase"', 'act:"a phrase"'),
        ("kill*", 'act:"kill*"'),
        ("=exact", 'act:"=exact"'),
        ("=DPRK!", 'act:"=DPRK!"'),
        ("us~", 'act:"us"'),
        ("#a #b", "act:#a AND #b"),
        ("#a OR #b #c", "act:#a OR act:#b AND #c"),
        ("(#a OR #b) #c", "(act:#a OR act:#b) AND #c"),
        ("#a #b NEAR/3 #c", "act:#a AND #b NEAR/3 #c"),
        ("#a NEAR/3 #b NEAR/4 #c", "act:#a NEAR/3 #b NEAR/4 #c"),
        ("#a NEAR/3 (#b NEAR/4 #c)", "act:#a NEAR/3 (#b NEAR/4 #c)"),
        ("#a NOT #b NEAR/2 #c", "act:#a AND NOT #b NEAR/2 #c"),
        ("#a NOT NEAR/2 #b", "act:#a NOT NEAR/2 #b"),
        ("#a ONEAR/0 #b", "act:#a ONEAR/0 #b"),
        ("#a NOT article:(#film OR play)", 'act:#a AND NOT article:(#film OR "play")'),
        ("#a title:#b", "act:#a AND title:(#b)"),
        ("source:@a target:@b act:#c", "source:@a AND target:@b AND act:#c"),
        ("source:@a #b", "source:@a AND act:#b"),
        ("source:@a NEAR/3 #b OR target:@c #d", "source:@a NEAR/3 act:#b OR target:@c AND act:#d"),
        ("#a #b act:#c", "#a AND #b AND act:#c"),
        ("act:(#a NEAR/2 #b) source:@c", "act:(#a NEAR/2 #b) AND source:@c"),
        ("(act:#a OR #b) #c", "(act:#a OR act:#b) AND #c"),
        ("파병 NEAR/4 병력", 'act:"파병" NEAR/4 "병력"'),
    ],
)
def test_precedence_and_the_act(text: str, plain: str) -> None:
    assert spell(parse_pattern(text)) == plain


def test_every_node_knows_its_stretch_of_the_text() -> None:
    text = 'source:@a NEAR/3 (act:"sent off" OR #b)'

    tree = parse_pattern(text)

    stretches = {text[slice(*node.at)] for node in tree.walk()}
    assert {"source:@a", "@a", '"sent off"', "#b", text} <= stretches


def test_a_condition_may_be_a_truth_alone_and_has_no_act() -> None:
    assert spell(parse_pattern("article:(#film)", use="condition")) == "article:(#film)"


def test_a_side_has_no_act_and_no_truth() -> None:
    assert spell(parse_pattern("@a OR @b", use="side")) == "@a OR @b"
    with pytest.raises(PatternError) as error:
        parse_pattern("@a title:#b", use="side")
    assert error.value.offset == len("@a ")


def test_deep_nesting_is_refused_and_not_suffered() -> None:
    for text in ("(" * 20_000, "#a NEAR/1 " * 5_000 + "#a", "NOT " * 5_000 + "#a", "source:" * 5_000 + "#a"):
        with pytest.raises(PatternError):
            parse_pattern(text)


def test_a_long_list_of_alternatives_is_read() -> None:
    tree = parse_pattern(" OR ".join(f"word{number}" for number in range(3_000)))

    assert isinstance(tree, Or)
    assert len(tree.parts) == 3_000


@given(st.text())
def test_any_text_is_read_or_refused_within_its_bounds(text: str) -> None:
    _read_or_refuse(text)


_PIECES = (
    "AND", "OR", "NOT", "NEAR/3", "ONEAR/0", "(", ")", '"', "#a", "@b", "word", '"a b"', "act:", "source:", "title:",
    "=x!", "kill*", " ", "near/2", "x/y", "*", "~",
)  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=14), st.sampled_from(["", " "]))
def test_any_row_of_signs_is_read_or_refused(pieces: list[str], between: str) -> None:
    _read_or_refuse(between.join(pieces))


USES: tuple[Use, ...] = ("match", "condition", "side")


def _read_or_refuse(text: str) -> None:
    for use in USES:
        read = _read(text, use)
        if isinstance(read, PatternError):
            assert 0 <= read.offset <= len(text)
            assert read.because
        else:
            assert without_places(parse_pattern(spell(read), use=use)) == without_places(read)


def _read(text: str, use: Use) -> Node | PatternError:
    try:
        return parse_pattern(text, use=use)
    except PatternError as error:
        return error


def _and_not(left: Node, right: Node) -> Node:
    return And(parts=(*(left.parts if isinstance(left, And) else (left,)), Not(inner=right)))


def _near(left: Node, right: Node, words: int, is_ordered: bool) -> Node:
    return Near(left=left, right=right, words=words, is_ordered=is_ordered)


_LEAVES = st.one_of(
    st.builds(LexiconRef, name=st.sampled_from(["a", "b-c", "x9"])),
    st.builds(ActorRef, name=st.sampled_from(["north-korea", "state"])),
    st.builds(
        Word,
        term=st.builds(
            Term, text=st.sampled_from(["send", "a phrase", "DPRK"]), how=st.sampled_from(["forms", "exact", "cased"])
        ),
    ),
)
_PLACES = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.builds(_near, inner, inner, st.integers(0, 250), st.booleans()),
        st.builds(_and_not, inner, inner),
    ),
    max_leaves=6,
)


@given(_PLACES, _PLACES, st.sampled_from(ROLES), st.sampled_from(WHERES))
def test_a_tree_that_is_spelled_and_read_again_is_the_same(left: Node, right: Node, role: Role, where: Where) -> None:
    tree = And(
        parts=(
            RoleOf(role="act", inner=LexiconRef(name="act")),
            RoleOf(role=role, inner=left),
            Or(parts=(right, RoleOf(role=role, inner=LexiconRef(name="other")))),
            Not(inner=Truth(where=where, inner=right)),
        )
    )

    again = parse_pattern(spell(tree))

    assert without_places(again) == tree
