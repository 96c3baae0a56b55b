"""From the raw strings of one item to an entry: markup cleaned, the fuller text chosen, the aggregator's habits undone.

Every parser ends here, so that the formats cannot differ in what they make of the same strings.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.collector.documents import FeedEntry
from bot.collector.markup import markup_to_text, title_to_text

#: A feed's text of this length is the article; shorter ones only when the feed calls them content.
_FULL_SUMMARY_CHARS = 2500
_FULL_CONTENT_CHARS = 1000
_CUT_OFF = re.compile(
    r"(?: \[? (?:…|\.\.\.) \]? | (?:continue\ reading|read\ (?:more|the\ full\ \w+|on)|view\ article|keep\ reading) \W* \S{0,40} ) \W* $",
    re.VERBOSE | re.IGNORECASE,
)
_WORDPRESS_TAIL = re.compile(r"\s*The post .{1,300}? (?:first )?appeared (?:first )?on [^\n]{1,120}$")
_TAIL_CHARS = 600
_TAG = re.compile(r"</?(?:p|br|div|a|img|span|li|strong|em)\b[^<>]{0,500}>")
_MAX_TITLE = 500
_MAX_GUID = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What a parser found of one item; markup still inside, `url` already absolute."""

    guid: str | None
    url: str | None
    title: str
    content: str
    summary: str
    publisher: str
    published: datetime | None


def build_entries(items: Iterable[Item]) -> tuple[FeedEntry, ...]:
    """Clean the items and drop those that hold nothing."""
    entries = (build_entry(item) for item in items)
    return tuple(entry for entry in entries if entry.guid or entry.url or entry.title or entry.content)


def build_entry(item: Item) -> FeedEntry:
    """Clean one item."""
    publisher = title_to_text(item.publisher)[:120]
    content, is_full = _content(item)
    title = _title(item, publisher) or _first_words(content)
    return FeedEntry(
        guid=item.guid[:_MAX_GUID] if item.guid else None,
        url=item.url,
        title=title[:_MAX_TITLE],
        content=content,
        content_is_full=is_full,
        publisher=publisher or None,
        published_at=item.published,
    )


def _title(item: Item, publisher: str) -> str:
    """Return the title without the ` - Publisher` that news aggregators add."""
    title = title_to_text(item.title)
    return title.removesuffix(f" - {publisher}") if publisher else title


def _content(item: Item) -> tuple[str, bool]:
    full = _cleaned(item.content)
    if item.summary and item.summary != item.content and len(item.summary) > len(item.content):
        summary = _cleaned(item.summary)
        if len(summary) > len(full):
            return summary, _is_full(summary, _FULL_SUMMARY_CHARS)
    return full, _is_full(full, _FULL_CONTENT_CHARS)


def _cleaned(markup: str) -> str:
    if not markup:
        return ""
    text = markup_to_text(markup)
    if "<" not in markup and _TAG.search(text):
        text = markup_to_text(text)  # escaped once too much
    return text[:-_TAIL_CHARS] + _WORDPRESS_TAIL.sub("", text[-_TAIL_CHARS:])


def _is_full(text: str, enough: int) -> bool:
    return len(text) >= enough and not _CUT_OFF.search(text[-120:])


def _first_words(text: str) -> str:
    return text[:100].partition("\n")[0].strip()
