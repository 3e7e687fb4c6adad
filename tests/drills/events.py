"""Events for a drill, each with parties of its own, so that no two can be taken for one story."""

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass

STATES = {  # all of them known to the shipped rules
    "ARG": "Argentina", "AUS": "Australia", "AUT": "Austria", "BGD": "Bangladesh", "BEL": "Belgium",
    "BRA": "Brazil", "BGR": "Bulgaria", "KHM": "Cambodia", "CAN": "Canada", "CHL": "Chile",
    "COL": "Colombia", "CUB": "Cuba", "DNK": "Denmark", "EGY": "Egypt", "EST": "Estonia",
    "ETH": "Ethiopia", "FIN": "Finland", "FRA": "France", "GRC": "Greece", "HUN": "Hungary",
    "IND": "India", "IDN": "Indonesia", "IRQ": "Iraq", "ITA": "Italy", "JPN": "Japan",
    "KAZ": "Kazakhstan", "LVA": "Latvia", "LBY": "Libya", "LTU": "Lithuania", "MYS": "Malaysia",
    "MLI": "Mali", "MEX": "Mexico", "MNG": "Mongolia", "MAR": "Morocco", "NPL": "Nepal",
    "NGA": "Nigeria", "NOR": "Norway", "PAK": "Pakistan", "PER": "Peru", "POL": "Poland",
    "PRT": "Portugal", "ROU": "Romania", "SRB": "Serbia", "ESP": "Spain", "LKA": "Sri Lanka",
    "SDN": "Sudan", "SWE": "Sweden", "THA": "Thailand", "UZB": "Uzbekistan", "VNM": "Vietnam",
}  # fmt: skip
TITLES = (
    "{source} sends {count} soldiers to {target}",
    "{source} deploys troops to {target}",
    "{source} dispatches a battalion of {count} troops to {target}",
    "{count} soldiers sent to {target} by {source}",
)
TEXTS = (
    "{source} has sent {count} soldiers to {target}, the defence ministry said on Monday.",
    "Some {count} troops were sent to {target} by {source} this week.",
    "{source} deployed {count} soldiers to {target} on Tuesday, officials confirmed.",
    "{source} dispatched about {count} soldiers to {target} last night.",
)
WORDS = (
    "lantern", "orchard", "violin", "granite", "meadow", "harvest", "compass", "teapot", "ladder", "blanket",
    "pebble", "candle", "walnut", "ribbon", "kettle", "saddle", "thimble", "basket", "marble", "feather",
    "cellar", "garden", "mirror", "pillow", "button", "carpet", "window", "pencil", "bottle", "hammer",
    "willow", "pepper", "copper", "velvet", "barley", "clover", "salmon", "pigeon", "donkey", "rabbit",
)  # fmt: skip
"""Of no event; in an order of their own in each text, they keep one from being a copy of another."""
CAPACITY = len(STATES) * (len(STATES) - 1) // 2
"""How many events there can be: one for each unordered pair of states."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One article of one event. `token` is its address, by which its alert is known again."""

    token: str
    source: str
    target: str
    title: str
    text: str


def events(count: int, seed: int) -> list[Event]:
    """So many events in an order that the seed decides. Raises ValueError above CAPACITY."""
    if count > CAPACITY:
        raise ValueError(f"{count} events asked for; there are {CAPACITY} pairs of states")
    chance = random.Random(seed)
    pairs = [chance.sample(pair, 2) for pair in itertools.combinations(sorted(STATES), 2)]
    chance.shuffle(pairs)
    return [
        _event(number, one, other, [word for _ in range(4) for word in chance.sample(WORDS, 40)])
        for number, (one, other) in enumerate(pairs[:count])
    ]


def _event(number: int, source: str, target: str, filling: Sequence[str]) -> Event:
    words = {"source": STATES[source], "target": STATES[target], "count": 300 + number}
    return Event(
        token=f"https://drill.example/event/{number:05d}",
        source=source,
        target=target,
        title=TITLES[number % len(TITLES)].format(**words),
        text=" ".join(
            (
                TEXTS[number // len(TITLES) % len(TEXTS)].format(**words),
                *(f"{' '.join(filling[start : start + 10]).capitalize()}." for start in range(0, len(filling), 10)),
            )
        ),
    )
