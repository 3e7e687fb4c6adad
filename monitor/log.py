"""The log: set up once, one event a fact, and no secret in it.

A line goes to standard error: readable on a terminal, JSON elsewhere. The loggers of libraries (apscheduler,
apprise, alembic, httpx2) go the same way. What an event is called stands in `EVENTS`.
"""

import logging
import re
from collections.abc import Mapping, MutableMapping
from datetime import datetime
from typing import Any, Final, Literal, TextIO, cast

import structlog
from structlog.typing import EventDict, FilteringBoundLogger, Processor, WrappedLogger

EVENTS: Final[Mapping[str, str]] = {
    "feed_polled": "A feed was asked and answered; how many entries were new, and when it is due again.",
    "feed_failed": "A poll brought nothing, and why.",
    "entry_skipped": "One entry of a feed could not be read; the others were.",
    "rules_loaded": "How many rules are in force, and what is stale: broken, and in force as it last was good.",
    "rule_rejected": "A mistake in a rule, or a regular expression that ran away; it is left out, or stays as it was.",
    "last_rules_ignored": "The rules that were last in force can't stand in for what is broken now, and why.",
    "hit_withdrawn": "An article was revised and no longer says what a rule had found in it.",
    "story_opened": "An event was told of for the first time.",
    "story_updated": "Something new became known about an event.",
    "alert_raised": "A person is to be told.",
    "alert_held": "A person is to be told later, and why.",
    "alert_dropped": "Nobody is told, and why.",
    "backlog_kept": "Stories of a first document or after a gap, too old for an alert: kept, and told to nobody.",
    "delivery_accepted": "The other side took an alert.",
    "delivery_deferred": "An alert was not taken and is tried again.",
    "dead_letter_added": "An alert was given up; it is kept and shown.",
    "ledger_sealed": "A day of the ledger is over and has its seal; a copy kept elsewhere proves later what was.",
    "store_pruned": "What was kept as long as the configuration asks is gone, and how much it was.",
    "seal_broken": "Days of the ledger don't fit their seal, so they were not pruned.",
    "deliveries_stranded": "Alerts wait for a channel that is no longer configured; put it back and they go out.",
    "alerts_published": "The feeds of alerts in the published folder hold what was committed.",
    "publish_failed": "The folder of published feeds can't be written; it is tried again every minute.",
    "trouble_found": "Something is wrong with the monitor itself; where, and what to do about it.",
    "trouble_changed": "A trouble lasts and is another than before: one more mistake in a file that was wrong already.",
    "trouble_mended": "A trouble is over.",
    "trouble_passed": "Something had been wrong with the monitor and is over: an end unasked, a database away.",
    "operator_told": "A channel for operators is told of a trouble.",
    "operator_unreached": "A trouble could not be told to anybody at once; the log has it.",
    "channel_unusable": "The address of a channel can't be used; the others work, and what is for it waits.",
    "links_unusable": "The secret of the links can't be read; messages go out without links until it can.",
    "listener_ready": "The pages to which the links in messages lead can be reached, and where.",
    "listener_failed": "The pages to which the links in messages lead can't be reached, and why; it is tried again.",
    "answer_given": "A reader answered an alert by a link: acknowledged, right, or wrong and in what.",
    "link_refused": "A link was opened that is none of ours, or too old.",
    "page_broke": "An unforeseen error of ours in a page for readers; it costs that page.",
    "channel_paused": "A channel does not answer: it is tried now and then, and what is for it waits.",
    "channel_recovered": "A channel that did not answer takes alerts again; what waited goes out at its pace.",
    "daemon_ready": "The daemon is ready: the database is open and the first poll is due.",
    "reload_started": "The daemon was asked to read its configuration and rules anew.",
    "reload_done": "Configuration and rules were read anew and are in force.",
    "reload_failed": "What was in force stays so: the configuration can't be used, or the database not be asked.",
    "setting_kept": "A setting was changed that only a restart takes up; the old value stays.",
    "loop_hung": "A loop of ours makes no progress: the watchdog of systemd is fed no more and ends us.",
    "daemon_stopping": "The daemon was told to stop and finishes or releases what is under way.",
    "daemon_stopped": "The daemon has stopped.",
    "store_failed": "The database could not do what was asked; the work is tried again.",
    "tick_skipped": "A round of work was still under way when the next was due.",
    "article_broke": "An unforeseen error of ours in one article; it is not stored, and tried again at every poll.",
    "document_broke": "An unforeseen error of ours in a document; its articles are taken in one by one.",
    "review_broke": "An unforeseen error of ours in deciding about what was held; it is decided again in ten minutes.",
    "poll_broke": "An unforeseen error of ours in a poll; it costs that poll.",
    "delivery_broke": "An unforeseen error of ours in a delivery; it costs that attempt.",
}
"""Every event that the program logs, and what it means."""

Level = Literal["debug", "info", "warning", "error"]
Format = Literal["auto", "text", "json"]

HIDDEN: Final = "***"
_SILENT = "apscheduler"
"""It warns at every second of a long poll; the daemon tells what its scheduler does by events of ours."""
_LIBRARIES = ("apprise", "alembic", "httpx2", "httpcore2", "sqlalchemy")
"""Loggers that are held at warning: they speak of their own workings, and apprise below it of tokens."""


def get(name: str = "monitor") -> FilteringBoundLogger:
    """A logger; what is logged before `setup` goes to standard error from warning on."""
    if not structlog.is_configured():
        _set_up_early()
    return cast(FilteringBoundLogger, structlog.get_logger(name))


