"""An address is public or it is not, in whatever form it is written."""

from ipaddress import IPv4Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.addresses import address_of, is_public, refusal

INSIDE = [
    "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.1", "0", "0.0.0.0", "10.0.0.1", "172.16.0.1",
    "172.31.255.255", "192.168.0.1", "169.254.169.254", "169.254.1.1", "0xa9fea9fe", "100.64.0.1", "100.127.255.255",
    "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "192.88.99.1", "224.0.0.1", "239.255.255.250",
    "240.0.0.1", "255.255.255.255", "192.0.0.8",
    "::", "::1", "[::1]", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe",
    "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1",
    "2001:0:7f00:1::", "2001::1", "2001:0:4136:e378:8000:63bf:80ff:fffe", "fe80::1", "fe80::1%eth0", "fec0::1",
    "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "3fff::1", "5f00::1", "100::1",
    "2a00:1450:4001:800:0:5efe:7f00:1", "2a00:1450:4001:800:200:5efe:a00:1",
]  # fmt: skip
PUBLIC = [
    "8.8.8.8", "1.1.1.1", "134744072", "0x08080808", "172.32.0.1", "100.128.0.1", "192.169.0.1", "::ffff:8.8.8.8",
    "64:ff9b::808:808", "2002:808:808::1", "2a00:1450:4001:800::200e", "[2606:4700:4700::1111]",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_inside_is_refused_with_a_reason(address: str) -> None:
    assert not is_public(address)
    assert refusal(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public_is_let_through(address: str) -> None:
    assert refusal(address) == ""


@pytest.mark.parametrize("text", ["", "localhost", "news.example", "1.2.3.4.5", "::g", "[", "256.0.0.1", "１２７.1"])
def test_what_is_no_address_is_not_public(text: str) -> None:
    assert address_of(text) is None
    assert not is_public(text)


@pytest.mark.parametrize("prefix", ["::ffff:{}", "64:ff9b::{}", "::{}", "::ffff:0:{}"])
@given(number=st.integers(0, 2**32 - 1))
def test_an_inner_address_is_never_more_public_than_itself(prefix: str, number: int) -> None:
    inner = str(IPv4Address(number))

    assert is_public(inner) or not is_public(prefix.format(inner))


@given(number=st.integers(0, 2**32 - 1))
def test_every_form_of_an_address_gets_the_same_answer(number: int) -> None:
    dotted = str(IPv4Address(number))

    assert is_public(dotted) == is_public(str(number)) == is_public(hex(number))
