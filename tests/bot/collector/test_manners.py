"""The rules between the collector and the hosts, over real sockets: 429, 410, HTML, challenges, pauses, crashes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.collector.collector import Collector
from bot.collector.documents import FeedDocument
from bot.collector.entries import draft_entries
from bot.collector.fetch import open_session
from bot.collector.options import CollectorOptions
from bot.collector.visits import NO_CONTACT
from bot.store import Store
from db.entries import EntryDraft, pending_entries
from db.feed_log import fetch_log, mark_announced, unannounced_changes
from db.feeds import FeedRow, Health
from tests.bot.collector.rows import NOW
from tests.bot.collector.samples import rss
from tests.loopback import misbehave
from tests.loopback.world import Handler, LoopbackWorld, Page

Follow = Callable[..., FeedRow]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


async def test_429_silences_the_whole_host(
    world: LoopbackWorld, collector: Collector, follow: Follow, store: Store
) -> None:
    world.on("/1", misbehave.status(429, Retry_After="3600"))
    world.put("/2", rss(1, at=NOW))
    follow(world.url("/1"), now=NOW - MINUTE)
    await collector.update_feeds(NOW)
    follow(world.url("/2"))
    report = await collector.update_feeds(NOW + MINUTE)
    assert report.outcomes == {"put off": 1}
    assert not world.asked("/2")
    assert follow(world.url("/2")).next_due_at == NOW + HOUR
    assert (await collector.update_feeds(NOW + HOUR + MINUTE)).new_entries == 1


async def test_a_pause_survives_a_restart(
    world: LoopbackWorld, collector: Collector, follow: Follow, store: Store, options: CollectorOptions
) -> None:
    world.on("/1", misbehave.status(429, Retry_After="3600"))
    follow(world.url("/1"))
    await collector.update_feeds(NOW)
    follow(world.url("/2"))
    async with open_session(options) as session:
        reborn = Collector(session=session, store=store, options=options)
        assert (await reborn.update_feeds(NOW + MINUTE)).outcomes == {"put off": 1}


async def test_a_host_that_times_out_keeps_nobody_waiting_twice(
    world: LoopbackWorld, follow: Follow, store: Store
) -> None:
    options = CollectorOptions(allow_loopback=True, total_timeout_s=0.2, per_host_concurrency=1, per_host_delay_s=0)
    for n in range(5):
        world.on(f"/{n}", misbehave.never)
        follow(world.url(f"/{n}"))
    async with open_session(options) as session:
        report = await Collector(session=session, store=store, options=options).update_feeds(NOW)
    assert report.outcomes == {"failed": 1, "put off": 4}


async def test_503_with_retry_after_is_honoured(world: LoopbackWorld, collector: Collector, follow: Follow) -> None:
    world.on(
        "/1", misbehave.status(503, Retry_After="Mon, 03 Nov 2025 15:00:00 GMT", Date="Mon, 03 Nov 2025 12:00:00 GMT")
    )
    follow(world.url("/1"))
    await collector.update_feeds(NOW)
    assert follow(world.url("/1")).next_due_at == NOW + 3 * HOUR


async def test_410_retires_the_feed_with_one_notice(
    world: LoopbackWorld, collector: Collector, follow: Follow, store: Store
) -> None:
    world.on("/1", misbehave.status(410))
    follow(world.url("/1"))
    report = await collector.update_feeds(NOW)
    assert [(change.before, change.after) for change in report.health_changes] == [(Health.OK, Health.GONE)]
    assert (await collector.update_feeds(NOW + 30 * DAY)).feeds == 0
    (notice,) = store.call(unannounced_changes)
    store.call(mark_announced, [notice.id], now=NOW)
    assert store.call(unannounced_changes) == []


@pytest.mark.parametrize(
    ("handler", "health", "words"),
    [
        pytest.param(Page(b"<!doctype html><html><p>News</p></html>"), Health.FAILING, "an HTML page", id="HTML 200"),
        pytest.param(Page(b""), Health.FAILING, "an empty answer", id="empty"),
        pytest.param(Page(b'{"error": "none"}'), Health.FAILING, "no JSON Feed", id="JSON"),
        pytest.param(Page(misbehave.CHALLENGE_PAGE.encode()), Health.BLOCKED, "challenge", id="challenge with 200"),
        pytest.param(misbehave.status(403, misbehave.CHALLENGE_PAGE), Health.BLOCKED, "challenge", id="challenge 403"),
        pytest.param(misbehave.status(403, cf_mitigated="challenge"), Health.BLOCKED, "challenge", id="cf-mitigated"),
        pytest.param(misbehave.status(401), Health.BLOCKED, "status 401", id="401"),
        pytest.param(misbehave.status(451), Health.BLOCKED, "status 451", id="451"),
        pytest.param(misbehave.status(404), Health.FAILING, "not found", id="404"),
        pytest.param(misbehave.status(500), Health.FAILING, "status 500", id="500"),
        pytest.param(misbehave.reset, Health.FAILING, "", id="reset"),
        pytest.param(misbehave.redirect("http://10.0.0.1/"), Health.BLOCKED, "private", id="redirect inside"),
    ],
)
async def test_a_fault_is_named_and_the_others_go_on(
    world: LoopbackWorld, collector: Collector, follow: Follow, handler: Handler, health: Health, words: str
) -> None:
    world.on("/bad", handler)
    world.put("/good", rss(2, at=NOW))
    follow(world.url("/bad"))
    follow(world.url("/good"))
    report = await collector.update_feeds(NOW)
    feed = follow(world.url("/bad"))
    assert report.new_entries == 2
    assert feed.health is health
    assert words in feed.health_reason
    assert feed.next_due_at
    assert feed.next_due_at > NOW


async def test_health_changes_are_told_once_not_every_round(
    world: LoopbackWorld, collector: Collector, follow: Follow
) -> None:
    follow(world.url("/missing"))
    changes = []
    for hour in range(0, 200, 25):
        changes += (await collector.update_feeds(NOW + hour * HOUR)).health_changes
    assert len(changes) == 1


async def test_an_unchanged_body_is_not_parsed_again(
    world: LoopbackWorld, collector: Collector, follow: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.put("/1", rss(2, at=NOW))
    follow(world.url("/1"))
    await collector.update_feeds(NOW)
    monkeypatch.setattr("bot.collector.feed_visit.parse_strictly", None)
    assert (await collector.update_feeds(NOW + HOUR)).outcomes == {"same": 1}


async def test_an_etag_that_changes_every_time_makes_nothing_new(
    world: LoopbackWorld, collector: Collector, follow: Follow, store: Store
) -> None:
    page = world.put("/1", rss(2, at=NOW), etag='"1"')
    follow(world.url("/1"))
    await collector.update_feeds(NOW)
    page.etag = '"2"'
    page.body += b"<!-- served by node 7 -->"
    report = await collector.update_feeds(NOW + HOUR)
    assert (report.new_entries, report.outcomes) == (0, {"same": 1})


async def test_a_permanent_redirect_is_adopted_after_seven_days(
    world: LoopbackWorld, collector: Collector, follow: Follow, store: Store
) -> None:
    world.on("/old", misbehave.redirect("/new", 308))
    world.put("/new", rss(1, at=NOW))
    old = follow(world.url("/old"))
    for day in range(8):
        await collector.update_feeds(NOW + day * DAY)
    (feed,) = [follow(world.url("/new"))]
    assert (feed.id, feed.configured_url) == (old.id, world.url("/old"))
    world.requests.clear()
    await collector.update_feeds(NOW + 9 * DAY)
    assert [asked.path for asked in world.requests] == ["/new"]


async def test_a_temporary_redirect_is_never_adopted(
    world: LoopbackWorld, collector: Collector, follow: Follow
) -> None:
    world.on("/old", misbehave.redirect("/new", 302))
    world.put("/new", rss(1, at=NOW))
    follow(world.url("/old"))
    for day in range(10):
        await collector.update_feeds(NOW + day * DAY)
    assert follow(world.url("/old")).redirect_url is None


async def test_a_permanent_redirect_to_a_page_is_not_adopted(
    world: LoopbackWorld, collector: Collector, follow: Follow
) -> None:
    world.on("/old", misbehave.redirect("/maintenance"))
    world.put("/maintenance", "<!doctype html><html>back soon</html>", content_type="text/html")
    follow(world.url("/old"))
    for day in range(12):
        await collector.update_feeds(NOW + day * DAY)
    feed = follow(world.url("/old"))
    assert (feed.redirect_url, feed.health) == (None, Health.FAILING)


async def test_a_burst_of_5xx_is_weather(world: LoopbackWorld, collector: Collector, follow: Follow) -> None:
    good = Page(rss(1, at=NOW).encode())
    world.on("/1", misbehave.in_turn([good, misbehave.status(502), misbehave.status(503), good]))
    follow(world.url("/1"))
    changes = [
        change for hour in range(4) for change in (await collector.update_feeds(NOW + hour * HOUR)).health_changes
    ]
    assert changes == []
    assert follow(world.url("/1")).failures == 0


async def test_edgar_stays_off_without_a_contact_and_says_why(
    store: Store, follow: Follow, world: LoopbackWorld
) -> None:
    options = CollectorOptions(contact="")
    url = "https://data.sec.gov/submissions/CIK0000000001.json"
    follow(url)
    async with open_session(options) as session:
        report = await Collector(session=session, store=store, options=options).update_feeds(NOW)
    feed = follow(url)
    assert (feed.health, feed.health_reason) == (Health.BLOCKED, NO_CONTACT)
    assert len(report.health_changes) == 1
    assert feed.next_due_at == NOW + 10 * MINUTE


async def test_requests_to_one_host_keep_their_distance(
    world: LoopbackWorld, collector: Collector, follow: Follow, fake_time: object
) -> None:
    for n in range(4):
        world.put(f"/{n}", rss(1, at=NOW))
        follow(world.url(f"/{n}"))
    await collector.update_feeds(NOW)
    assert fake_time.slept == [1.0, 1.0, 1.0]  # type: ignore[attr-defined]


async def test_broken_xml_is_read_in_quarantine(
    world: LoopbackWorld, collector: Collector, follow: Follow, store: Store
) -> None:
    world.put("/1", rss(2, at=NOW).replace("Item 0", "AT&T & others").replace("</channel></rss>", ""))
    follow(world.url("/1"))
    assert (await collector.update_feeds(NOW)).new_entries == 2
    assert {entry.title for entry in store.call(pending_entries, limit=9)} == {"AT&T & others", "Item 1"}


async def test_a_feed_that_breaks_the_collector_is_a_failure_like_any_other(
    world: LoopbackWorld, collector: Collector, follow: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("a bug of ours")

    monkeypatch.setattr("bot.collector.feed_visit.parse_strictly", breaks)
    world.put("/1", rss(2, at=NOW))
    follow(world.url("/1"))
    report = await collector.update_feeds(NOW)
    assert report.outcomes == {"failed": 1}
    assert follow(world.url("/1")).health is Health.FAILING


async def test_an_update_that_cannot_be_saved_spoils_no_other(
    world: LoopbackWorld, collector: Collector, follow: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = draft_entries

    def spoiled(document: FeedDocument, feed: FeedRow, **values: object) -> list[EntryDraft]:
        good = drafts(document, feed, **values)  # type: ignore[arg-type]
        return [replace(draft, title="\ud800") for draft in good] if feed.url.endswith("/bad") else good

    monkeypatch.setattr("bot.collector.feed_visit.draft_entries", spoiled)
    for path in ("/good", "/bad"):
        world.put(path, rss(2, at=NOW))
        follow(world.url(path))
    report = await collector.update_feeds(NOW)
    assert (report.new_entries, report.outcomes) == (2, {"new": 1, "failed": 1})
    assert follow(world.url("/bad")).health is Health.FAILING


async def test_half_a_character_in_json_is_harmless(
    world: LoopbackWorld, collector: Collector, follow: Follow, store: Store
) -> None:
    item = '{"id": "\\ud800", "url": "/\\udfff", "title": "a\\ud83d", "content_html": "<p>\\udc00</p>"}'
    world.put("/1", '{"version": "https://jsonfeed.org/version/1.1", "items": [' + item + "]}")
    follow(world.url("/1"))
    assert (await collector.update_feeds(NOW)).new_entries == 1


async def test_the_log_counts_repeats(world: LoopbackWorld, collector: Collector, follow: Follow, store: Store) -> None:
    world.put("/1", rss(1, at=NOW), etag='"1"')
    feed = follow(world.url("/1"))
    for hour in range(5):
        await collector.update_feeds(NOW + hour * HOUR)
    log = store.call(fetch_log, feed.id)
    assert [(line.outcome, line.repeats) for line in log] == [("not modified", 4), ("new", 1)]


async def test_lag_is_measured(world: LoopbackWorld, collector: Collector, follow: Follow) -> None:
    page = world.put("/1", rss(1, at=NOW))
    follow(world.url("/1"))
    await collector.update_feeds(NOW)
    later = NOW + 2 * HOUR
    page.body = rss(1, at=later - 5 * MINUTE + HOUR, start=7).encode()
    assert (await collector.update_feeds(later)).longest_lag == 5 * MINUTE
