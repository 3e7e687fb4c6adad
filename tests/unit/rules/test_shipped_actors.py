"""Laws that the shipped actor files keep, whoever edits them, and the names that news needs."""

import itertools
import tomllib
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path

from monitor.resources import shipped
from monitor.rules.actors import Actor, Actors
from monitor.rules.compile import allowed_ids
from monitor.rules.lexicons import Term, term_of
from monitor.rules.load import load
from monitor.text.fold import folded

ISO = tomllib.loads((Path(__file__).parents[2] / "tables" / "iso_3166_1.toml").read_text(encoding="utf-8"))
TITLES = {"president", "premier", "minister", "chancellor", "secretary", "speaker", "chairman", "marshal", "king"}


@cache
def texts() -> dict[str, str]:
    folder = shipped("rules")
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in folder.rglob("*.toml")}


@cache
def actors() -> Actors:
    """The shipped actors, read without the rules: a wrong rule is no matter of theirs."""
    pack, problems = load({name: text for name, text in texts().items() if name.startswith("actors/")})
    assert [problem.in_full() for problem in problems] == []
    return pack.actors


FIRST_HAN = 0x3040
"""From here on a letter is a syllable or a word: 美, 북."""


def spoken(written: str) -> tuple[str, str]:
    """What a name is in a text: folded, and as written where its case matters."""
    term: Term = term_of(written)
    is_capitals = len(term.text) <= 4 and term.text.isalpha() and term.text.isupper()
    return folded(term.text), term.text if term.how == "cased" or is_capitals else ""


