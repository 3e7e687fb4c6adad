"""What holds of roles and status for any sentence at all, however odd, and of what the rule asks for."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model import STATUSES, ActorCode, Language
from monitor.rules.roles import assign
from monitor.rules.sentence import Core, Mention, Named, Sentence, Sides
from monitor.rules.status import status_of
from tests.unit.rules.marked import english, sentence_of

WORDS = (
    "the", "to", "sent", "send", "sending", "troops", "and", "that", "who", "said", "by", "of", "for", "from", "was",
    "not", "visit", "visits", "sanctions", "russia", "north", "korea's", "it", "will", "after", "during", "his",
    "accused", "denied", "in", "2024", "october", "may", "according", "with", "between", "agreed", "hit", "ready",
)  # fmt: skip
GAPS = ("", "", "", "", ",", "-", ":", "—", ";", '"', "(", "?")


@st.composite
def sentences(draw: st.DrawFn) -> tuple[Sentence, Core]:
    """A sentence of grammar words in any order, with mentions and a core anywhere."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=24))
    size = len(words)
    gaps = [draw(st.sampled_from(GAPS)) for _ in range(size + 1)]
    starts = sorted(draw(st.sets(st.integers(0, size - 1), max_size=5)))
    mentions = []
    for at, start in enumerate(starts):
        end = min(start + draw(st.integers(1, 2)), starts[at + 1] if at + 1 < len(starts) else size)
        codes = draw(st.sets(st.sampled_from(("PRK", "RUS", "USA")), min_size=1, max_size=2))
        kind = draw(st.sampled_from(("state", "person", "place", "media")))
        actors = tuple(Named(id=code.lower(), kind=kind, code=ActorCode(code)) for code in sorted(codes))
        mentions.append(Mention(first=start, last=end, actors=actors))
    act = draw(st.integers(0, size - 1))
    place = draw(st.none() | st.integers(0, size - 1))
    cue = draw(st.integers(0, size - 1))
    sentence = Sentence(
        lang="en",
        words=tuple(words),
        raw=tuple(words),
        gaps=tuple(gaps),
        mentions=tuple(mentions),
        is_title=draw(st.booleans()),
        cues={draw(st.sampled_from(STATUSES)): ((cue, cue + 1),)},
    )
    return sentence, Core(act=(act, act + 1), object=None if place is None else (place, place + 1))


@settings(max_examples=400, deadline=None)
@given(sentences(), st.booleans())
def test_any_sentence_gets_an_answer_in_which_nobody_is_both_sides(
    given_sentence: tuple[Sentence, Core], is_reciprocal: bool
) -> None:
    sentence, core = given_sentence
    anybody = frozenset(range(len(sentence.mentions)))

    found = assign(
        sentence, core, Sides(source=anybody, target=anybody), is_reciprocal=is_reciprocal, is_active_only=False,
        language=english(),
    )  # fmt: skip

    if found is not None and found.source is not None and found.target is not None:
        source, target = sentence.mentions[found.source], sentence.mentions[found.target]
        assert len(source.codes | target.codes) > 1
        assert is_reciprocal or found.source != found.target
        assert "place" not in {source.actors[0].kind, target.actors[0].kind}
        status, because = status_of(
            sentence, core, found, is_reciprocal=is_reciprocal, published=date(2026, 3, 15), language=english()
        )
        assert status in STATUSES
        assert because


@settings(max_examples=100, deadline=None)
@given(sentences())
def test_the_answer_depends_on_nothing_but_the_sentence(given_sentence: tuple[Sentence, Core]) -> None:
    sentence, core = given_sentence
    anybody = Sides(source=frozenset(range(len(sentence.mentions))), target=None)
    other, other_core = sentence_of("[IRN Iran] <sent> {drones} to [RUS Russia].")

    def ask(one: Sentence, at: Core) -> object:
        return assign(one, at, anybody, is_reciprocal=False, is_active_only=False, language=english())

    before = ask(sentence, core)
    assign(other, other_core, Sides(source=None, target=None), is_reciprocal=False, is_active_only=False,
           language=english())  # fmt: skip

    assert ask(sentence, core) == before


def test_a_language_without_words_goes_by_order() -> None:
    sentence, core = sentence_of("[PRK North Korea] <sent> {troops} to [RUS Russia].")

    found = assign(
        sentence, core, Sides(source=frozenset({0, 1}), target=frozenset({0, 1})), is_reciprocal=False,
        is_active_only=False, language=Language(code="en"),
    )  # fmt: skip

    assert found is not None
    assert (found.source, found.target) == (0, 1)


def test_the_only_assignment_is_refused_where_grammar_turns_it_round() -> None:
    sentence, core = sentence_of("[RUS Russia] <sent> {troops} to [PRK North Korea].")

    found = assign(
        sentence, core, Sides(source=frozenset({1}), target=frozenset({0})), is_reciprocal=False,
        is_active_only=False, language=english(),
    )  # fmt: skip

    assert found is None


def test_a_side_that_grammar_gave_to_somebody_unwanted_is_not_filled_by_order() -> None:
    sentence, core = sentence_of("[UKR Ukraine] <sent> {troops} to [RUS Russia] past [PRK North Korean] posts.")

    found = assign(
        sentence, core, Sides(source=frozenset({2}), target=frozenset({1})), is_reciprocal=False,
        is_active_only=False, language=english(),
    )  # fmt: skip

    assert found is None


def test_an_optional_side_stays_empty_where_nobody_is_left() -> None:
    sentence, core = sentence_of("[PRK North Korea] <sent> {troops} abroad.")

    found = assign(
        sentence, core, Sides(source=frozenset({0}), target=frozenset({0}), optional=frozenset({"target"})),
        is_reciprocal=False, is_active_only=False, language=english(),
    )  # fmt: skip

    assert found is not None
    assert (found.source, found.target) == (0, None)
    assert found.reasons == {"source": "subject", "target": "nobody left"}


def test_a_rule_for_the_active_voice_alone_leaves_the_passive() -> None:
    sentence, core = sentence_of("{Troops} were <sent> to [RUS Russia] by [PRK North Korea].")
    anybody = Sides(source=frozenset({0, 1}), target=frozenset({0, 1}))

    found = assign(sentence, core, anybody, is_reciprocal=False, is_active_only=True, language=english())

    assert found is None


def test_reasons_name_the_grammar_and_certainty_falls_where_order_decided() -> None:
    named, named_core = sentence_of("{Shells} <supplied> by [PRK Pyongyang] to [RUS Moscow] were old.")
    silent, silent_core = sentence_of("[PRK North Korea] watched [RUS Russia] while the <dispatch> went on.")
    anybody = Sides(source=frozenset({0, 1}), target=frozenset({0, 1}))

    by_grammar = assign(named, named_core, anybody, is_reciprocal=False, is_active_only=False, language=english())
    by_order = assign(silent, silent_core, anybody, is_reciprocal=False, is_active_only=False, language=english())

    assert by_grammar is not None
    assert by_grammar.reasons == {"source": "by-phrase", "target": "to-phrase"}
    assert by_grammar.certainty == 1.0
    assert by_order is not None
    assert by_order.certainty < 1.0
