"""From an article's page to its readable text, title, date and canonical address.

trafilatura finds the text; where it finds too little, the page's paragraphs stand in. A page that calls itself not
free is left unread: a teaser is no article, and what is hidden behind it is not ours to take.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from bot.collector.dates import parse_date
from bot.collector.markup import markup_to_text, strip_unwanted, title_to_text

_ENOUGH_CHARS = 200
#: trafilatura's time grows faster than a page does; an article's page has some thousand elements, a trap has more.
_MAX_ELEMENTS = 15_000
_MAX_PARAGRAPHS = 3_000
_PARSER_OPTIONS = {"remove_comments": True, "remove_pis": True, "encoding": "utf-8"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An article's page, read. `text` is empty when nothing readable was found."""

    title: str
    text: str
    published_at: datetime | None
    canonical_url: str | None
    language: str | None
    is_free: bool


def read_page(html: str, *, url: str | None) -> Page | None:
    """Read a page; None when it is no HTML at all."""
    root = _tree(html)
    if root is None:
        return None
    data = list(_linked_data(root))
    is_free = not any(str(item.get("isAccessibleForFree", "")).lower() == "false" for item in data)
    return Page(
        title=_title(root, data),
        text=_text(html, root) if is_free else "",
        published_at=_published(root, data),
        canonical_url=_canonical(root, url),
        language=(root.get("lang") or _meta(root, "og:locale") or "")[:2].lower() or None,
        is_free=is_free,
    )


def _tree(html: str) -> Any | None:
    try:
        root = etree.HTML(html.encode("utf-8", "replace"), etree.HTMLParser(**_PARSER_OPTIONS))
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root


def _text(html: str, root: Any) -> str:
    if sum(1 for _ in islice(root.iter(), _MAX_ELEMENTS + 1)) > _MAX_ELEMENTS:
        return _paragraphs(root)
    import trafilatura

    text = trafilatura.extract(
        html, include_comments=False, include_tables=True, include_formatting=False, favor_recall=False
    )
    found = strip_unwanted(text or "").strip()
    return found if len(found) >= _ENOUGH_CHARS else max(found, _paragraphs(root), key=len)


def _paragraphs(root: Any) -> str:
    """Join the page's paragraphs, those of an <article> if it has any."""
    home = next(iter(root.iter("article")), root)
    texts = (
        markup_to_text(etree.tostring(node, encoding="unicode", method="html", with_tail=False))
        for node in islice(home.iter("p"), _MAX_PARAGRAPHS)
    )
    return "\n\n".join(text for text in texts if len(text) > 40)


def _title(root: Any, data: list[dict[str, Any]]) -> str:
    stated = next((str(item["headline"]) for item in data if item.get("headline")), "")
    if not stated:
        stated = _meta(root, "og:title") or _meta(root, "twitter:title")
    if not stated:
        node = next(iter(root.iter("h1")), None)
        node = node if node is not None else next(iter(root.iter("title")), None)
        stated = "".join(node.itertext()) if node is not None else ""
    return title_to_text(stated)


def _published(root: Any, data: list[dict[str, Any]]) -> datetime | None:
    candidates = [str(item["datePublished"]) for item in data if item.get("datePublished")]
    names = ("article:published_time", "datePublished", "date", "dc.date", "dcterms.date", "pubdate", "publish-date")
    candidates += [content for name in names if (content := _meta(root, name))]
    candidates += [value for node in root.iter("time") if (value := node.get("datetime"))][:1]
    return next((date for text in candidates if (date := parse_date(text))), None)


def _canonical(root: Any, url: str | None) -> str | None:
    """Return the address the page gives itself, if it is on the same site; else the one it was fetched from."""
    links = (node.get("href") for node in root.iter("link") if "canonical" in (node.get("rel") or "").lower().split())
    stated = next((link for link in links if link), None) or _meta(root, "og:url")
    if not stated:
        return url
    try:
        absolute = urljoin(url or "", stated.strip())
        host = urlsplit(absolute).hostname
        same_site = url is None or _site(host) == _site(urlsplit(url).hostname)
        names_page = bool(urlsplit(absolute).path.strip("/"))
    except ValueError:
        return url
    # A canonical address elsewhere is what syndication uses rightly and spam wrongly; copies are found by their text.
    return absolute if host and same_site and names_page else url


def _site(host: str | None) -> str:
    return (host or "").lower().removeprefix("www.").removeprefix("m.").removeprefix("amp.")


def _meta(root: Any, name: str) -> str:
    for node in root.iter("meta"):
        key = node.get("property") or node.get("name") or node.get("itemprop") or ""
        if key.lower() == name.lower() and node.get("content"):
            return str(node.get("content")).strip()
    return ""


def _linked_data(root: Any) -> Iterator[dict[str, Any]]:
    """Yield the JSON-LD objects of the page, the ones inside @graph too."""
    for node in root.iter("script"):
        if (node.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            record = json.loads("".join(node.itertext()))
        except (ValueError, RecursionError):
            continue
        yield from _objects(record)


def _objects(record: Any) -> Iterator[dict[str, Any]]:
    for item in record if isinstance(record, list) else [record]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (part for part in graph if isinstance(part, dict)) if isinstance(graph, list) else ()
