"""The tolerant parser in a process of its own: same result, bounded time, nothing left behind."""

from collections.abc import AsyncIterator

import pytest

from bot.collector.documents import NotAFeedError
from bot.collector.parse_loose import parse_loose
from bot.collector.quarantine import Quarantine, document_from_json, document_to_json

BROKEN = (
    b"<rss><channel><title>T</title><link>http://a.example/</link><item><title>One<b></title><link>/1</link></item>"
)
#: feedparser takes quadratic time over it.
ENDLESS = b"<rss><channel>" + b"<a " * 400_000


@pytest.fixture
async def quarantine() -> AsyncIterator[Quarantine]:
    quarantine = Quarantine()
    yield quarantine
    await quarantine.close()


async def test_the_child_reads_what_we_would(quarantine: Quarantine) -> None:
    document = await quarantine.parse(BROKEN, "http://a.example/feed")
    assert document == parse_loose(BROKEN, base_url="http://a.example/feed")
    assert document.entries[0].url == "http://a.example/1"


async def test_a_refusal_comes_back_as_one(quarantine: Quarantine) -> None:
    with pytest.raises(NotAFeedError, match="no feed could be found"):
        await quarantine.parse(b"<nothing", "http://a.example/")


async def test_a_document_that_takes_too_long_costs_the_child_its_life_only() -> None:
    hasty = Quarantine(time_limit_s=1.5)
    with pytest.raises(NotAFeedError, match="too broken"):
        await hasty.parse(ENDLESS, "http://a.example/")
    assert (await hasty.parse(BROKEN, "http://a.example/feed")).title == "T"
    await hasty.close()


async def test_nothing_is_left_behind() -> None:
    quarantine = Quarantine()
    await quarantine.parse(BROKEN, "http://a.example/")
    child = quarantine._child
    assert child
    await quarantine.close()
    assert child.returncode is not None
    await quarantine.close()


def test_a_document_survives_the_way_as_json() -> None:
    document = parse_loose(BROKEN, base_url="http://a.example/")
    assert document_from_json(document_to_json(document)) == document
