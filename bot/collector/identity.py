"""By what an entry is known again: its GUID, else its cleaned address, else its title and day. Pure.

Titles get edited, dates move, tracking parameters come and go; none of that may make a known entry new.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from bot.collector.documents import FeedEntry

_TRACKING = re.compile(
    r"(?: utm_\w+ | at_\w+ | mc_[ce]id | fbclid | gclid | dclid | gclsrc | msclkid | yclid | twclid | igshid | mkt_tok | _hsenc"
    r" | _hsmi | hsctatracking | oly_(?:anon|enc)_id | vero_id | wickedid | ncid | cmpid | cmp | icid | ito | guccounter"
    r" | guce_referrer(?:_sig)? | ref | ref_src | referrer | source | src | feature | campaign | partner | rss | feed | sref"
    r" | taid | smid | smtyp | soc_\w+ | spm | cx_testid | s_cid | trk | xtor | via )",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The keys of one entry within its feed."""

    main: str
    url: str | None


def identify(entries: Sequence[FeedEntry], *, site_url: str | None = None) -> list[Identity]:
    """Return the identities of a document's entries.

    A GUID that several entries share names none of them, nor does an address that several share or the front page.
    """
    guids = Counter(entry.guid for entry in entries if entry.guid)
    addresses = [clean_url(entry.url) if entry.url else None for entry in entries]
    shared = Counter(address for address in addresses if address)
    front = clean_url(site_url) if site_url else None
    return [
        _identity(entry, address, guid_is_own=guids[entry.guid or ""] == 1, url_is_own=_is_own(address, shared, front))
        for entry, address in zip(entries, addresses, strict=True)
    ]


def _is_own(address: str | None, shared: Counter[str], front: str | None) -> bool:
    if address is None or shared[address] > 1 or address == front:
        return False
    parts = urlsplit(address)
    return bool(parts.path.strip("/") or parts.query)


def _identity(entry: FeedEntry, address: str | None, *, guid_is_own: bool, url_is_own: bool) -> Identity:
    url = _hash("url", address) if address and url_is_own else None
    if entry.guid and guid_is_own:
        guid = clean_url(entry.guid) if entry.guid.startswith(("http://", "https://")) else entry.guid
        return Identity(main=_hash("guid", guid), url=url)
    if url:
        return Identity(main=url, url=url)
    day = entry.published_at.date().isoformat() if entry.published_at else ""
    return Identity(main=_hash("words", entry.guid or "", address or "", _plain(entry.title), day), url=None)


def clean_url(url: str) -> str:
    """Return an address without what does not name the article: scheme, www, tracking, fragment, trailing slash."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    host = (parts.hostname or "").removeprefix("www.")
    if port not in {None, 80, 443}:
        host += f":{port}"
    query = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k))
    # A hash-bang fragment names the page; any other only a place in it.
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    return urlunsplit(("http", host, parts.path.rstrip("/"), urlencode(query), fragment))


def _plain(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.lower()))


def _hash(*parts: str) -> str:
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
