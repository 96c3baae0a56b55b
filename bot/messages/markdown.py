"""Discord's markdown, both ways: foreign text made harmless, our own text taken apart into styled runs.

Knows which characters Discord treats as markup, how it links and quotes; knows no deal, no terminal and no HTML.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

#: A longer address is tracking ballast; it would eat the room of an embed.
MAX_LINK = 900
_ZERO_WIDTH = "\u200b"
_MARKUP = re.compile(r"([\\*_~`|>#\[\]()<])")
#: Line starts that Discord reads as a list, a subtext or an ordered list; "#" and ">" are escaped everywhere.
_LINE_START = re.compile(r"(?m)^(\s*\d*)([-+.])(?=[\s#])")
_BARE_LINK = re.compile(r"\b(https?|discord|ftp)(://)", re.IGNORECASE)
_INVITE = re.compile(r"\b(discord)(\.gg|(?:app)?\.com/invite)", re.IGNORECASE)
#: A link that a cut has left open at the end of the text.
_OPEN_LINK = re.compile(r"(?<!\\)\[(?:\\.|[^\]\\])*(?:\](?:\([^)]*)?)?$")
_CONTROL = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def plain(text: str) -> str:
    """Make foreign text safe where Discord shows no markdown (titles' buttons, footers): one line, no controls."""
    return " ".join(_CONTROL.sub("", text).split())


def escape(text: str) -> str:
    """Make foreign text harmless: it can neither style, quote, ping, link nor mask a link."""
    clean = plain(text)
    clean = _MARKUP.sub(r"\\\1", clean)
    clean = _LINE_START.sub(r"\1\\\2", clean)
    clean = clean.replace("@", f"@{_ZERO_WIDTH}")
    clean = _INVITE.sub(rf"\1{_ZERO_WIDTH}\2", clean)
    return _BARE_LINK.sub(rf"\1{_ZERO_WIDTH}\2", clean)


def shorten(text: str, limit: int, *, tail: str = "…") -> str:
    """Cut on a word so that the result, with its tail, has at most `limit` characters; never inside a link."""
    if len(text) <= limit:
        return text
    cut = text[: max(0, limit - len(tail))]
    if open_link := _OPEN_LINK.search(cut):
        cut = cut[: open_link.start()]
    elif " " in cut[limit // 2 :]:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip("\\ ,;:—–-") + tail


def join_lines(lines: list[str], limit: int) -> str:
    """Join whole lines as long as they fit; say how many did not."""
    kept = list(lines)
    while kept and len(_joined(kept, len(lines))) > limit:
        kept.pop()
    return _joined(kept, len(lines)) if kept else shorten(visible("".join(lines[:1])), limit)


def _joined(kept: list[str], whole: int) -> str:
    more = [f"-# and {whole - len(kept)} more"] if len(kept) < whole else []
    return "\n".join([*kept, *more])


def is_web_link(url: str | None) -> bool:
    """Tell whether an address may stand behind a link: http(s), a host, nothing that breaks out of the brackets."""
    if not url or len(url) > MAX_LINK or re.search(r"[\s<>\"\\^`{|}]", url):
        return False
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def link(label: str, url: str | None) -> str:
    """Write a masked link with an escaped label; the label alone where the address is unusable."""
    text = escape(label)
    if not is_web_link(url):
        return text
    target = str(url).replace("(", "%28").replace(")", "%29")
    return f"[{text}]({target})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text of one look."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    struck: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: its runs, and whether it is quoted, small, a heading (1-3) or a list item."""

    runs: tuple[Run, ...]
    quoted: bool = False
    small: bool = False
    heading: int = 0
    item: bool = False


_INLINE = re.compile(
    r"""
      \\(?P<escaped>[^0-9A-Za-z\s])
    | \[(?P<label>(?:\\.|[^\]\\])+)\]\((?P<url>https?://[^)\s]+)\)
    | (?P<code>`[^`\n]+`)
    | (?P<bold>\*\*)
    | (?P<italic>(?<![\w\\])_(?=\S)|(?<=\S)_(?!\w)|\*(?=\S)|(?<=\S)\*)
    | (?P<struck>~~)
    """,
    re.VERBOSE,
)
_HEADING = re.compile(r"(#{1,3}) +")


def parse(text: str) -> list[Line]:
    """Take our own markdown apart, line by line."""
    return [_parse_line(line) for line in text.split("\n")]


def _parse_line(line: str) -> Line:
    quoted = line.startswith("> ")
    body = line[2:] if quoted else line
    if body.startswith("-# "):
        return Line(runs=tuple(_runs(body[3:])), quoted=quoted, small=True)
    if heading := _HEADING.match(body):
        return Line(runs=tuple(_runs(body[heading.end() :])), quoted=quoted, heading=len(heading[1]))
    if body.startswith(("- ", "* ")):
        return Line(runs=tuple(_runs(body[2:])), quoted=quoted, item=True)
    return Line(runs=tuple(_runs(body)), quoted=quoted)


def _runs(text: str, look: Run | None = None) -> Iterator[Run]:
    look = look or Run(text="")
    position, buffer = 0, ""
    for match in _INLINE.finditer(text):
        buffer += text[position : match.start()]
        position = match.end()
        if match["escaped"]:
            buffer += match["escaped"]
            continue
        if buffer:
            yield replace(look, text=buffer)
            buffer = ""
        if match["url"]:
            yield from _runs(match["label"], replace(look, url=match["url"]))
        elif match["code"]:
            yield replace(look, text=match["code"][1:-1], code=True)
        else:
            look = _toggled(look, str(match.lastgroup))
    buffer += text[position:]
    if buffer:
        yield replace(look, text=buffer)


def _toggled(look: Run, name: str) -> Run:
    match name:
        case "bold":
            return replace(look, bold=not look.bold)
        case "italic":
            return replace(look, italic=not look.italic)
        case _:
            return replace(look, struck=not look.struck)


def visible(text: str) -> str:
    """Return what a reader sees of our own markdown, without the markup."""
    return "\n".join("".join(run.text for run in line.runs) for line in parse(text))
