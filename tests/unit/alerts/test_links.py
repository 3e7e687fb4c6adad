"""A link gives the one answer it was signed for, until its time is over, and no other text gives any."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts.links import ANSWERS, LABELS, LASTING, LONGEST, PATH, Signer, Token, Unsound, sign, verify
from monitor.model import AlertId, ChannelName
from tests.builders import NOON

SECRET = "k3y-of-the-desk-for-tests-alone-0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
SECOND = timedelta(seconds=1)
FORGED = Unsound(because="forged")

names = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}", fullmatch=True).map(ChannelName)
ids = st.one_of(
    st.from_regex("[0-9a-f]{24}", fullmatch=True), st.from_regex(r"(digest|drain)-[0-9a-f]{18}", fullmatch=True),
    st.from_regex("[0-9a-f]{1,63}", fullmatch=True),
).map(AlertId)  # fmt: skip
moments = st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001 (hypothesis adds the zone)
    lambda at: at.replace(microsecond=0)
)
tokens = st.builds(Token, alert=ids, answer=st.sampled_from(ANSWERS), channel=names, expires_at=moments)


@given(tokens)
def test_what_was_signed_is_read_back_until_its_last_second(token: Token) -> None:
    text = sign(token, SECRET)

    assert verify(text, SECRET, token.expires_at - SECOND) == token
    assert verify(text, SECRET, token.expires_at) == Unsound(because="expired")
    assert len(text) <= LONGEST


@given(tokens, st.data())
def test_a_changed_bit_is_refused(token: Token, data: st.DataObject) -> None:
    text = sign(token, SECRET)
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from(LETTERS).filter(lambda letter: letter != text[at]))

    assert verify(text[:at] + other + text[at + 1 :], SECRET, NOON) == FORGED


@given(tokens, st.data())
def test_a_part_of_a_token_or_more_than_one_is_refused(token: Token, data: st.DataObject) -> None:
    text = sign(token, SECRET)
    cut = data.draw(st.integers(0, len(text) - 1))

    for wrong in (text[:cut], text[cut + 1 :], text + "0", text * 2, f"{text}=", f" {text}", f"{text}\n"):
        assert verify(wrong, SECRET, NOON) == FORGED


@given(st.text(max_size=700) | st.text(alphabet=LETTERS, max_size=700))
def test_any_other_text_is_refused(text: str) -> None:
    assert verify(text, SECRET, NOON) == FORGED


@given(tokens, st.text(min_size=1))
def test_another_secret_signs_nothing_here(token: Token, secret: str) -> None:
    assert verify(sign(token, SECRET), secret, NOON) == FORGED


@given(tokens, tokens)
def test_two_answers_never_share_a_link(one: Token, other: Token) -> None:
    assert (sign(one, SECRET) == sign(other, SECRET)) == (one == other)


def test_a_message_gets_a_link_for_each_answer_that_holds_thirty_days() -> None:
    signer = Signer(public_url="https://alerts.example.org", secret=SECRET)

    links = signer.links(AlertId("831dc8649bc6ab61fa19b9b3"), ChannelName("desk"), NOON)

    assert [link.answer for link in links] == list(ANSWERS) == list(LABELS)
    read = [verify(link.url.removeprefix(f"https://alerts.example.org{PATH}"), SECRET, NOON) for link in links]
    assert [one.answer for one in read if isinstance(one, Token)] == list(ANSWERS)
    assert {one.expires_at for one in read if isinstance(one, Token)} == {NOON + LASTING}
    assert max(len(link.url) for link in links) < 90


@pytest.mark.parametrize("shown", [repr, str])
def test_neither_secret_nor_link_is_printed_by_the_way(shown: type[str]) -> None:
    signer = Signer(public_url="https://alerts.example.org", secret=SECRET)
    (link, *_) = signer.links(AlertId("a1"), ChannelName("desk"), NOON)

    assert SECRET not in shown(signer)
    assert PATH not in shown(link)
