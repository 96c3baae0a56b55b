"""Reads what is not well-formed with feedparser, the most tolerant parser there is; slow, so only then.

feedparser's `bozo` is ignored: it says that something is wrong, not that nothing can be read. Its own cleaning of
markup is off, ours comes after. It runs with a time limit in a process of its own (`quarantine`).
"""

import io
from collections.abc import Mapping
from typing import Any

from bot.collector.dates import parse_date
from bot.collector.documents import FeedDocument, NotAFeedError
from bot.collector.hints import ttl_minutes
from bot.collector.item import Item, build_entry
from bot.collector.markup import title_to_text


def parse_loose(data: bytes, *, base_url: str) -> FeedDocument:
    """Read a feed from broken UTF-8 XML. Raises NotAFeedError."""
    import feedparser

    parsed = feedparser.parse(
        io.BytesIO(data),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": base_url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    feed = parsed.get("feed", {})
    if not parsed.get("entries") and not (parsed.get("version") and feed.get("title")):
        raise NotAFeedError("broken XML in which no feed could be found")
    return FeedDocument(
        format=_format(parsed.get("version") or ""),
        title=title_to_text(feed.get("title") or ""),
        site_url=_web(feed.get("link")),
        language=feed.get("language") or None,
        ttl_minutes=ttl_minutes(str(feed.get("ttl") or "")),
        entries=tuple(build_entry(_item(entry)) for entry in parsed.get("entries", ())),
    )


def _format(version: str) -> str:
    if version.startswith("atom"):
        return "atom"
    return "rdf" if version in {"rss10", "rss090"} else "rss"


def _item(entry: Mapping[str, Any]) -> Item:
    contents = [part.get("value") or "" for part in entry.get("content") or ()]
    source = entry.get("source") or {}
    return Item(
        guid=entry.get("id") or None,
        url=_web(entry.get("feedburner_origlink")) or _web(entry.get("link")),
        title=entry.get("title") or "",
        content=max(contents, key=len, default=""),
        summary=entry.get("summary") or "",
        publisher=source.get("title") or "",
        published=parse_date(entry.get("published") or entry.get("created"))
        or parse_date(entry.get("updated"))
        or parse_date(entry.get("date")),
    )


def _web(link: object) -> str | None:
    link = "".join(str(link or "").split())
    return link if link.startswith(("http://", "https://")) and len(link) < 4000 else None
