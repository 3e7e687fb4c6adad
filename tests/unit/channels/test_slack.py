"""What is posted to Slack keeps Slack's limits and calls nobody, whatever an article holds."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from monitor.channels import slack
from monitor.model import Message
from tests.builders import a_message
from tests.fixtures import slack_shape
from tests.samples import samples

NASTY = st.text(alphabet=st.sampled_from("ab <>&@!#*_|`~\n\u202e\u0301\ud800북:/")) | st.sampled_from(
    ["<!channel>", "<@U012AB3CD>", "<#C012AB3CD>", "@here", "&amp;" * 700, "<" * 4000, "a" * 5000]
)


@given(NASTY, NASTY, NASTY, st.lists(st.tuples(NASTY, NASTY), max_size=30), st.lists(NASTY, max_size=20))
def test_no_text_breaks_a_limit_or_calls_anybody(
    headline: str, quote: str, by: str, facts: list[tuple[str, str]], changes: list[str]
) -> None:
    message = a_message(
        headline=headline, statement=headline, quote=quote, marked=((0, 3), (5, 9)), quote_by=by,
        facts=tuple(facts), changes=tuple(changes),
        links=tuple((label, f"https://a.example/{url}") for label, url in facts)
    )  # fmt: skip

    payload = posted(message)

    assert slack_shape.refusal(payload) == ("", [])
    assert slack_shape.mentions(payload) == []
    assert not any("@here" in text or "@channel" in text for text in texts(payload["blocks"]))


def test_signs_of_mark_up_are_escaped() -> None:
    payload = posted(samples()["09-hostile"])

    assert "&lt;!channel&gt;" in payload["text"]
    assert not any("<!" in text or "<@" in text for text in texts(payload))


def test_a_link_is_whole_or_not_there() -> None:
    address = "https://news.example/" + "a" * 2900
    links = (("Article", address), ("Other", address + "b" * 200))

    told = json.dumps(posted(a_message(links=links)))

    assert f"<{address}|Article>" in told
    assert "Other (its address is too long for Slack)" in told


def test_matched_words_are_bold_inside_a_word_too() -> None:
    message = a_message(quote="북한이 보냈다", marked=((0, 2),))

    assert any("\u200b*북한*\u200b이" in text for text in texts(posted(message)))


def test_an_update_of_a_bot_joins_the_thread_of_the_first_message() -> None:
    first = slack.receipt({"ok": True, "channel": "C012AB3CD", "ts": "1795000000.000100"})
    update = a_message(is_update=True, first_receipt=f"200 {first}")

    payload = posted(update, channel="#desk")

    assert (payload["channel"], payload["thread_ts"]) == ("C012AB3CD", "1795000000.000100")


def test_an_update_without_a_known_first_message_stands_alone() -> None:
    payload = posted(a_message(is_update=True, first_receipt="200 ok"), channel="#desk")

    assert payload["channel"] == "#desk"
    assert "thread_ts" not in payload


def test_a_hook_names_no_channel() -> None:
    assert "channel" not in posted(a_message())


def posted(message: Message, channel: str = "") -> Any:
    return json.loads(slack.render(message, channel=channel).encode("utf-8", "replace"))


def texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for one in inner for text in texts(one)]
