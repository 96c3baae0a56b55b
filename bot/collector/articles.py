"""From an entry to its article: the feed's own text if it is full, else the page, else the summary.

Pages are fetched as politely as feeds, and only where robots.txt lets us.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from yarl import URL

from bot.collector.addresses import RefusedAddressError, check_url
from bot.collector.charset import decode
from bot.collector.edgar import is_filing, is_wanted
from bot.collector.fetch import PAGE_TYPES, Answer, Trouble
from bot.collector.filings import read_filing
from bot.collector.interpret import is_challenged
from bot.collector.language import detect_language
from bot.collector.readable import Page, read_page
from bot.collector.robots import MAX_BYTES as ROBOTS_BYTES
from bot.collector.robots import RobotRules, rules_for
from bot.collector.visits import Visits
from db.hosts import RobotsFile, store_robots, stored_robots
from db.records import ArticleDraft, EntryRow

_ROBOTS_LIFE = timedelta(hours=24)
#: A robots.txt that could not be read forbids everything, but not for a whole day.
_ROBOTS_RETRY = timedelta(hours=1)
_RETRY_WAITS = (timedelta(minutes=2), timedelta(minutes=15))
_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain", ""})


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """An entry that gives no article, and why; with `retry_at` only for now."""

    reason: str
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _NoPage:
    reason: str
    passing: bool = False


class ArticleReader:
    """Reads the article of an entry."""

    def __init__(self, visits: Visits, *, worth_a_visit: Callable[[EntryRow], bool]) -> None:
        self._visits = visits
        self._worth_a_visit = worth_a_visit
        self._rules: dict[str, tuple[datetime, RobotRules]] = {}

    async def read(self, entry: EntryRow, now: datetime, *, attempts: int = 0) -> ArticleDraft | Skip:
        """Return the article, or why there is none. `attempts` counts the tries that were put off."""
        if is_filing(entry):
            return await self._filing(entry, now, attempts)
        if entry.content_is_full or not entry.url or not (entry.alerting or self._worth_a_visit(entry)):
            return _from_feed(entry, now) or Skip(reason="neither text nor address")
        page = await self._page(entry.url, now)
        if isinstance(page, Page) and len(page.text) > len(entry.content):
            return _from_page(entry, page, now)
        if isinstance(page, _NoPage) and page.passing and attempts < len(_RETRY_WAITS):
            return _later(page.reason, now, attempts)
        reason = page.reason if isinstance(page, _NoPage) else "the page holds no readable text"
        return _from_feed(entry, now, page if isinstance(page, Page) else None) or Skip(reason=reason)

    async def _filing(self, entry: EntryRow, now: datetime, attempts: int) -> ArticleDraft | Skip:
        if not is_wanted(entry):
            return Skip(reason="a filing without item 1.01, 7.01 or 8.01")
        draft = await read_filing(entry, now, self.fetch_page)
        if isinstance(draft, ArticleDraft):
            return draft
        # A filing's entry says nothing by itself, so there is no summary to fall back to.
        return _later(draft, now, attempts) if attempts < len(_RETRY_WAITS) else Skip(reason=draft)

    async def fetch_page(self, url: str, now: datetime) -> Answer | None:
        """Get a page if robots.txt allows it, else None."""
        if not await self._may_fetch(url, now):
            return None
        return await self._visits.get(url, accept=PAGE_TYPES, max_bytes=self._visits.options.max_page_bytes, now=now)

    async def _page(self, url: str, now: datetime) -> Page | _NoPage:
        try:
            check_url(url)
        except RefusedAddressError as error:
            return _NoPage(reason=str(error))
        answer = await self.fetch_page(url, now)
        if answer is None:
            return _NoPage(reason="robots.txt asks not to fetch the page")
        if no_page := _no_page(answer):
            return no_page
        if not await self._may_fetch(answer.final_url, now):
            return _NoPage(reason="robots.txt of the page's new home asks not to fetch it")
        html = decode(answer.body, answer.headers.get("Content-Type", ""))
        if answer.content_type == "text/plain":
            return Page(
                title="", text=html, published_at=None, canonical_url=answer.final_url, language=None, is_free=True
            )
        page = await asyncio.to_thread(read_page, html, url=answer.final_url)
        return page or _NoPage(reason="the page is no HTML")

    async def _may_fetch(self, url: str, now: datetime) -> bool:
        return not self._visits.options.respect_robots or (await self._robots(url, now)).allows(url)

    async def _robots(self, url: str, now: datetime) -> RobotRules:
        origin = str(URL(url).origin())
        if origin in self._rules and self._rules[origin][0] > now:
            return self._rules[origin][1]
        known = await self._visits.store.run(stored_robots, origin)
        if known is None or known.fetched_at + _life(known) <= now:
            known = await self._fetch_robots(origin, now)
            await self._visits.store.run(store_robots, known)
        rules = rules_for(known.http_status, known.body)
        self._rules[origin] = (known.fetched_at + _life(known), rules)
        return rules

    async def _fetch_robots(self, origin: str, now: datetime) -> RobotsFile:
        answer = await self._visits.get(f"{origin}/robots.txt", accept="text/plain", max_bytes=ROBOTS_BYTES, now=now)
        too_large = answer.trouble is Trouble.TOO_LARGE
        status = 200 if too_large else answer.status
        body = decode(answer.body) if answer.status == 200 else ""
        return RobotsFile(origin=origin, fetched_at=now, http_status=status, body=body)


def _later(reason: str, now: datetime, attempts: int) -> Skip:
    return Skip(reason=reason, retry_at=now + _RETRY_WAITS[attempts])


def _life(robots: RobotsFile) -> timedelta:
    failed = robots.http_status is None or robots.http_status >= 500
    return _ROBOTS_RETRY if failed else _ROBOTS_LIFE


def _no_page(answer: Answer) -> _NoPage | None:
    if answer.trouble:
        passing = answer.trouble in {Trouble.TIMEOUT, Trouble.UNREACHABLE, Trouble.BROKEN}
        return _NoPage(reason=answer.reason, passing=passing)
    if is_challenged(answer):
        return _NoPage(reason="a challenge page for browsers instead of the article")
    if answer.status != 200:
        passing = answer.status == 429 or (answer.status or 0) >= 500
        return _NoPage(reason=f"the page's server answered with status {answer.status}", passing=passing)
    if answer.content_type not in _PAGES:
        return _NoPage(reason=f"the address leads to {answer.content_type}, not to a page")
    return None


def _from_feed(entry: EntryRow, now: datetime, page: Page | None = None) -> ArticleDraft | None:
    """Make an article of what the feed gives; a headline alone still says something."""
    if not entry.content and not entry.title:
        return None
    return ArticleDraft(
        entry_id=entry.id,
        feed_id=entry.feed_id,
        url=entry.url,
        canonical_url=(page.canonical_url if page else None) or entry.url,
        title=entry.title,
        text=entry.content,
        published_at=entry.published_at or (page.published_at if page else None),
        fetched_at=now,
        language=detect_language(f"{entry.title}\n{entry.content}"),
        publisher=entry.publisher,
        tier=entry.tier,
        alerting=entry.alerting,
    )


def _from_page(entry: EntryRow, page: Page, now: datetime) -> ArticleDraft:
    return ArticleDraft(
        entry_id=entry.id,
        feed_id=entry.feed_id,
        url=entry.url,
        canonical_url=page.canonical_url,
        title=entry.title or page.title,
        text=page.text,
        published_at=entry.published_at or page.published_at,
        fetched_at=now,
        language=detect_language(page.text, declared=page.language),
        publisher=entry.publisher,
        tier=entry.tier,
        alerting=entry.alerting,
    )
