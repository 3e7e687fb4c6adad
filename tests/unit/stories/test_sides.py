"""Who stands behind a story."""

from dataclasses import replace

import pytest

from monitor.model import ActorCode, Fingerprint, Outlet, Outlets, Report, Said
from monitor.rules.actors import Actor, Actors
from monitor.rules.compile import outlets_of
from monitor.stories.sides import corroboration, outlet_of
from tests.builders import a_hit, a_report, a_story, codes

TASS = Outlet(code=ActorCode("tass"), state=ActorCode("RUS"))
REUTERS = ActorCode("REUTERS")
KNOWN = Outlets(by_name={"tass": TASS}, by_domain={"tass.com": TASS})
WIRE = Fingerprint(sentences=frozenset({1, 2, 3}))


def by(outlet: str, *, attribution: str = "", fingerprint: Fingerprint | None = None, url: str = "") -> Report:
    agencies = tuple(code for code in codes(attribution) if code == REUTERS)
    hit = a_hit(article=outlet, attribution=codes(attribution), agencies=agencies)
    report = a_report(outlet, outlet=outlet, hit=hit, url=url)
    return replace(report, fingerprint=fingerprint or Fingerprint(sentences=frozenset({hash(outlet) & 0xFFFF})))


@pytest.mark.parametrize(
    ("reports", "voices", "independent"),
    [
        pytest.param([by("BBC"), by("Yonhap"), by("Le Monde")], 3, 3, id="three of their own"),
        pytest.param([by("BBC"), by("bbc "), by("BBC")], 1, 1, id="one outlet three times"),
        pytest.param([by("BBC", fingerprint=WIRE), by("Yonhap", fingerprint=WIRE), by("Le Monde")], 2, 2, id="a copy"),
        pytest.param(
            [by("BBC", attribution="REUTERS"), by("Yonhap", attribution="REUTERS")], 1, 1, id="one agency behind both"
        ),
        pytest.param([by("BBC", attribution="KOR"), by("Yonhap", attribution="KOR")], 2, 2, id="one side behind both"),
        pytest.param([by("BBC"), by("TASS")], 2, 1, id="state media of a party"),
        pytest.param([by("", url="https://www.tass.com/1")], 1, 0, id="known by its address"),
    ],
)
def test_voices_are_counted_once_and_apart_from_the_parties(
    reports: list[Report], voices: int, independent: int
) -> None:
    found = corroboration(a_story(reports=tuple(reports)), KNOWN)

    assert (found.voices, found.independent) == (voices, independent)


def test_sides_are_those_who_say_so_and_the_parties_without_a_word_are_named() -> None:
    said = {
        Said(status="alleged", side="KOR"),
        Said(status="alleged", side="UKR"),
        Said(status="asserted"),
        Said(status="denied", side="RUS"),
    }

    found = corroboration(a_story(said=frozenset(said)), KNOWN)

    assert found.saying == codes("KOR UKR")
    assert found.denying == codes("RUS")
    assert found.silent == codes("PRK")
    assert found.sides == 2


def test_an_address_that_is_none_names_no_outlet() -> None:
    assert outlet_of(by("Harbour Wire", url="https://[broken"), KNOWN) is None


def test_media_are_known_by_names_and_domains_and_speak_for_a_state_only_where_affiliated() -> None:
    actors = Actors(
        by_id={
            "tass": Actor(
                id="tass", code=ActorCode("RUS"), kind="media", of="russia", is_affiliated=True,
                names={"en": ("TASS",), "ru": ("ТАСС",)}, domains=("tass.com",),
            ),
            "reuters": Actor(id="reuters", code=REUTERS, kind="media", names={"en": ("Reuters",)}),
        }
    )  # fmt: skip

    known = outlets_of(actors)

    assert known.by_name["тасс"] == known.by_domain["tass.com"] == TASS
    assert known.by_name["reuters"].state is None
