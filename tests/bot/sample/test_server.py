"""The sample world: every feed parses, every link leads to its article, conditional requests and faults behave."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import aiohttp
import feedparser
import pytest

from bot.sample.server import SampleServer, serve_sample
from bot.sample.world import load_outlets
from db.records import SourceTier

NOW = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)


@pytest.fixture
async def server() -> AsyncIterator[SampleServer]:
    running = await serve_sample(NOW)
    yield running
    await running.close()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def fetch(http: aiohttp.ClientSession, url: str, **headers: str) -> tuple[int, str, aiohttp.ClientResponse]:
    async with http.get(url, headers=headers) as response:
        return response.status, await response.text(), response


def test_world_is_about_thirty_articles_in_four_formats() -> None:
    outlets = load_outlets(NOW)
    assert {outlet.format for outlet in outlets} == {"rss", "atom", "rdf", "json"}
    assert 28 <= sum(len(outlet.articles) for outlet in outlets) <= 40


def test_articles_are_fresh_and_their_placeholders_filled() -> None:
    for outlet in load_outlets(NOW):
        for article in outlet.articles:
            assert timedelta(0) < NOW - article.published < timedelta(hours=72)
            assert "{{" not in " ".join(article.paragraphs)


def test_slugs_are_unique() -> None:
    slugs = [article.slug for outlet in load_outlets(NOW) for article in outlet.articles]
    assert len(set(slugs)) == len(slugs)


async def test_xml_feeds_parse_and_links_lead_to_articles(server: SampleServer, http: aiohttp.ClientSession) -> None:
    for outlet, spec in zip(server.outlets, server.feeds, strict=False):
        if outlet.format == "json":
            continue
        _, text, _ = await fetch(http, spec.url)
        parsed = feedparser.parse(text)
        assert not parsed.bozo
        assert len(parsed.entries) == len(outlet.articles)
        status, page, _ = await fetch(http, parsed.entries[0].link)
        assert status == 200
        assert parsed.entries[0].title.split(",")[0] in page
        assert parsed.entries[0].get("published_parsed") or parsed.entries[0].get("updated_parsed")


async def test_json_feed_holds_full_text(server: SampleServer, http: aiohttp.ClientSession) -> None:
    (spec,) = [feed for feed in server.feeds if feed.tier is SourceTier.PRESS_RELEASE]
    async with http.get(spec.url) as response:
        document = await response.json(content_type=None)
    assert document["version"].startswith("https://jsonfeed.org/")
    assert all(len(item["content_html"]) > 500 for item in document["items"])


async def test_unchanged_feed_answers_304(server: SampleServer, http: aiohttp.ClientSession) -> None:
    _, _, first = await fetch(http, server.feeds[0].url)
    status, text, _ = await fetch(http, server.feeds[0].url, **{"If-None-Match": first.headers["ETag"]})
    assert (status, text) == (304, "")
    status, _, _ = await fetch(http, server.feeds[0].url, **{"If-Modified-Since": first.headers["Last-Modified"]})
    assert status == 304
    status, _, _ = await fetch(http, server.feeds[0].url, **{"If-None-Match": '"other"'})
    assert status == 200


async def test_two_feeds_fail_on_purpose(server: SampleServer, http: aiohttp.ClientSession) -> None:
    page, failing = server.feeds[-2:]
    status, text, _ = await fetch(http, page.url)
    assert status == 200
    assert text.startswith("<!DOCTYPE html>")
    assert (await fetch(http, failing.url))[0] == 500


async def test_unknown_page_is_404_and_close_is_idempotent(http: aiohttp.ClientSession) -> None:
    server = await serve_sample(NOW)
    assert (await fetch(http, f"{server.base_url}/nothing"))[0] == 404
    await server.close()
    await server.close()
