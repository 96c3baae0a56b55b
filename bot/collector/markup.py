"""Turns the markup inside feeds into plain text, once: tags, scripts and entities go, paragraphs stay as blank lines."""

import html
import re
from typing import Any

from lxml import etree

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_DROPPED = frozenset(["script", "style", "template", "noscript", "iframe", "object", "svg", "math", "head", "title"])
#: Characters XML knows not, and the ones that only hide text.
_UNWANTED = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, 173, 8203, 8288, 65279))
_UNWANTED |= dict.fromkeys(range(55296, 57344), 65533)
_BREAKS = re.compile(r"\n\n+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")


def markup_to_text(markup: str) -> str:
    """Return the readable text of a piece of HTML or of plain text that only looks like it."""
    if "<" in markup:
        return _tidy(_text_of_html(markup.translate(_UNWANTED)))
    return _tidy(_newlines(_unescape(markup)))


def title_to_text(markup: str) -> str:
    """Return a title on one line. Titles are often plain text escaped once too much, so tags and entities both go."""
    text = _unescape(markup)
    if "<" in text and re.search(r"</?[a-zA-Z]", text):
        text = _text_of_html(text.translate(_UNWANTED))
    return " ".join(text.translate(_UNWANTED).split())


def strip_unwanted(text: str) -> str:
    """Remove the characters that no database and no screen wants."""
    return text.translate(_UNWANTED)


def _unescape(text: str) -> str:
    return html.unescape(text) if "&" in text and _ENTITY.search(text) else text


def _text_of_html(markup: str) -> str:
    try:
        root = etree.HTML(markup, _parser())
    except (etree.XMLSyntaxError, ValueError):
        return ""
    if root is None:
        return ""
    pieces: list[str] = []
    walker: Any = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "start":
            _open(element, pieces, walker)
        else:
            _close(element, pieces)
    return "".join(pieces)


def _parser() -> etree.HTMLParser:
    return etree.HTMLParser(remove_comments=True, remove_pis=True, encoding=None)


def _open(element: Any, pieces: list[str], walker: Any) -> None:
    tag = element.tag
    if tag in _DROPPED:
        walker.skip_subtree()
        return
    if tag in _BLOCKS:
        pieces.append("\n\n")
    elif tag == "br":
        pieces.append("\n")
    if element.text:
        pieces.append(_one_line(element.text))


def _close(element: Any, pieces: list[str]) -> None:
    if element.tag in _BLOCKS:
        pieces.append("\n\n")
    if element.tail:
        pieces.append(_one_line(element.tail))


def _one_line(text: str) -> str:
    return text.replace("\n", " ") if "\n" in text else text


def _newlines(text: str) -> str:
    return text.translate(_UNWANTED).replace("\r\n", "\n").replace("\r", "\n")


def _tidy(text: str) -> str:
    return _BREAKS.sub("\n\n", "\n".join([" ".join(line.split()) for line in text.split("\n")])).strip()