def setup(level: Level, format: Format, stream: TextIO, *, only_known: bool = False) -> None:  # noqa: A002 (as the key)
    """Send everything that is logged to `stream`, from `level` on.

    `format` auto is text on a terminal and JSON elsewhere. `only_known` makes an event that `EVENTS` does not
    name a LookupError, for tests. May be called again: the last call holds.
    """
    is_text = format == "text" or (format == "auto" and stream.isatty())
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            *([_refuse_unknown] if only_known else []),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *([] if is_text else [structlog.processors.format_exc_info]),
            _plain_moments,
            _hide_secrets,
            _renderer(is_text=is_text, colors=is_text and stream.isatty()),
        ],
    )
    _send_to(stream, formatter, level)


def _plain_moments(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Times as ISO 8601 in whole seconds, for people and programs alike."""
    for key, value in event.items():
        if isinstance(value, datetime):
            event[key] = value.isoformat(timespec="seconds")
    return event


def _set_up_early() -> None:
    """Let logging's own last resort print plain lines, so that results on standard output stay clean."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_log_level,
            structlog.processors.format_exc_info,
            _hide_secrets,
            structlog.dev.ConsoleRenderer(colors=False),
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def _renderer(*, is_text: bool, colors: bool) -> Processor:
    if is_text:
        return structlog.dev.ConsoleRenderer(
            colors=colors, exception_formatter=structlog.dev.plain_traceback, pad_event_to=20
        )
    return structlog.processors.JSONRenderer(ensure_ascii=False, default=str)


class _Handler(logging.StreamHandler[TextIO]):
    """Writes lines without the secrets that a traceback may hold."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def _send_to(stream: TextIO, formatter: logging.Formatter, level: Level) -> None:
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if isinstance(handler, _Handler)]:
        root.removeHandler(handler)
        handler.close()
    handler = _Handler(stream)
    handler.setFormatter(formatter)
    root.addHandler(handler)
    number = logging.getLevelNamesMapping()[level.upper()]
    root.setLevel(number)
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(max(number, logging.WARNING))
    logging.getLogger(_SILENT).setLevel(logging.CRITICAL)


def _refuse_unknown(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    if event["event"] not in EVENTS:
        raise LookupError(f"monitor.log.EVENTS does not name {event['event']!r}")
    return event


_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What steers a terminal or turns the order of letters around: who writes a feed must not write an operator's log."""


# --- redaction --------------------------------------------------------------------------------------------------------

_hidden: set[str] = set()

_WORDS = r"password|passwd|pwd|token|secret|signature|api_?key|access_?key|credential"
_TELLING = rf"(?:[\w.-]*(?:{_WORDS})[\w.-]*|key|auth|sig|pass)"
_QUERY = re.compile(rf"([?&;]\+?{_TELLING}=)[^&\s\"'<>#]+", re.IGNORECASE)
_USERINFO = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*://)[^\s/?#\"'<>]*@")
_MAIL_USERINFO = re.compile(r"(mailtos?://)[^\s\"'<>]*@", re.IGNORECASE)  # up to the last @: a password may hold a /
_PUBLIC_SCHEMES = r"(?:https?|ftp|file|sqlite|postgresql(?:\+\w+)?|console|mailtos?|jsons?|xmls?|forms?|feed|urn|tag)"
_TOKEN_SCHEME = re.compile(rf"\b(?!{_PUBLIC_SCHEMES}://)([A-Za-z][A-Za-z0-9+.-]*://)[^\s\"'<>]+", re.IGNORECASE)
_TOKEN_HOSTS = re.compile(
    r"(https?://(?:hooks\.slack(?:-gov)?\.com|discord(?:app)?\.com/api/webhooks|api\.telegram\.org"
    r"|[\w.-]*webhook\.office\.com|[\w.-]*logic\.azure\.com|chat\.googleapis\.com|open\.feishu\.cn"
    r"|maker\.ifttt\.com|events\.pagerduty\.com)/)[^\s\"'<>]+",
    re.IGNORECASE,
)


def hide(secret: str) -> None:
    """Show *** for this text wherever `redact` and the log meet it, from now on.

    One of fewer than 4 letters is left alone: it would blot out words.
    """
    if len(secret) >= 4:
        _hidden.add(secret)


def forget() -> None:
    """Take no text for a secret any more: for a process that begins anew, such as the next test."""
    _hidden.clear()


def redact(text: str) -> str:
    """A text without its secrets.

    Hidden are what `hide` was told, user and password in addresses, query parameters such as password, token and
    key, and all after the scheme of addresses that are tokens themselves (Slack, Telegram and Apprise's others).
    """
    for secret in sorted(_hidden, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    if "://" not in text and "=" not in text:
        return text
    text = _TOKEN_HOSTS.sub(rf"\1{HIDDEN}", text)
    text = _TOKEN_SCHEME.sub(rf"\1{HIDDEN}", text)
    text = _MAIL_USERINFO.sub(rf"\1{HIDDEN}@", text)
    text = _USERINFO.sub(rf"\1{HIDDEN}@", text)
    return _QUERY.sub(rf"\1{HIDDEN}", text)


def _hide_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    for name, value in event.items():
        event[name] = _without_secrets(value)
    return event


def _without_secrets(value: Any) -> Any:
    if isinstance(value, str):
        return _STEERING.sub(lambda sign: f"\\u{ord(sign.group()):04x}", redact(value))
    if isinstance(value, MutableMapping):
        return {name: _without_secrets(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without_secrets(inner) for inner in value]
    return value
