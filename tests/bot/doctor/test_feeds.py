"""The doctor's look at feeds: answers from real sockets are judged, summed up, and used to check the clock."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from multidict import CIMultiDict

from bot.collector.fetch import Answer, Trouble
from bot.collector.options import CollectorOptions
from bot.doctor import checks as doctor
from bot.doctor import feeds as doctor_feeds
from bot.doctor.checks import Status
from bot.sample.server import SampleServer, serve_sample

NOW = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)
OPTIONS = CollectorOptions(allow_loopback=True, per_host_delay_s=0, total_timeout_s=5, contact="me@example.org")


@pytest.fixture
async def sample() -> AsyncIterator[SampleServer]:
    server = await serve_sample(datetime.now(UTC))
    yield server
    await server.close()


async def test_sample_feeds_are_fresh_and_the_broken_ones_are_told(sample: SampleServer) -> None:
    visited: list[None] = []
    reports = await doctor_feeds.visit_feeds(
        sample.feeds, options=OPTIONS, now=datetime.now(UTC), progress=lambda: visited.append(None)
    )
    found = {report.feed.key: report.check for report in reports}
    assert len(visited) == len(sample.feeds)
    assert found.pop("sample-night-shift").finding == "an HTML page, not a feed"
    assert found.pop("sample-gridlock").status is Status.WARN
    assert {check.status for check in found.values()} == {Status.OK}
    summary = doctor_feeds.summarise(reports, skipped=2)
    assert summary[0].finding == "5 of 7 answer with a fresh feed, 2 of SEC EDGAR not asked"
    assert doctor_feeds.check_clock(reports).status is Status.OK


async def test_network_that_is_down_is_one_fault_not_many(sample: SampleServer) -> None:
    dead = tuple(replace(feed, url="http://127.0.0.1:1/feed") for feed in sample.feeds)
    reports = await doctor_feeds.visit_feeds(dead, options=OPTIONS, now=NOW)
    (only,) = doctor_feeds.summarise(reports, skipped=0)
    assert only.status is Status.FAIL
    assert doctor_feeds.check_clock(reports).status is Status.WARN


def rss(*ages_days: int) -> bytes:
    items = "".join(
        f"<item><title>n</title><pubDate>{NOW - timedelta(days=age):%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
        for age in ages_days
    )
    return f'<rss version="2.0"><channel><title>t</title>{items}</channel></rss>'.encode()


def answer(*, status: int | None = 200, body: bytes = b"", **facts: Any) -> Answer:
    headers = CIMultiDict({"Content-Type": "application/rss+xml"})
    address = "https://a.example/feed"
    return Answer(url=address, final_url=address, status=status, headers=headers, body=body, **facts)


@pytest.mark.parametrize(
    ("given", "status", "word"),
    [
        pytest.param(answer(body=rss(0, 1, 2)), Status.OK, "newest 0 h old", id="fresh"),
        pytest.param(answer(body=rss(30, 31, 32)), Status.WARN, "nothing new for 30 days", id="silent"),
        pytest.param(answer(body=rss(30, 60, 90, 120, 150, 180)), Status.OK, "newest 30 d old", id="slow-by-nature"),
        pytest.param(answer(body=rss()), Status.WARN, "without entries", id="empty"),
        pytest.param(answer(body=b"<html><body>hi</body></html>"), Status.FAIL, "HTML page", id="page"),
        pytest.param(answer(status=404), Status.FAIL, "404", id="not-found"),
        pytest.param(answer(status=410), Status.FAIL, "410", id="gone"),
        pytest.param(answer(status=403), Status.FAIL, "403", id="forbidden"),
        pytest.param(answer(status=503), Status.WARN, "503", id="busy"),
        pytest.param(answer(status=429), Status.WARN, "429", id="too-many"),
        pytest.param(answer(status=None, trouble=Trouble.TIMEOUT, reason="slow"), Status.WARN, "slow", id="timeout"),
        pytest.param(
            answer(body=rss(0), permanent_url="https://b.example/"), Status.WARN, "moved for good", id="moved"
        ),
    ],
)
async def test_judging_a_feed(sample: SampleServer, given: Answer, status: Status, word: str) -> None:
    found = doctor_feeds.judge(sample.feeds[0], given, now=NOW)
    assert found.status is status
    assert word in found.finding
    assert bool(found.remedy) is (status is not Status.OK)


@pytest.mark.parametrize(
    ("skew_s", "status"),
    [
        pytest.param(2, Status.OK, id="right"),
        pytest.param(-120, Status.WARN, id="fast"),
        pytest.param(7200, Status.FAIL, id="hours"),
    ],
)
async def test_clock_against_servers(sample: SampleServer, skew_s: int, status: Status) -> None:
    check = doctor.ok("x", "y")
    reports = [doctor_feeds.FeedReport(feed=feed, check=check, skew=timedelta(seconds=skew_s)) for feed in sample.feeds]
    assert doctor_feeds.check_clock(reports).status is status


def test_edgar_wants_a_contact() -> None:
    assert doctor_feeds.check_contact(CollectorOptions()).status is Status.WARN
    assert "me@example.org" in doctor_feeds.check_contact(OPTIONS).finding
