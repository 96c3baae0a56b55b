"""A reader opens the database in the browser and follows a deal to the sentence that proves it."""

from dataclasses import replace
from pathlib import Path

from db import articles, desk
from db.connection import open_database
from db.records import ArticleDraft, SourceTier
from extractors.models import Extraction
from tests.browser.chromium import chromium
from tests.browser.exploring import exploring
from tests.browser.test_evidence_links import NOW, marked_rows, story
from tests.db.conftest import mention, proof
from tests.loopback.world import LoopbackWorld

SENTENCE = "Northgate Digital will give Redwood AI 200 MW for five years, a contract it puts at $4.2 billion in all."


def store(path: Path, url: str) -> None:
    """Store a deal that an article of this address tells."""
    draft = ArticleDraft(
        entry_id=None, feed_id=None, url=url, canonical_url=None, title="A contract", text=f"It rained.\n\n{SENTENCE}",
        published_at=NOW, fetched_at=NOW, language="en", publisher="Loopback Times", tier=SourceTier.NEWSWIRE,
    )  # fmt: skip
    told = replace(mention(), evidence={"value_usd": proof(draft.text, "$4.2 billion")})
    db = open_database(path)
    with db.atomic():
        number = articles.insert_article(db, draft, now=NOW)
        read = Extraction(id=None, url=url, is_deal_article=True, deals=(told,))
        desk.store_reading(db, article_id=number, extraction=read, extractor_version="t", now=NOW)
    db.close()


async def test_from_the_start_page_to_the_sentence(tmp_path: Path) -> None:
    async with LoopbackWorld() as world, chromium() as tab:
        world.put("/story", story(f"<p>{SENTENCE}</p>").encode(), content_type="text/html; charset=utf-8")
        store(tmp_path / "own.db", world.url("/story"))
        with exploring(tmp_path / "own.db") as address:
            await tab.open(address)
            await tab.click('a[href$="/largest"]')
            assert "$4.2 billion" in await tab.ask("document.body.innerText")
            await tab.click("td.col-slug a")
            assert SENTENCE in await tab.ask("document.body.innerText")
            await tab.click("td.col-evidence_url a")
        assert await tab.ask("location.href") == world.url("/story")
        assert await tab.ask("scrollY") > 500
        assert marked_rows(await tab.picture())
