"""Which addresses are public: a pure judge of IPv4 and IPv6, in whatever form they are written.

`ipaddress.is_global` alone is no judge: it is true for a loopback address behind NAT64 or in the IPv4-compatible
form, for site-local and multicast, and on Python 3.11 and 3.12 for one inside 6to4. So an IPv4 address inside an
IPv6 one is unpacked and judged first, and of IPv6 only the range that is given out (2000::/3) counts as public.
"""

import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

_NEVER_V4 = tuple(
    IPv4Network(net)
    for net in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
"""IANA's registry of special-purpose addresses, read strictly: what the web never lives at."""
_GIVEN_OUT = IPv6Network("2000::/3")
_NEVER_V6 = tuple(IPv6Network(net) for net in ("2001::/23", "2001:db8::/32", "3fff::/20"))
"""Teredo, ORCHID, benchmarking and documentation inside the range that is given out."""
_MAPPED, _COMPATIBLE = IPv6Network("::ffff:0:0/96"), IPv6Network("::/96")
_TRANSLATED, _NAT64 = IPv6Network("::ffff:0:0:0/96"), IPv6Network("64:ff9b::/96")
_SIX_TO_FOUR, _TEREDO = IPv6Network("2002::/16"), IPv6Network("2001::/32")
_ISATAP = (0x00005EFE, 0x02005EFE)


def is_public(address: str) -> bool:
    """Whether this address may be reached by somebody who was given it by a stranger."""
    return not refusal(address)


def refusal(address: str) -> str:
    """Why an address may not be reached, as words for a person; empty for a public one.

    Takes every form that the system's resolver takes for an address: dotted, decimal (2130706433), hex
    (0x7f000001), octal, short (127.1), IPv6 with brackets or a zone. What is no address at all is refused.
    """
    read = address_of(address)
    if read is None:
        return "not an address"
    return _refusal_v4(read) if isinstance(read, IPv4Address) else _refusal_v6(read)


def address_of(text: str) -> IPv4Address | IPv6Address | None:
    """The address that a text stands for in any of its forms, or None for a name."""
    bare = text.strip().removeprefix("[").removesuffix("]")
    if ":" in bare:
        try:
            return IPv6Address(bare)
        except ValueError:
            return None
    try:
        return IPv4Address(socket.inet_aton(bare))
    except (OSError, UnicodeError):
        return None


def _refusal_v4(address: IPv4Address) -> str:
    for net in _NEVER_V4:
        if address in net:
            return f"{address} is in {net}, which is not public"
    return "" if address.is_global else f"{address} is not public"


def _refusal_v6(address: IPv6Address) -> str:
    for inner in _inner(address):
        if because := _refusal_v4(inner):
            return f"it holds {because}"
    if address in _MAPPED or address in _NAT64:
        return ""  # judged by what is inside
    if address not in _GIVEN_OUT:
        return f"{address} is outside {_GIVEN_OUT}, the public range"
    for net in _NEVER_V6:
        if address in net:
            return f"{address} is in {net}, which is not public"
    return ""


def _inner(address: IPv6Address) -> list[IPv4Address]:
    """The IPv4 addresses that a packet to this IPv6 address may end at."""
    packed = int(address)
    last = IPv4Address(packed & 0xFFFFFFFF)
    if any(address in net for net in (_MAPPED, _COMPATIBLE, _TRANSLATED, _NAT64)):
        return [last]
    if address in _SIX_TO_FOUR:
        return [IPv4Address((packed >> 80) & 0xFFFFFFFF)]
    if address in _TEREDO:
        return [IPv4Address((packed >> 64) & 0xFFFFFFFF), IPv4Address(~packed & 0xFFFFFFFF)]
    if (packed >> 32) & 0xFFFFFFFF in _ISATAP:
        return [last]
    return []
