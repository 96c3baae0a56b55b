"""Reads JSON Feed 1 and 1.1, and the neighbours that only almost follow it.

A company's submissions file of SEC EDGAR comes by the same door and is handed on."""

import html
import json
from typing import Any

from bot.collector.dates import parse_date
from bot.collector.documents import FeedDocument, NotAFeedError
from bot.collector.edgar import is_submissions, parse_submissions
from bot.collector.item import Item, build_entries
from bot.collector.links import absolute_url
from bot.collector.markup import strip_unwanted, title_to_text


def parse_json(text: str, *, base_url: str) -> FeedDocument:
    """Read a JSON Feed or a submissions file. Raises NotAFeedError."""
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAFeedError("broken JSON") from error
    if is_submissions(record):
        return parse_submissions(record)
    if not isinstance(record, dict) or not isinstance(record.get("items"), list):
        raise NotAFeedError("JSON, but no JSON Feed (it has no items)")
    return FeedDocument(
        format="json",
        title=title_to_text(_string(record.get("title"))),
        site_url=absolute_url(_string(record.get("home_page_url")), base_url),
        language=_string(record.get("language")) or None,
        entries=build_entries(_item(item, base_url) for item in record["items"] if isinstance(item, dict)),
    )


def _item(item: dict[str, Any], base_url: str) -> Item:
    content = _string(item.get("content_html")) or html.escape(_string(item.get("content_text")), quote=False)
    return Item(
        guid=_string(item.get("id")) or None,
        url=absolute_url(_string(item.get("url") or item.get("external_url")), base_url),
        title=_string(item.get("title")),
        content=content,
        summary=_string(item.get("summary")),
        publisher="",
        published=parse_date(_string(item.get("date_published"))) or parse_date(_string(item.get("date_modified"))),
    )


def _string(value: Any) -> str:
    """Return a string or number as a string; JSON Feed ids are often numbers."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return strip_unwanted(str(value)).strip()  # JSON can say half a character, which no database takes
