"""Finds out in which encoding a body really is, which is often not the one it declares."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_XML_DECLARATION = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_HTML_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
#: Labels that in practice mean the Windows superset.
_SUPERSETS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "euc_kr": "cp949", "gb2312": "gb18030"}


def decode(body: bytes, content_type: str = "") -> str:
    """Return the body as text, by byte-order mark, as UTF-8 if it is valid, then as declared; never raises."""
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(encoding, errors="replace")
    if wide := _wide_encoding(body):
        return body.decode(wide, errors="replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_declared(body, content_type)


def _wide_encoding(body: bytes) -> str | None:
    """Recognise UTF-16 without a mark by the zero bytes around its first `<`."""
    if body.startswith(b"<\0"):
        return "utf-16-le"
    return "utf-16-be" if body.startswith(b"\0<") else None


def _decode_declared(body: bytes, content_type: str) -> str:
    for label in _declared(body, content_type):
        encoding = _known(label)
        if encoding in {None, "utf-8", "utf-16", "utf-32"}:
            continue
        try:
            return body.decode(encoding or "", errors="strict")
        except (UnicodeDecodeError, LookupError):
            continue
    if _mostly_utf8(body):
        return body.decode("utf-8", errors="replace")
    return body.decode("cp1252", errors="replace")


def _declared(body: bytes, content_type: str) -> list[str]:
    head = body[:2048]
    found = [match.group(1).decode("ascii") for p in (_XML_DECLARATION, _HTML_META) if (match := p.search(head))]
    header = _HEADER.search(content_type)
    return [*([header.group(1)] if header else []), *found]


def _known(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    return _SUPERSETS.get(name, name)


def _mostly_utf8(body: bytes) -> bool:
    """A few broken bytes in a long UTF-8 text do not make it Windows-1252."""
    text = body.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    other = sum(1 for character in text if ord(character) > 127) - broken
    return other > broken
