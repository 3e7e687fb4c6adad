"""What is the same article: the canonical address, the names under which an entry is known, and its id."""

import hashlib
from datetime import datetime
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from monitor.model import ArticleId, FeedId

_TRACKING = frozenset({
    "fbclid", "gclid", "dclid", "yclid", "msclkid", "mc_cid", "mc_eid", "igshid", "ocid", "cmpid", "cmp", "ref",
    "ref_src", "source", "src", "partner", "ito", "at_medium", "at_campaign", "at_format", "at_link_type",
    "smid", "smtyp", "ftag", "feedtype",
})  # fmt: skip
_SEARCH_HOSTS = (
    "news.google.com",
    "www.bing.com",
    "feedproxy.google.com",
    "feeds.feedburner.com",
    "t.co",
    "news.yahoo.com",
)
GUID_LIMIT = 500
"""Characters of a guid that is kept as it is; a longer one is known by its digest."""
ADDRESS_LIMIT_BYTES = 1_500
"""Of a canonical address likewise: an index of PostgreSQL takes entries of 2,700 bytes and no more."""
_DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical_url(link: str) -> str:
    """An address as one text for all ways of writing it, or "" where it does not name one article.

    Host in lower case without `www.`, no default port, fragment or tracking parameters, parameters in order,
    `https` for both schemes. Redirect links of news searches and home pages name no article.
    """
    try:
        parts = urlsplit(link.strip())
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in _DEFAULT_PORTS or not host or host in _SEARCH_HOSTS:
        return ""
    host = host.removeprefix("www.").rstrip(".")
    if port and port != _DEFAULT_PORTS[parts.scheme.lower()]:
        host = f"{host}:{port}"
    kept = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in _TRACKING and not name.lower().startswith("utm_")
    )
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~", errors="replace").rstrip("/")
    if not path and not kept:
        return ""
    return urlunsplit(("https", host, path, urlencode(kept), ""))


def keys_of(feed: FeedId, *, guid: str, link: str, title: str, dated: datetime | None) -> tuple[str, ...]:
    """The names under which an entry is known, the surest first.

    An entry is known if any of its names is: guid, address and title with date within its feed,
    the canonical address in any feed. Title and date count only where the entry gives nothing better.
    """
    names = []
    address = canonical_url(link)
    if len(address.encode("utf-8", "replace")) > ADDRESS_LIMIT_BYTES:
        address = digest_of(address)
    if guid:
        names.append(f"feed:{feed}:guid:{guid if len(guid) <= GUID_LIMIT else digest_of(guid)}")
    if address:
        names += [f"feed:{feed}:url:{address}", f"url:{address}"]
    if title and (dated or not names):
        day = dated.isoformat() if dated else ""
        names.append(f"feed:{feed}:title:{digest_of(title, day)[:32]}")
    return tuple(names)


def digest_of(*parts: str) -> str:
    """SHA-256 over the parts, in hexadecimal; the border between two parts counts."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()


def article_id(keys: tuple[str, ...]) -> ArticleId:
    """The id of a new article, from all its names: the same entry met twice gets the same id.

    Not from its guid alone: there are feeds that give one guid to all their entries.
    """
    return ArticleId(digest_of(*keys)[:20])
