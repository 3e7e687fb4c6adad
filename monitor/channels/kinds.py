"""The table of kinds of channel: which addresses belong to each, and how it renders an alert."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from monitor.channels import addresses, console, mail, places, plain, slack, webhook
from monitor.channels.addresses import AddressError
from monitor.model import Channel, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of channel. `render` gives the payload; it raises AddressError for an address that can't be used.

    `recipients` names the addresses that one alert goes to, one delivery each; ("",) where the kind knows none.
    It reads the whole address, so it raises AddressError for one that can't be used.
    """

    name: str
    schemes: frozenset[str]
    render: Callable[[Channel, Message], plain.Plain]
    recipients: Callable[[str], tuple[str, ...]]


def scheme_of(url: str) -> str:
    """The part of an address before ://, in small letters; empty where there is none."""
    scheme, mark, _ = url.strip().partition("://")
    return scheme.lower() if mark else ""


def kind_of(url: str) -> str:
    """The kind of channel that an Apprise address leads to; "plain" for every service without a renderer of its own."""
    scheme = scheme_of(url)
    if scheme == "https" and places.is_slack_hook(url):
        return "slack"
    return next((kind.name for kind in KINDS.values() if scheme in kind.schemes), "plain")


def render(channel: Channel, message: Message) -> plain.Plain:
    """The payload of an alert for a channel, by the kind of its address: a title and a body for Apprise."""
    return KINDS[kind_of(channel.url)].render(channel, message)


def _console(channel: Channel, message: Message) -> plain.Plain:
    screen = addresses.screen_address(channel.url)
    block = console.render(message, columns=screen.columns, is_coloured=screen.is_coloured)
    return plain.Plain(title="", body=block)


def _mail(channel: Channel, message: Message) -> plain.Plain:
    found = addresses.mail_address(channel.url)
    if not channel.recipient and len(found.recipients) != 1:
        raise AddressError("a delivery has one recipient, and the address names several")
    recipient = addresses.mailbox(channel.recipient or found.recipients[0])
    return _letter(channel, message, found.sender, found.sender_name, recipient)


def _eml(channel: Channel, message: Message) -> plain.Plain:
    found = addresses.folder_address(channel.url)
    return _letter(channel, message, found.sender, found.sender_name, found.recipient)


def _letter(channel: Channel, message: Message, sender: str, sender_name: str, recipient: str) -> plain.Plain:
    envelope = mail.Envelope(channel=channel.name, sender=sender, sender_name=sender_name, recipient=recipient)
    return plain.Plain(title=mail.subject(message), body=mail.text_of(mail.render(message, envelope)))


def _slack(channel: Channel, message: Message) -> plain.Plain:
    found = places.slack_address(channel.url)
    if not channel.recipient and len(found.channels) > 1:
        raise AddressError("a delivery has one recipient, and the address names several")
    body = slack.render(message, channel=channel.recipient or "".join(found.channels))
    return plain.Plain(title="", body=body)


def _webhook(channel: Channel, message: Message) -> plain.Plain:
    places.webhook_address(channel.url)
    return plain.Plain(title="", body=webhook.render(message))


def _plain(channel: Channel, message: Message) -> plain.Plain:
    return plain.render(message, plain.LIMITS.get(scheme_of(channel.url), plain.Limits()))


def _on_screen(url: str) -> tuple[str, ...]:
    addresses.screen_address(url)
    return ("",)


def _in_folder(url: str) -> tuple[str, ...]:
    addresses.folder_address(url)
    return ("",)


def _receiver(url: str) -> tuple[str, ...]:
    places.webhook_address(url)
    return ("",)


def _conversations(url: str) -> tuple[str, ...]:
    return places.slack_address(url).channels or ("",)


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(name="console", schemes=frozenset({"console"}), render=_console, recipients=_on_screen),
        Kind(
            name="mail",
            schemes=frozenset({"mailto", "mailtos"}),
            render=_mail,
            recipients=lambda url: addresses.mail_address(url).recipients,
        ),
        Kind(name="eml", schemes=frozenset({"eml"}), render=_eml, recipients=_in_folder),
        Kind(name="slack", schemes=frozenset({"slack"}), render=_slack, recipients=_conversations),
        Kind(name="webhook", schemes=frozenset({"webhook", "webhooks"}), render=_webhook, recipients=_receiver),
        Kind(name="plain", schemes=frozenset(), render=_plain, recipients=places.recipients_of),
    )
}
