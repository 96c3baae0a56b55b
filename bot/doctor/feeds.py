"""Checks of the feeds as the collector would see them: reachable, a feed, fresh; and of the clock, by their servers.

Asks politely (the collector's own client, gates and limits) and stores nothing. Judging an answer is pure.
"""

import asyncio
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.collector.decide import Outcome, rhythm_hours
from bot.collector.documents import FeedDocument, NotAFeedError
from bot.collector.fetch import Answer, Trouble, fetch, open_session
from bot.collector.interpret import without_body
from bot.collector.options import CollectorOptions
from bot.collector.parse import parse_feed
from bot.collector.politeness import HostGate, host_of
from bot.doctor.checks import Check, Status, fail, ok, warn
from db.feeds import FeedSpec

_QUIET_AT_LEAST = timedelta(days=7)
_QUIET_FACTOR = 8
_CLOCK_WARN_S = 60
_CLOCK_FAIL_S = 600
_DISABLE = "Correct its address in a feeds file of yours (collector.extra_feeds), or add it to collector.disabled."
_WAIT = "Wait; the collector tries again by itself, with growing pauses."


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedReport:
    """What one feed answered; `skew` is how far its server's clock is ahead of ours."""

    feed: FeedSpec
    check: Check
    skew: timedelta | None = None


async def visit_feeds(
    feeds: Sequence[FeedSpec],
    *,
    options: CollectorOptions,
    now: datetime,
    progress: Callable[[], None] = lambda: None,
) -> tuple[FeedReport, ...]:
    """Ask every feed once, in parallel within the collector's manners; `progress` is called after each."""
    gate = HostGate(
        concurrency=options.per_host_concurrency,
        delay_s=options.per_host_delay_s,
        clock=time.monotonic,
        sleep=asyncio.sleep,
    )
    places = asyncio.Semaphore(options.concurrency)

    async def visit(feed: FeedSpec) -> FeedReport:
        async with gate.visit(host_of(feed.url)), places:
            answer = await fetch(
                session, feed.url, max_bytes=options.max_feed_bytes, max_redirects=options.max_redirects
            )
        check = await asyncio.to_thread(judge, feed, answer, now=now)
        progress()
        return FeedReport(feed=feed, check=check, skew=_skew(answer))

    async with open_session(options) as session:
        return tuple(await asyncio.gather(*(visit(feed) for feed in feeds)))


def judge(feed: FeedSpec, answer: Answer, *, now: datetime) -> Check:
    """Say what a feed's answer is worth."""
    name = f"Feed {feed.key}"
    seen = without_body(answer, now=now)
    if seen is not None and seen.outcome is not Outcome.NOT_MODIFIED:
        passing = answer.trouble in {Trouble.TIMEOUT, Trouble.UNREACHABLE, Trouble.BROKEN} or _is_passing(answer.status)
        return warn(name, seen.reason, _WAIT) if passing else fail(name, seen.reason, _DISABLE)
    try:
        content_type = answer.headers.get("Content-Type", "")
        document = parse_feed(answer.body, content_type=content_type, base_url=answer.final_url)
    except NotAFeedError as error:
        return fail(name, error.reason, _DISABLE)
    return _freshness(name, document, answer, now=now)


def summarise(reports: Sequence[FeedReport], *, skipped: int) -> tuple[Check, ...]:
    """Return one line for all feeds that are well, and one for each that is not."""
    bad = [report.check for report in reports if report.check.status is not Status.OK]
    if reports and all(report.check.remedy == _WAIT for report in reports):
        finding = f"none of {len(reports)} feeds can be reached; first: {bad[0].finding}"
        return (fail("Feeds", finding, "Check this machine's network, DNS and firewall (outgoing HTTPS)."),)
    finding = f"{len(reports) - len(bad)} of {len(reports)} answer with a fresh feed"
    if skipped:
        finding += f", {skipped} of SEC EDGAR not asked"
    return (ok("Feeds", finding), *bad)


def check_clock(reports: Sequence[FeedReport]) -> Check:
    """Compare our clock with the median of the servers'."""
    skews = [report.skew.total_seconds() for report in reports if report.skew is not None]
    if not skews:
        return warn("Clock", "no server to compare it with", "Run the doctor again with network.")
    skew = statistics.median(skews)
    finding = f"{abs(skew):.0f} s {'behind' if skew > 0 else 'ahead of'} {len(skews)} servers"
    remedy = "Switch on time synchronisation (NTP); alerts judge an article's age by this clock."
    if abs(skew) > _CLOCK_FAIL_S:
        return fail("Clock", finding, remedy)
    return warn("Clock", finding, remedy) if abs(skew) > _CLOCK_WARN_S else ok("Clock", finding)


def check_contact(options: CollectorOptions) -> Check:
    """Check that SEC EDGAR would know whom to write to."""
    if options.contact:
        return ok("EDGAR contact", options.user_agent)
    remedy = (
        "Set collector.contact to your e-mail or web page (`market-pulse setup`); SEC EDGAR is not asked without it."
    )
    return warn("EDGAR contact", "none", remedy)


def _is_passing(status: int | None) -> bool:
    return status is not None and (status >= 500 or status == 429)


def _freshness(name: str, document: FeedDocument, answer: Answer, *, now: datetime) -> Check:
    count = len(document.entries)
    if answer.permanent_url:
        return warn(
            name,
            f"moved for good to {answer.permanent_url}",
            "The collector adopts it after a week; or correct the address.",
        )
    if not count:
        return warn(
            name, "a feed without entries", "Look at its homepage; if it stays empty, add it to collector.disabled."
        )
    dates = sorted(entry.published_at for entry in document.entries if entry.published_at and entry.published_at <= now)
    if not dates:
        return ok(name, f"{document.format}, {count} entries without dates")
    silence = now - dates[-1]
    rhythm = timedelta(hours=rhythm_hours(dates) or 0)
    if silence > max(_QUIET_AT_LEAST, _QUIET_FACTOR * rhythm):
        return warn(
            name,
            f"nothing new for {silence.days} days",
            "See whether the publisher has moved it; else add it to collector.disabled.",
        )
    return ok(name, f"{document.format}, {count} entries, newest {_ago(silence)} old")


def _ago(age: timedelta) -> str:
    hours = age.total_seconds() / 3600
    return f"{hours:.0f} h" if hours < 48 else f"{age.days} d"


def _skew(answer: Answer) -> timedelta | None:
    """Return how far the server's Date is ahead of our clock; a cached answer says nothing about it."""
    if "Date" not in answer.headers or "Age" in answer.headers:
        return None
    try:
        theirs = parsedate_to_datetime(answer.headers["Date"])
    except ValueError:
        return None
    return theirs.replace(tzinfo=theirs.tzinfo or UTC) - datetime.now(UTC)
