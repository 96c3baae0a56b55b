"""Reads what is not well-formed with feedparser, the most tolerant parser there is; slow, so only then.

feedparser's `bozo` is ignored: it says that something is wrong, not that nothing can be read. Its own cleaning of
markup is off, ours comes after. It runs with a time limit in a process of its own (`quarantine`).
"""

import io
from typing import Any

from bot.collector.dates import parse_date
from bot.collector.documents import FeedDocument, NotAFeedError
from bot.collector.hints import ttl_minutes
from bot.collector.item import Item, build_entries
from bot.collector.links import absolute_url
from bot.collector.markup import title_to_text


def parse_loose(data: bytes, *, base_url: str) -> FeedDocument:
    """Read a feed from broken UTF-8 XML. Raises NotAFeedError."""
    import feedparser

    # Without the feed's address: feedparser would resolve GUIDs against it too, and they must stay what they are.
    parsed = feedparser.parse(
        io.BytesIO(data),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    feed = parsed.get("feed", {})
    if not parsed.get("entries") and not (parsed.get("version") and feed.get("title")):
        raise NotAFeedError("broken XML in which no feed could be found")
    site_url = absolute_url(feed.get("link") or "", base_url)
    kind = _format(parsed.get("version") or "")
    base = base_url if kind == "atom" else site_url or base_url
    return FeedDocument(
        format=kind,
        title=title_to_text(feed.get("title") or ""),
        site_url=site_url,
        language=feed.get("language") or None,
        ttl_minutes=ttl_minutes(str(feed.get("ttl") or "")),
        entries=build_entries(_item(entry, base) for entry in parsed.get("entries", ())),
    )


def _format(version: str) -> str:
    if version.startswith("atom"):
        return "atom"
    return "rdf" if version in {"rss10", "rss090"} else "rss"


def _item(entry: dict[str, Any], base: str) -> Item:
    def raw(key: str) -> Any:
        return dict.get(entry, key)  # not entry.get: that guesses `updated` from `published`, with a warning

    contents = [part.get("value") or "" for part in raw("content") or ()]
    return Item(
        guid=raw("id") or None,
        url=absolute_url(raw("feedburner_origlink") or raw("link") or "", base),
        title=raw("title") or "",
        content=max(contents, key=len, default=""),
        summary=raw("summary") or "",
        publisher=(raw("source") or {}).get("title") or "",
        published=parse_date(raw("published") or raw("created")) or parse_date(raw("updated")),
    )
