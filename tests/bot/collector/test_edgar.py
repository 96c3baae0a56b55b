"""SEC EDGAR: the submissions file as a feed, and the press release as the article."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.collector.articles import Skip
from bot.collector.collector import Collector
from bot.collector.documents import NotAFeedError
from bot.collector.edgar import filing_documents, items_of
from bot.collector.parse import parse_feed
from db.records import ArticleDraft, EntryRow, SourceTier
from tests.bot.collector.rows import NOW
from tests.loopback import misbehave
from tests.loopback.world import LoopbackWorld

FOLDER = "/Archives/edgar/data/9999999/000999999925000042"
INDEX_PATH = f"{FOLDER}/0009999999-25-000042-index.htm"
INDEX = f"""<html><body><table class="tableFile"><tr><th>Seq</th><th>Description</th><th>Document</th><th>Type</th></tr>
<tr><td>1</td><td>8-K</td><td><a href="/ix?doc={FOLDER}/report.htm">report.htm</a></td><td>8-K</td><td>30000</td></tr>
<tr><td>2</td><td>PRESS RELEASE</td><td><a href="{FOLDER}/ex991.htm">ex991.htm</a></td><td>EX-99.1</td><td>9000</td></tr>
<tr><td>3</td><td></td><td><a href="{FOLDER}/logo.jpg">logo.jpg</a></td><td>GRAPHIC</td><td>100</td></tr>
<tr><td>4</td><td>AGREEMENT</td><td><a href="{FOLDER}/ex101.htm">ex101.htm</a></td><td>EX-10.1</td><td>90000</td></tr>
</table></body></html>"""
RELEASE = (
    "<html><body><p>Exhibit 99.1</p><p>FOR IMMEDIATE RELEASE</p><p><b>Gridworks signs twelve-year lease for 80 MW</b></p>"
    "<p>The first term is worth about $1.6 billion.</p></body></html>"
)
REPORT = (
    "<html><body><p>Item 1.01 Entry into a Material Definitive Agreement.</p><p>The lease was signed.</p></body></html>"
)
ENTRY = EntryRow(
    id=1,
    feed_id=1,
    guid="urn:tag:sec.gov,2008:accession-number=0009999999-25-000042",
    url=None,
    title="8-K - Current report",
    content="Filed: 2025-11-03 Item 1.01: Entry into a Material Definitive Agreement",
    content_is_full=False,
    published_at=NOW,
    seen_at=NOW,
    alerting=True,
    tier=SourceTier.FILING,
    publisher="Gridworks (SEC)",
)


def submissions(**recent: list[Any]) -> bytes:
    columns: dict[str, list[Any]] = {
        "accessionNumber": [
            "0009999999-25-000042",
            "0009999999-25-000041",
            "0009999999-25-000040",
            "0009999999-25-000039",
        ],
        "filingDate": ["2025-11-03", "2025-11-02", "2025-11-01", "2025-10-31"],
        "acceptanceDateTime": ["2025-11-03T06:01:02.000Z", "2025-11-02T06:00:00.000Z", "", ""],
        "form": ["8-K", "8-K", "10-Q", "8-K"],
        "items": ["1.01,9.01", "5.02", "", "8.01"],
        "primaryDocument": ["report.htm", "x.htm", "q.htm", "y.htm"],
    }
    return json.dumps(
        {"cik": "9999999", "name": "Gridworks Ltd", "filings": {"recent": {**columns, **recent}}}
    ).encode()


def test_a_submissions_file_is_a_feed_of_its_news() -> None:
    document = parse_feed(submissions())
    first, second = document.entries
    assert document.format == "edgar"
    assert first.guid == ENTRY.guid
    assert first.url == f"https://www.sec.gov{INDEX_PATH}"
    assert first.title == "Gridworks Ltd files 8-K, items 1.01, 9.01"
    assert first.published_at == NOW.replace(hour=6, minute=1, second=2)
    assert second.title == "Gridworks Ltd files 8-K, items 8.01"


def test_both_lists_of_edgar_give_a_filing_the_same_identity() -> None:
    (first, _) = parse_feed(submissions()).entries
    assert first.guid == ENTRY.guid


@pytest.mark.parametrize(
    "recent", [pytest.param({"form": "8-K"}, id="no arrays"), pytest.param({"accessionNumber": None}, id="missing")]
)
def test_another_shape_is_refused(recent: dict[str, Any]) -> None:
    with pytest.raises(NotAFeedError):
        parse_feed(submissions(**recent))


def test_items_are_told_from_other_numbers() -> None:
    text = "Item 1.01: Entry. Item 9.01: Exhibits. Size: 11.01 MB, version 2.0, 0009999999-25-000042"
    assert items_of(text) == {"1.01", "9.01"}


def test_the_release_comes_before_the_report() -> None:
    documents = filing_documents(INDEX, url=f"https://www.sec.gov{INDEX_PATH}")
    assert [(document.kind, document.url.rpartition("/")[2]) for document in documents] == [
        ("EX-99.1", "ex991.htm"),
        ("8-K", "report.htm"),
    ]


async def test_a_filing_becomes_the_article_of_its_release(world: LoopbackWorld, collector: Collector) -> None:
    world.put(INDEX_PATH, INDEX, content_type="text/html")
    world.put(f"{FOLDER}/ex991.htm", RELEASE, content_type="text/html")
    world.put(f"{FOLDER}/report.htm", REPORT, content_type="text/html")
    draft = await collector.read_article(replace(ENTRY, url=world.url(INDEX_PATH)), NOW)
    assert isinstance(draft, ArticleDraft)
    assert draft.title == "Gridworks signs twelve-year lease for 80 MW"
    assert "about $1.6 billion" in draft.text
    assert "The lease was signed." in draft.text


async def test_a_filing_on_other_matters_is_skipped_unread(world: LoopbackWorld, collector: Collector) -> None:
    entry = replace(ENTRY, url=world.url(INDEX_PATH), content="Item 5.02: Departure of Directors")
    skip = await collector.read_article(entry, NOW)
    assert skip == Skip(reason="a filing without item 1.01, 7.01 or 8.01")
    assert not world.requests


async def test_a_filing_that_cannot_be_read_is_tried_again(world: LoopbackWorld, collector: Collector) -> None:
    world.on(INDEX_PATH, misbehave.status(503))
    skip = await collector.read_article(replace(ENTRY, url=world.url(INDEX_PATH)), NOW)
    assert isinstance(skip, Skip)
    assert skip.retry_at
