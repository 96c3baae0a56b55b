"""From entry to article: full text, fallbacks, robots.txt, what is not ours to take."""

from dataclasses import replace

import pytest

from bot.collector.articles import Skip
from bot.collector.collector import Collector
from bot.collector.fetch import open_session
from bot.collector.options import CollectorOptions
from bot.store import Store
from db.records import ArticleDraft, EntryRow, SourceTier
from tests.bot.collector.rows import NOW
from tests.bot.collector.samples import article_page
from tests.loopback import misbehave
from tests.loopback.world import Handler, LoopbackWorld, Page

ENTRY = EntryRow(
    id=1,
    feed_id=1,
    guid="g",
    url=None,
    title="Gridworks leases 80 MW",
    content="Gridworks has leased a hall.",
    content_is_full=False,
    published_at=NOW,
    seen_at=NOW,
    alerting=True,
    tier=SourceTier.TRADE_PRESS,
    publisher="A",
)
HTML = {"content_type": "text/html"}


async def read(collector: Collector, url: str | None, **changes: object) -> ArticleDraft:
    draft = await collector.read_article(replace(ENTRY, url=url, **changes), NOW)  # type: ignore[arg-type]
    assert isinstance(draft, ArticleDraft)
    return draft


async def test_full_content_needs_no_page(world: LoopbackWorld, collector: Collector) -> None:
    draft = await read(collector, world.url("/a"), content="A long text.", content_is_full=True)
    assert draft.text == "A long text."
    assert not world.requests


async def test_the_page_gives_text_date_and_canonical_address(world: LoopbackWorld, collector: Collector) -> None:
    head = (
        f"<link rel='canonical' href='{world.url('/story')}'>"
        "<meta property='article:published_time' content='2025-11-03T08:00:00Z'>"
    )
    world.put("/a", article_page("Gridworks leases 80 MW", head=head), **HTML)
    draft = await read(collector, world.url("/a"), published_at=None)
    assert "twelve years" in draft.text
    assert "All rights reserved" not in draft.text
    assert draft.canonical_url == world.url("/story")
    assert draft.published_at == NOW.replace(hour=8)


@pytest.mark.parametrize(
    ("handler", "reason"),
    [
        pytest.param(misbehave.status(404), "404", id="404"),
        pytest.param(misbehave.status(402), "402", id="paywall by status"),
        pytest.param(misbehave.status(403, misbehave.CHALLENGE_PAGE), "challenge", id="challenge"),
        pytest.param(Page(b"%PDF-1.7", content_type="application/pdf"), "pdf", id="PDF"),
        pytest.param(Page(b"<html></html>", content_type="text/html"), "no readable", id="empty page"),
    ],
)
async def test_without_a_page_the_summary_stands_in(
    world: LoopbackWorld, collector: Collector, handler: Handler, reason: str
) -> None:
    world.on("/a", handler)
    assert (await read(collector, world.url("/a"))).text == ENTRY.content
    skip = await collector.read_article(replace(ENTRY, url=world.url("/a"), content="", title=""), NOW)
    assert isinstance(skip, Skip)
    assert reason in skip.reason


async def test_a_page_that_is_not_free_is_left_unread(world: LoopbackWorld, collector: Collector) -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    world.put("/a", article_page("Gridworks leases 80 MW", head=head), **HTML)
    assert (await read(collector, world.url("/a"))).text == ENTRY.content


async def test_a_passing_fault_is_tried_again_later(world: LoopbackWorld, collector: Collector) -> None:
    world.on("/a", misbehave.status(500))
    skip = await collector.read_article(replace(ENTRY, url=world.url("/a")), NOW)
    assert isinstance(skip, Skip)
    assert skip.retry_at
    assert skip.retry_at > NOW


async def test_robots_txt_is_obeyed_and_asked_once_a_day(world: LoopbackWorld, collector: Collector) -> None:
    world.put("/robots.txt", "User-agent: *\nDisallow: /private", content_type="text/plain")
    for path in ("/private/a", "/private/b", "/public"):
        world.put(path, article_page("Gridworks leases 80 MW"), **HTML)
    assert (await read(collector, world.url("/private/a"))).text == ENTRY.content
    assert (await read(collector, world.url("/private/b"))).text == ENTRY.content
    assert "twelve years" in (await read(collector, world.url("/public"))).text
    assert [asked.path for asked in world.requests] == ["/robots.txt", "/public"]
    later = NOW.replace(day=5)
    await collector.read_article(replace(ENTRY, url=world.url("/public")), later)
    assert len(world.asked("/robots.txt")) == 2


async def test_a_failing_robots_txt_forbids_for_now(world: LoopbackWorld, collector: Collector) -> None:
    world.on("/robots.txt", misbehave.status(503))
    world.put("/a", article_page("Gridworks leases 80 MW"), **HTML)
    assert (await read(collector, world.url("/a"))).text == ENTRY.content
    assert not world.asked("/a")


async def test_a_redirect_into_a_forbidden_site_is_not_used(world: LoopbackWorld, collector: Collector) -> None:
    async with LoopbackWorld() as other:
        other.put("/robots.txt", "User-agent: MarketPulse\nDisallow: /", content_type="text/plain")
        other.put("/a", article_page("Gridworks leases 80 MW"), **HTML)
        world.on("/a", misbehave.redirect(other.url("/a"), 302))
        assert (await read(collector, world.url("/a"))).text == ENTRY.content


@pytest.mark.parametrize("url", ["http://10.0.0.1/a", "file:///etc/passwd", "http://[bad/", "mailto:a@b.example"])
async def test_an_address_that_must_not_be_fetched_is_not(collector: Collector, url: str) -> None:
    assert (await read(collector, url)).text == ENTRY.content


async def test_the_language_is_told(collector: Collector) -> None:
    german = (
        "Der Betreiber hat mit dem Kunden einen Vertrag über die Lieferung von Strom und Rechenleistung geschlossen. "
        "Die Anlage wird im nächsten Jahr gebaut und soll dann auch für andere Kunden zur Verfügung stehen."
    )
    draft = await read(collector, None, content=german, content_is_full=True)
    assert draft.language == "de"


async def test_an_entry_too_old_to_alert_is_visited_only_if_it_is_worth_it(
    world: LoopbackWorld, store: Store, options: CollectorOptions
) -> None:
    world.put("/a", article_page("Gridworks leases 80 MW"), **HTML)
    async with open_session(options) as session:
        choosy = Collector(session=session, store=store, options=options, worth_a_visit=lambda e: "MW" in e.title)
        assert (await read(choosy, world.url("/a"), alerting=False, title="Weather")).text == ENTRY.content
        assert not world.requests
        assert "twelve years" in (await read(choosy, world.url("/a"), alerting=False)).text
