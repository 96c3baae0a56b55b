"""Mends the faults that most broken feeds have, in linear time, so that the strict parser can read them after all.

HTML's entities, lone ampersands, references to forbidden characters, prefixes nobody declared. CDATA is left alone.
"""

import html
import re
from collections.abc import Callable
from html.entities import html5

_REFERENCE = re.compile(rb"&(?:#(\d{1,7});|#[xX]([0-9a-fA-F]{1,6});|([A-Za-z][A-Za-z0-9]{1,31});)?")
_XML_ENTITIES = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_PREFIX = re.compile(rb"<([A-Za-z][\w.-]{0,40}):[A-Za-z]|\s([A-Za-z][\w.-]{0,40}):[A-Za-z][\w.-]{0,40}\s?=")
_DECLARED = re.compile(rb"xmlns:([A-Za-z][\w.-]{0,40})\s*=")
_ROOT = re.compile(rb"<[A-Za-z][\w.:-]{0,60}")
_NAMESPACES = {
    b"atom": b"http://www.w3.org/2005/Atom",
    b"content": b"http://purl.org/rss/1.0/modules/content/",
    b"dc": b"http://purl.org/dc/elements/1.1/",
    b"dcterms": b"http://purl.org/dc/terms/",
    b"feedburner": b"http://rssnamespace.org/feedburner/ext/1.0",
    b"media": b"http://search.yahoo.com/mrss/",
    b"rdf": b"http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    b"rss": b"http://purl.org/rss/1.0/",
}


def mend(data: bytes) -> bytes:
    """Return the document with these faults mended; the same bytes when it has none of them."""
    return _declare_prefixes(_outside_cdata(data, lambda part: _REFERENCE.sub(_reference, part)))


def _outside_cdata(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """Apply a change to what is not CDATA; by searching, since a pattern over unclosed sections is quadratic."""
    pieces: list[bytes] = []
    at = 0
    while (start := data.find(b"<![CDATA[", at)) >= 0:
        end = data.find(b"]]>", start)
        if end < 0:
            break
        pieces += [change(data[at:start]), data[start : end + 3]]
        at = end + 3
    return b"".join([*pieces, change(data[at:])])


def _reference(match: re.Match[bytes]) -> bytes:
    decimal, hexadecimal, name = match.groups()
    if decimal or hexadecimal:
        return match.group() if _is_character(int(decimal) if decimal else int(hexadecimal, 16)) else b""
    if name in _XML_ENTITIES:
        return match.group()
    character = html5.get(name.decode("ascii") + ";") if name else None
    if character is None:
        return b"&amp;" + match.group()[1:]
    return html.escape(character).encode()


def _is_character(code: int) -> bool:
    """Tell whether XML 1.0 knows the character."""
    return code in {0x9, 0xA, 0xD} or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF


def _declare_prefixes(data: bytes) -> bytes:
    used = {first or second for first, second in _PREFIX.findall(data)}
    missing = used - set(_DECLARED.findall(data)) - {b"xml", b"xmlns"}
    root = _ROOT.search(data)
    if not missing or not root or len(missing) > 30:
        return data
    declarations = b"".join(
        b' xmlns:%s="%s"' % (prefix, _NAMESPACES.get(prefix, b"urn:undeclared:" + prefix)) for prefix in sorted(missing)
    )
    return data[: root.end()] + declarations + data[root.end() :]