def clashes(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether the same letters in a text can be both."""
    return one[0] == other[0] and (not one[1] or not other[1] or one[1] == other[1])


@cache
def strong() -> dict[str, list[tuple[tuple[str, str], Actor]]]:
    """Every full name in English by its folded letters, with its owner."""
    found: dict[str, list[tuple[tuple[str, str], Actor]]] = defaultdict(list)
    for actor in actors().by_id.values():
        for written in actor.names.get("en", ()):
            found[folded(term_of(written).text)].append((spoken(written), actor))
    return found


def test_a_state_has_a_code_of_iso_3166() -> None:
    states = {actor.id: actor.code for actor in actors().by_id.values() if actor.kind == "state"}

    assert len(ISO["codes"]) == len(set(ISO["codes"])) == 249
    assert {id_: code for id_, code in states.items() if code not in {*ISO["codes"], *ISO["user_assigned"]}} == {}
    assert len(set(states.values())) == len(states)


def test_every_member_of_the_united_nations_is_there() -> None:
    states = {actor.code for actor in actors().by_id.values() if actor.kind == "state"}
    territories = {
        "ABW", "AIA", "ALA", "ASM", "ATA", "ATF", "BES", "BLM", "BMU", "BVT", "CCK", "COK", "CUW", "CXR", "CYM", "ESH",
        "FLK", "FRO", "GGY", "GIB", "GLP", "GRL", "GUF", "GUM", "HKG", "HMD", "IMN", "IOT", "JEY", "MAC", "MAF", "MNP",
        "MSR", "MTQ", "MYT", "NCL", "NFK", "NIU", "PCN", "PRI", "PSE", "PYF", "REU", "SGS", "SHN", "SJM", "SPM", "SXM",
        "TCA", "TKL", "TWN", "UMI", "VAT", "VGB", "VIR", "WLF",
    }  # fmt: skip

    members = set(ISO["codes"]) - territories

    assert len(members) == 193
    assert members - states == set()


def test_no_full_name_has_two_owners() -> None:
    shared = {
        name: sorted({first[1].id, second[1].id})
        for name, owners in strong().items()
        for first, second in itertools.combinations(owners, 2)
        if first[1].id != second[1].id and clashes(first[0], second[0])
    }

    assert shared == {}


def test_no_name_is_both_full_and_weak() -> None:
    both = {
        (actor.id, written)
        for actor in actors().by_id.values()
        for written in actor.weak.get("en", ())
        if any(
            clashes(spoken(written), name) and owner.id == actor.id
            for name, owner in strong().get(folded(term_of(written).text), ())
        )
    }

    assert both == set()


def test_no_false_friend_hides_the_full_name_of_another() -> None:
    hidden = {
        (actor.id, written, owner.id)
        for actor in actors().by_id.values()
        for written in actor.never.get("en", ())
        for name, owner in strong().get(folded(term_of(written).text), ())
        if clashes(spoken(written), name)
    }

    assert hidden == set()


def test_no_name_is_written_twice_in_one_actor() -> None:
    for actor in actors().by_id.values():
        for names in (*actor.names.values(), *actor.weak.values(), *actor.never.values()):
            assert len(set(names)) == len(names), f"{actor.id}: {sorted(n for n in names if names.count(n) > 1)}"


def test_no_name_is_one_letter_but_those_of_headlines_that_stand_apart() -> None:
    short = {
        (actor.id, written)
        for actor in actors().by_id.values()
        for names in (*actor.names.values(), *actor.weak.values())
        for written in names
        if sum(letter.isalnum() for letter in term_of(written).text) < 2
        and not (term_of(written).how == "exact" and ord(term_of(written).text) >= FIRST_HAN)
    }

    assert short == set()


def test_a_name_begins_and_ends_with_a_letter_or_a_point() -> None:
    odd = {
        (actor.id, written)
        for actor in actors().by_id.values()
        for names in (*actor.names.values(), *actor.weak.values(), *actor.never.values())
        for written in names
        if not (term_of(written).text[0].isalnum() and (term_of(written).text[-1].isalnum() or written[-1] in ".+~"))
    }

    assert odd == set()


def test_whoever_acts_for_another_acts_for_one_that_is_there() -> None:
    tables = {}
    for name, text in texts().items():
        if name.startswith("actors/"):
            tables.update(tomllib.loads(text).get("actors", {}))

    assert {id_: table["of"] for id_, table in tables.items() if "of" in table and table["of"] not in tables} == {}
    assert set(tables) == set(actors().by_id)


def test_everyone_has_a_name_in_english() -> None:
    assert [actor.id for actor in actors().by_id.values() if not actor.names.get("en")] == []


def test_a_title_before_a_family_name_leaves_no_rest_of_the_full_name() -> None:
    """Where "President Yoon" is a name, "President Yoon Suk Yeol" is one: the longest name wins."""
    missing = set()
    for actor in actors().by_id.values():
        names = {folded(term_of(written).text) for written in actor.names.get("en", ())}
        for one, other in itertools.permutations(names, 2):
            title, given = one.split(), other.split()
            joined = " ".join((*title, *given[1:]))
            if actor.kind == "person" and TITLES & set(title[:-1]) and len(given) > 1 and title[-1] == given[0]:
                missing |= {joined} - names

    assert missing == set()


def test_a_person_acts_for_a_state_or_an_organisation() -> None:
    people = [actor for actor in actors().by_id.values() if actor.kind == "person"]

    assert [one.id for one in people if actors().whole(one).kind not in ("state", "organisation")] == []
    assert [one.id for one in people if not one.of] == []


def test_one_office_of_a_state_is_held_by_one_person_at_a_time() -> None:
    """The day on which one leaves and the next comes may be the same."""
    held: dict[tuple[str, str], list[tuple[date, date, str]]] = defaultdict(list)
    for actor in actors().by_id.values():
        for office in actor.offices:
            terms = held[actor.of, office.title.casefold()]
            terms.append((office.since or date.min, office.until or date.max, actor.id))

    overlaps = {
        (*office, first[2], second[2])
        for office, terms in held.items()
        for first, second in itertools.pairwise(sorted(terms))
        if second[0] < first[1]
    }

    assert overlaps == set()


def test_an_affiliated_medium_says_for_whom_it_speaks() -> None:
    media = [actor for actor in actors().by_id.values() if actor.kind == "media"]

    assert [one.id for one in media if one.is_affiliated and not one.of] == []
    assert [one.id for one in media if one.of and not one.is_affiliated] == []


def test_a_domain_belongs_to_one_medium() -> None:
    owners: dict[str, list[str]] = defaultdict(list)
    for actor in actors().by_id.values():
        for domain in actor.domains:
            assert domain == domain.lower()
            assert "/" not in domain
            owners[domain].append(actor.id)

    assert {domain: ids for domain, ids in owners.items() if len(ids) > 1} == {}


def test_whoever_acts_for_a_state_satisfies_any_state_and_a_place_never_does() -> None:
    any_state = allowed_ids(actors(), "state")
    kinds = {
        kind: {one.id for one in actors().by_id.values() if one.kind == kind and actors().whole(one).kind == "state"}
        for kind in ("state", "person", "organisation", "place", "media")
    }

    assert kinds["state"] | kinds["person"] | kinds["organisation"] <= any_state
    assert any_state.isdisjoint(kinds["place"] | kinds["media"])
