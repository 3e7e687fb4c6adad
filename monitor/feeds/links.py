"""Links of a feed made absolute, without anything secret of the feed's own address in them: pure."""

import re
from urllib.parse import urljoin, urlsplit, urlunsplit

_LONGEST_LINK = 4_096


def open_address(url: str) -> str:
    """An address without what may be secret in it, to count links from: no user, no password, no query."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def joined(url: str, link: str) -> str:
    """A link made absolute; empty unless it is http or https and names a host."""
    try:
        if link.strip().lower() in ("http://", "https://"):
            return ""
        absolute = urljoin(url, "".join(link.split()) if "\n" in link else link.strip())
        parts = urlsplit(absolute)
        _ = parts.port
    except ValueError:
        return ""
    is_plain = parts.scheme in ("http", "https") and parts.hostname and not re.search(r"[\s<>\"\x00-\x1f]", absolute)
    return absolute if is_plain and len(absolute) <= _LONGEST_LINK else ""


def language_tag(said: str) -> str:
    """A language tag as it was given ("en-US", "ko"), if it looks like one."""
    tag = said.strip().replace("_", "-")
    return tag if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag) else ""
