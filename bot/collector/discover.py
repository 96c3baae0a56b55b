"""From the address a person gives, a feed's or a site's, to the feed: autodiscovery, then the usual places."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from lxml import etree

from bot.collector.charset import decode
from bot.collector.documents import FeedDocument, NotAFeedError
from bot.collector.fetch import Answer
from bot.collector.interpret import without_body
from bot.collector.links import absolute_url
from bot.collector.parse import parse_feed
from bot.collector.visits import Visits
from bot.errors import FetchError

_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "text/xml"}
)
_USUAL_PLACES = ("feed", "rss", "feed.xml", "rss.xml", "atom.xml", "index.xml")
_MAX_CANDIDATES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeed:
    """A feed that answered."""

    url: str
    document: FeedDocument


async def discover(visits: Visits, url: str, *, now: datetime) -> FoundFeed:
    """Return the feed at an address, or the first one its page points to. Raises FetchError."""
    answer = await _get(visits, url, now)
    if found := _feed(answer):
        return found
    if seen := without_body(answer, now=now):
        raise FetchError(url, seen.reason)
    for candidate in _candidates(answer):
        if found := _feed(await _get(visits, candidate, now)):
            return found
    raise FetchError(
        url, "it is no feed, its page names none, and none is in the usual places; give the feed's address"
    )


async def _get(visits: Visits, url: str, now: datetime) -> Answer:
    return await visits.get(url, max_bytes=visits.options.max_feed_bytes, now=now)


def _feed(answer: Answer) -> FoundFeed | None:
    if answer.trouble or answer.status != 200:
        return None
    content_type = answer.headers.get("Content-Type", "")
    try:
        document = parse_feed(answer.body, content_type=content_type, base_url=answer.final_url)
    except NotAFeedError:
        return None
    return FoundFeed(url=answer.permanent_url or answer.url, document=document)


def _candidates(answer: Answer) -> list[str]:
    named = list(_named(answer))
    # A comments feed is a feed, but not the one anybody means.
    named.sort(key=lambda url: "comment" in url.lower())
    usual = [urljoin(answer.final_url, f"/{place}") for place in _USUAL_PLACES]
    return list(dict.fromkeys([*named, *usual]))[:_MAX_CANDIDATES]


def _named(answer: Answer) -> Iterator[str]:
    """Yield the feeds that the page's <link rel="alternate"> name, in their order."""
    page = decode(answer.body, answer.headers.get("Content-Type", ""))
    root = etree.HTML(page.encode("utf-8", "replace"), etree.HTMLParser(encoding="utf-8"))
    for link in root.iter("link") if root is not None else ():
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        if kind in _FEED_TYPES and "alternate" in (link.get("rel") or "").lower().split():
            url = absolute_url(link.get("href") or "", answer.final_url)
            if url:
                yield url
