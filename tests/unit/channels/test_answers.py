"""With links on each kind of channel carries them as its golden file says; without them test_kinds holds as before.

After a change that is meant, write them anew: python -m tests.unit.channels.test_answers
"""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts.links import ANSWERS, Signer
from monitor.channels import plain, slack
from monitor.channels.kinds import KINDS
from monitor.channels.screen import web_address
from monitor.model import AlertId, ChannelName, Message
from tests.builders import NOON, a_message
from tests.fixtures import slack_shape
from tests.unit.channels.test_kinds import GOLDEN, SAMPLES, rendered_message
from tests.unit.channels.test_webhook import SCHEMA, departures

SIGNER = Signer(public_url="https://alerts.example.org", secret="for-golden-files-alone-0123456789abcdef")
LINKS = SIGNER.links(AlertId("831dc8649bc6ab61fa19b9b3"), ChannelName("desk"), NOON)


def answerable(message: Message) -> Message:
    return replace(message, answers=LINKS)


def rendered(kind: str) -> str:
    return rendered_message(kind, answerable(SAMPLES["01-alleged"]))


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_carries_the_links_as_its_golden_file(kind: str) -> None:
    assert rendered(kind) == (GOLDEN / "answers" / f"{kind}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_each_link_is_whole_and_nothing_else_is_changed(kind: str) -> None:
    without, told = rendered_message(kind, SAMPLES["01-alleged"]), rendered(kind)

    assert all(link.url in told for link in LINKS)
    assert "https://alerts.example.org" not in without


def test_the_document_of_a_webhook_with_links_keeps_the_published_form() -> None:
    document = json.loads(rendered("webhook"))

    assert departures(document, SCHEMA, "alert") == []
    assert [one["answer"] for one in document["answers"]] == list(ANSWERS)
    assert SCHEMA["properties"]["answers"]["items"]["properties"]["answer"]["enum"] == list(ANSWERS)
    assert "answers" not in SCHEMA["required"]


@given(st.integers(0, 700), st.lists(st.tuples(st.text(max_size=2_500), st.text(max_size=2_500)), max_size=30))
def test_slacks_limits_are_kept_with_public_addresses_of_any_length(length: int, facts: list[tuple[str, str]]) -> None:
    signer = Signer(public_url=f"https://alerts.example.org/{'p' * length}", secret=SIGNER.secret)
    links = signer.links(AlertId("a1"), ChannelName("c" * 200), NOON)

    payload: Any = json.loads(slack.render(a_message(facts=tuple(facts), answers=links)).encode("utf-8", "replace"))

    assert slack_shape.refusal(payload) == ("", [])
    told = json.dumps(payload)
    assert f"<{links[0].url}|Acknowledge>" in told
    assert told.count("https://alerts.example.org") == sum(f"<{link.url}|{link.label}>" in told for link in links)


@pytest.mark.parametrize("limit", [700, 1_000, 1_400, 4_096])
def test_a_service_that_takes_little_keeps_the_first_answer_whole(limit: int) -> None:
    message = answerable(a_message(quote="a b " * 60, marked=()))

    body = plain.render(message, plain.Limits(body=limit)).body

    assert len(body) <= limit
    assert f"Acknowledge: {LINKS[0].url}" in body
    assert "https://news.example/world/troops" in body
    assert body.count("https://alerts.example.org") == sum(link.url in body for link in LINKS)


def test_an_address_of_ours_is_shown_as_it_is() -> None:
    assert [web_address(link.url) for link in LINKS] == [link.url for link in LINKS]


if __name__ == "__main__":
    for name in KINDS:
        (GOLDEN / "answers" / f"{name}.txt").write_text(rendered(name), encoding="utf-8")
