"""Every kind of channel renders the sample alert as its golden file says.

After a change that is meant, write them anew: python -m tests.unit.channels.test_kinds
"""

from pathlib import Path

import pytest

from monitor.channels.kinds import KINDS, kind_of, render
from monitor.model import AlertId, Channel, ChannelName, Message
from tests.builders import a_message

GOLDEN = Path(__file__).parent / "golden"
URLS = {
    "console": "console://",
    "mail": "mailto://smtp.desk.example?from=monitor@desk.example&to=analyst@desk.example",
    "eml": "eml:///var/spool/alerts?from=monitor@desk.example&to=analyst@desk.example",
    "plain": "json://desk.example/hook",
}


def a_channel(kind: str) -> Channel:
    return Channel(name=ChannelName("desk"), kind=kind, url=URLS[kind])


def an_update() -> Message:
    return a_message(
        alert=AlertId("a2"),
        is_update=True,
        changes=("now denied by Russia", "“at least 10,000” soldiers, up from 3,000"),
        headline="북한, 러시아에 병력 파견 <b>& more</b> (denied)",
        quote="러시아 외무부는 북한이 군인 1만 명을 보냈다는 보도를 부인했다.",
        marked=((9, 11), (13, 15)),
        quote_by="한강통신, 24 November 2026, 11:00 UTC",
        links=(
            ("Article", "https://news.example/기사/1"),
            ("First report", "https://news.example/world/troops?id=1&page=2"),
        ),
        may_be_double=True,
    )


SAMPLES = {"first": a_message(), "update": an_update()}


def rendered(kind: str, sample: str) -> str:
    payload = render(a_channel(kind), SAMPLES[sample])
    return f"{payload.title}\n\n{payload.body}\n" if kind == "plain" else payload.body


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_renders_as_its_golden_file(kind: str, sample: str) -> None:
    golden = GOLDEN / f"{kind}-{sample}.txt"

    assert golden.exists(), f"a kind of channel needs a golden rendering: {golden.name}"
    assert rendered(kind, sample).replace("\r\n", "\n") == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("console://", "console"),
        ("mailto://a", "mail"),
        ("MAILTOS://a", "mail"),
        ("eml:///a", "eml"),
        ("json://a", "plain"),
        ("tgram://a/b", "plain"),
        ("nonsense", "plain"),
    ],
)
def test_the_scheme_of_an_address_tells_its_kind(url: str, kind: str) -> None:
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
        pytest.param("slack://a/b/c", ("",), id="any-other-kind"),
    ],
)
def test_a_channel_has_one_delivery_for_each_address(url: str, boxes: tuple[str, ...]) -> None:
    assert KINDS[kind_of(url)].recipients(url) == boxes


if __name__ == "__main__":
    for a_kind in KINDS:
        for a_sample in SAMPLES:
            text = rendered(a_kind, a_sample).replace("\r\n", "\n")
            (GOLDEN / f"{a_kind}-{a_sample}.txt").write_text(text, encoding="utf-8")
