"""Every kind of channel renders the twelve sample alerts as its golden files say.

After a change that is meant, write them anew: python -m tests.unit.channels.test_kinds
Mail stands in them decoded, JSON with a line for each value, so that a person can read what changed.
"""

import email
import email.policy
import json
from pathlib import Path

import pytest

from monitor.channels.kinds import KINDS, kind_of, render
from monitor.model import Channel, ChannelName, Message
from tests.samples import samples

GOLDEN = Path(__file__).parent / "golden"
URLS = {
    "console": "console://",
    "mail": "mailto://smtp.desk.example?from=monitor@desk.example&to=analyst@desk.example",
    "eml": "eml:///var/spool/alerts?from=monitor@desk.example&to=analyst@desk.example",
    "slack": "slack://xoxb-1234-5678-abcdefgh/#desk",
    "webhook": "webhooks://desk.example/hook?secret=no-secret",
    "plain": "tgram://123456789:abcdefg_hijklmnop/12315544",
}
SAMPLES = samples()


def rendered(kind: str, sample: str) -> str:
    return rendered_message(kind, SAMPLES[sample])


def rendered_message(kind: str, message: Message) -> str:
    payload = render(Channel(name=ChannelName("desk"), kind="", url=URLS[kind]), message)
    match kind:
        case "mail" | "eml":
            return readable(payload.body)
        case "slack" | "webhook":
            return json.dumps(json.loads(payload.body), ensure_ascii=False, indent=1) + "\n"
        case _:
            return f"{payload.title}\n{payload.body}\n".lstrip("\n")


def readable(raw: str) -> str:
    mail = email.message_from_string(raw, policy=email.policy.default)
    head = [f"{name}: {value}" for name, value in mail.items() if name != "Content-Type"]
    parts = [f"--- {part.get_content_type()}\n{part.get_content()}" for part in mail.iter_parts()]
    return "\n".join([*head, *parts]).replace("\r\n", "\n")


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_renders_as_its_golden_file(kind: str, sample: str) -> None:
    golden = GOLDEN / kind / f"{sample}.txt"

    assert golden.exists(), f"a kind of channel needs golden renderings: {golden.name}"
    assert rendered(kind, sample) == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("console://", "console"),
        ("mailto://a", "mail"),
        ("MAILTOS://a", "mail"),
        ("eml:///a", "eml"),
        ("slack://T1/B1/x", "slack"),
        ("https://hooks.slack.com/services/T1/B1/x", "slack"),
        ("webhooks://a", "webhook"),
        ("https://discord.com/api/webhooks/1/2", "plain"),
        ("json://a", "plain"),
        ("tgram://a/b", "plain"),
        ("nonsense", "plain"),
    ],
)
def test_the_address_tells_its_kind(url: str, kind: str) -> None:
    assert kind_of(url) == kind


def test_no_scheme_belongs_to_two_kinds() -> None:
    schemes = [scheme for kind in KINDS.values() for scheme in kind.schemes]

    assert len(schemes) == len(set(schemes))


@pytest.mark.parametrize(
    ("url", "boxes"),
    [
        pytest.param("mailto://h.org?to=a@x.org,b@y.org", ("a@x.org", "b@y.org"), id="to"),
        pytest.param("mailto://h.org?to=a@x.org&cc=b@y.org&bcc=a@x.org", ("a@x.org", "b@y.org"), id="each-once"),
        pytest.param("mailtos://u:p@h.org/a%40x.org/b@y.org", ("a@x.org", "b@y.org"), id="in-the-path"),
        pytest.param("mailto://h.org?to=me+alerts@x.org", ("me+alerts@x.org",), id="plus-sign"),
        pytest.param("mailto://u:p@h.org?from=a@x.org", ("a@x.org",), id="sender"),
        pytest.param("mailto://ann:p@h.org", ("ann@h.org",), id="user"),
        pytest.param("slack://T1/B1/x", ("",), id="slack-hook"),
        pytest.param("slack://xoxb-1/#desk/C0123ABCD?to=ops", ("#desk", "C0123ABCD", "#ops"), id="slack-bot"),
        pytest.param("webhook://h.org/x", ("",), id="webhook"),
        pytest.param("tgram://1:a/11/12/@desk", ("11", "12", "@desk"), id="three-chats"),
        pytest.param("tgram://1:a/11", ("",), id="one-chat"),
        pytest.param("mmosts://h.org/token?channels=a,b", ("a", "b"), id="in-a-setting"),
        pytest.param("pagerduty://key@a/b/c", ("",), id="can-not-be-split"),
    ],
)
def test_a_channel_has_one_delivery_for_each_address(url: str, boxes: tuple[str, ...]) -> None:
    assert KINDS[kind_of(url)].recipients(url) == boxes


if __name__ == "__main__":
    for a_kind in KINDS:
        (GOLDEN / a_kind).mkdir(parents=True, exist_ok=True)
        for a_sample in SAMPLES:
            (GOLDEN / a_kind / f"{a_sample}.txt").write_text(rendered(a_kind, a_sample), encoding="utf-8")
