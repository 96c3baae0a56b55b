"""Make typography plain without moving a character: every offset stays valid in the original text.

Knows characters, a few HTML left-overs and thousands separators; knows no words. One character in, one character out.
"""

import re

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\ufffc\ufffd"
)
_BIDI = "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_HYPHENS = "\u2010\u2011\u2043\u2212\ufe58\ufe63\u207b"
_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4\u0060"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u2039\u203a"
#: Raised digits are footnote marks in this kind of prose; as spaces they cannot glue to a number.
_RAISED = "\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079"


def _table() -> dict[int, str]:
    table: dict[int, str] = dict.fromkeys((*range(32), 127, *range(128, 160)), " ")
    table |= dict.fromkeys(map(ord, _SPACES + _INVISIBLE + _BIDI + _RAISED), " ")
    table |= dict.fromkeys(map(ord, _BREAKS + "\n"), "\n")
    table |= dict.fromkeys(map(ord, _HYPHENS), "-")
    table |= dict.fromkeys(map(ord, _SINGLE_QUOTES), "'")
    table |= dict.fromkeys(map(ord, _DOUBLE_QUOTES), '"')
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= {ord("\u2012"): "\u2013", ord("\u2015"): "\u2014", ord("\uffe5"): "\u00a5", ord("\uffe1"): "\u00a3"}
    return table


_TABLE = _table()
#: Thin and fixed spaces between groups of three digits separate thousands (SI style); plain spaces do not.
_THIN_GROUP = re.compile("(?<=[0-9])[\u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))")
_HTML = re.compile(
    r"&(?:nbsp|amp|quot|apos|lt|gt|thinsp|ensp|emsp|mdash|ndash|\#\d{1,6}|\#x[0-9a-fA-F]{1,5});|</?[a-zA-Z][^<>\n]{0,200}>"
)
_ENTITY = {
    "&amp;": "&",
    "&mdash;": "\u2014",
    "&ndash;": "\u2013",
    "&quot;": '"',
    "&apos;": "'",
    "&lt;": "<",
    "&gt;": ">",
}


def _blank(match: re.Match[str]) -> str:
    return _ENTITY.get(match[0], " ").ljust(len(match[0]))


def normalise(text: str) -> str:
    """Return `text` with plain spaces, hyphens and quotes, of the same length."""
    if text.isascii() and "<" not in text and "&" not in text:
        return text.translate(_TABLE) if _has_controls(text) else text
    text = _THIN_GROUP.sub(",", text).translate(_TABLE)
    return _HTML.sub(_blank, text)


def _has_controls(text: str) -> bool:
    return not text.replace("\n", "").isprintable()
