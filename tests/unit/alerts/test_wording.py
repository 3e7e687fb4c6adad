"""The words of an alert."""

import pytest

from monitor.alerts.wording import corroborated
from monitor.model import ActorCode, Corroboration, Names
from tests.builders import codes


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (Corroboration(voices=3, independent=3), "3 independent of the parties"),
        (Corroboration(voices=1, silent=codes("RUS")), "none independent of the parties"),
        (
            Corroboration(voices=4, independent=3, saying=codes("KOR UKR"), silent=codes("RUS")),
            "3 independent of the parties; South Korea and Ukraine say so; no word from Russia",
        ),
        (
            Corroboration(voices=2, independent=1, saying=codes("UKR"), silent=codes("KOR RUS")),
            "1 independent of the parties; Ukraine says so; no word from South Korea or Russia",
        ),
        (
            Corroboration(voices=2, independent=2, saying=codes("KOR"), denying=codes("RUS")),
            "2 independent of the parties; South Korea says so; Russia denies it",
        ),
    ],
)
def test_who_stands_behind_it_is_said_in_a_line(found: Corroboration, told: str) -> None:
    names = Names(by_code={ActorCode("KOR"): "South Korea", ActorCode("UKR"): "Ukraine", ActorCode("RUS"): "Russia"})

    assert corroborated(found, names) == told
