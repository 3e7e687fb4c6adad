"""The log: readable on a terminal, JSON elsewhere, and no secret in either."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from monitor import log

TOKEN = "TIiajkdnlazkcOXrIdevi7FQ"


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    libraries = {name: logging.getLogger(name).level for name in ("apprise", "httpx2", "apscheduler")}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in libraries.items():
        logging.getLogger(name).setLevel(before)
    structlog.reset_defaults()
    log._hidden.clear()


def logged(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


# --- the form ---------------------------------------------------------------------------------------------------------


def test_elsewhere_than_on_a_terminal_a_line_is_a_json_object() -> None:
    stream = io.StringIO()
    log.setup("info", "auto", stream)

    log.get().info("feed_polled", feed="연합뉴스", entries=50)

    (line,) = logged(stream)
    assert "연합뉴스" in stream.getvalue()
    assert (line["event"], line["level"], line["entries"]) == ("feed_polled", "info", 50)
    assert line["timestamp"].endswith("Z")


def test_on_a_terminal_a_line_is_for_a_reader() -> None:
    stream = Terminal()
    log.setup("info", "auto", stream)

    log.get().info("feed_polled", feed="yonhap")

    assert "feed_polled" in stream.getvalue()
    assert not stream.getvalue().startswith("{")


def test_libraries_speak_in_the_same_form() -> None:
    stream = io.StringIO()
    log.setup("info", "json", stream)

    logging.getLogger("alembic.runtime").warning("Table %s is there already", "feeds")

    (line,) = logged(stream)
    assert (line["event"], line["level"]) == ("Table feeds is there already", "warning")


def test_what_the_scheduler_says_is_said_by_events_of_ours_alone() -> None:
    stream = io.StringIO()
    log.setup("debug", "json", stream)

    logging.getLogger("apscheduler.scheduler").warning("skipped: maximum number of running instances reached")
    logging.getLogger("apscheduler.executors.default").error("Job raised an exception")

    assert stream.getvalue() == ""


@pytest.mark.parametrize("library", ["apprise", "httpx2"])
def test_libraries_are_silent_below_a_warning_even_in_debug(library: str) -> None:
    stream = io.StringIO()
    log.setup("debug", "json", stream)

    logging.getLogger(library).debug("a body")
    logging.getLogger(library).info("a token")

    assert stream.getvalue() == ""


def test_what_is_less_urgent_than_the_level_is_left_out() -> None:
    stream = io.StringIO()
    log.setup("warning", "json", stream)

    log.get().info("feed_polled")
    log.get().warning("feed_failed")

    assert [line["event"] for line in logged(stream)] == ["feed_failed"]


def test_setting_up_again_sends_everything_to_the_new_stream() -> None:
    first, second = io.StringIO(), io.StringIO()
    log.setup("info", "json", first)
    log.setup("info", "json", second)

    log.get().info("feed_polled")

    assert first.getvalue() == ""
    assert len(logged(second)) == 1


def test_an_event_without_a_meaning_is_refused_under_tests() -> None:
    log.setup("info", "json", io.StringIO(), only_known=True)

    with pytest.raises(LookupError, match="feed_eaten"):
        log.get().info("feed_eaten")


def test_before_it_is_set_up_the_log_keeps_off_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    log.get().warning("feed_failed", url="https://a:secret@example.org/")

    assert capsys.readouterr().out == ""


# --- secrets ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("https://ann:pw@example.org/x", "https://***@example.org/x", id="userinfo"),
        pytest.param("postgresql://m:p@ss@db/m", "postgresql://***@db/m", id="password-with-an-at-sign"),
        pytest.param("mailto://m:p/w@h.org?to=x", "mailto://***@h.org?to=x", id="mail-password-with-a-slash"),
        pytest.param(
            "see https://a.org/?page=2&api_key=abc#top", "see https://a.org/?page=2&api_key=***#top", id="key"
        ),
        pytest.param("https://a.org/?access_token=abc&x=1", "https://a.org/?access_token=***&x=1", id="token"),
        pytest.param("https://a.org/?Password=abc", "https://a.org/?Password=***", id="in-capitals"),
        pytest.param(f"slack://T1JJ3/A1BRT/{TOKEN}/#general", "slack://***", id="slack"),
        pytest.param(
            f"POST https://hooks.slack.com/services/T1/A1/{TOKEN}", "POST https://hooks.slack.com/***", id="hook"
        ),
        pytest.param("tgram://123456789:abcdefg/12315544/", "tgram://***", id="telegram"),
        pytest.param(
            "https://api.telegram.org/bot123:abc/sendMessage", "https://api.telegram.org/***", id="telegram-api"
        ),
        pytest.param(
            "https://discord.com/api/webhooks/417/JHMH", "https://discord.com/api/webhooks/***", id="discord-webhook"
        ),
        pytest.param("https://example.org/news?page=2", "https://example.org/news?page=2", id="nothing-secret"),
        pytest.param("sqlite:////var/lib/m.db", "sqlite:////var/lib/m.db", id="a-file"),
        pytest.param("the monkey=banana of 2024", "the monkey=banana of 2024", id="a-word-that-ends-in-key"),
        pytest.param("write to ann@example.org", "write to ann@example.org", id="a-mailbox"),
    ],
)
def test_redact(text: str, shown: str) -> None:
    assert log.redact(text) == shown


@given(st.text(alphabet="ab:/?@&=#. pswordtkenhlc", max_size=60))
def test_redacting_twice_is_redacting_once(text: str) -> None:
    once = log.redact(text)

    assert log.redact(once) == once


def test_what_is_hidden_is_shown_nowhere() -> None:
    log.hide("hunter2!")

    assert log.redact("535 login of ann with hunter2! refused") == "535 login of ann with *** refused"


def test_a_hidden_text_is_hidden_before_the_shorter_one_inside_it() -> None:
    log.hide("hunter")
    log.hide("hunter2!")

    assert log.redact("hunter2!") == "***"


def test_a_text_too_short_to_be_a_secret_is_left_alone() -> None:
    log.hide("a")

    assert log.redact("banana") == "banana"


@pytest.mark.parametrize("form", ["json", "text"])
def test_no_secret_is_logged_by_value_by_nesting_or_by_traceback(form: log.Format) -> None:
    stream = io.StringIO()
    log.setup("info", form, stream)
    log.hide("hunter2!")
    address = f"slack://T1/A1/{TOKEN}"

    log.get().info("feed_polled", url=address, nested={"inner": [address, ("hunter2!",)]})
    logging.getLogger("apprise").warning("could not send to %s with hunter2!", address)
    try:
        raise ValueError(f"no answer from {address} with hunter2!")
    except ValueError:
        log.get().exception("delivery_broke")

    assert TOKEN not in stream.getvalue()
    assert "hunter2!" not in stream.getvalue()
    assert "ValueError: no answer from slack://***" in stream.getvalue()


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_steers_a_terminal_is_shown_and_not_obeyed(form: log.Format) -> None:
    stream = io.StringIO()
    log.setup("info", form, stream)

    log.get().info("entry_skipped", entry="\x1b[2J\x9b31m\u202egone", many=["\x1b]0;title\x07"])

    assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(stream.getvalue())
    assert "gone" in stream.getvalue()
