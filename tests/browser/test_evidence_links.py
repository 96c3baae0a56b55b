"""The evidence link of an alert opens the article at its sentence, in a real browser: scrolled to, and marked.

The whole way is real: the page is read as the collector reads it, its claim stored, the alert's link opened.
"""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from PIL import Image

from bot.collector.readable import read_page
from bot.delivery.announce import standing
from bot.messages.render import alert_message
from db import articles, desk
from db.connection import Database, open_memory
from db.records import ArticleDraft, SourceTier
from extractors.models import Extraction
from tests.browser.chromium import Tab, chromium
from tests.db.conftest import mention, proof
from tests.loopback.world import LoopbackWorld

#: One browser for the whole file; it lives on the file's own event loop.
pytestmark = pytest.mark.asyncio(loop_scope="module")

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
#: The browser's mark in a colour that nothing else on the page has.
STYLE = "<style>::target-text { background: rgb(255, 0, 0) } body { font: 16px/1.6 serif; margin: 40px }</style>"
FILLER = "".join(
    f"<p>Paragraph {n} tells of the weather in the county, of its roads and of its schools, at some length.</p>"
    for n in range(60)
)


@dataclass(frozen=True)
class Case:
    """What stands on the page, the words that state the value, words of the mark, words beside it."""

    html: str
    words: str
    first: str
    last: str
    before: str = ""
    fragment: str = ""
    slack_px: int = 8


CASES = [
    pytest.param(
        Case("<p>It is worth $4.2 billion.</p>", "$4.2 billion", "It is", "billion."), id="short"
    ),
    pytest.param(
        Case(
            "<p>R&amp;D aside, the five-year – some say six-year – take-or-pay deal, 20% of it prepaid, is worth "
            "“about” $4.2 billion (or €3.6 billion), Zoë O’Hara said.</p>",
            "$4.2 billion", "R&D aside", "said.",
        ),
        id="commas-dashes-ampersands-accents",
    ),
    pytest.param(
        Case(
            '<p>Under the deal, <a href="/r">Redwood</a> pays Northgate<sup>1</sup>, <b>over</b> five years, some '
            "$4.2 billion for&nbsp;200&nbsp;MW of critical IT load in the county.</p>",
            "$4.2 billion", "Under the deal", "in the county.",
        ),
        id="links-notes-and-hard-spaces-inside",
    ),
    pytest.param(
        Case(
            "<p>Under the five-year contract the miner hopes for more one day, as it said in the spring of last "
            "year.</p><p>Under the five-year contract the tenant pays $4.2 billion in all, as both of them said on "
            "the day.</p>",
            "$4.2 billion", "the tenant pays", "on the day.", before="hopes for more",
        ),
        id="another-sentence-begins-alike",
    ),
    pytest.param(
        Case(
            f"<p>{'A clause, and another clause, and then one more clause, '* 8}at last $4.2 billion in all, "
            f"{'then a tail, and more of the tail, '* 8}the end.</p>",
            "$4.2 billion", "at last", "in all", slack_px=80,
        ),
        id="longer-than-what-is-quoted",
    ),
    pytest.param(
        Case("<ul><li>$4.2 billion over the initial term of five years, paid by the tenant each month</li></ul>",
             "$4.2 billion", "$4.2 billion", "each month"),
        id="list-item",
    ),
    pytest.param(
        Case("<p>It is worth $4.2 billion.</p>", "$4.2 billion", "It is", "billion.", fragment="#updates"),
        id="address-with-a-fragment-of-its-own",
    ),
]  # fmt: skip


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def tab() -> AsyncIterator[Tab]:
    async with chromium() as opened:
        yield opened


def story(inside: str) -> str:
    """Return an article's page with something in the middle of it."""
    return (
        f'<!doctype html><html lang="en"><head><title>A contract</title>{STYLE}</head><body><article>'
        f"<h1>A contract</h1>{FILLER}{inside}{FILLER}</article></body></html>"
    )


def evidence_link(url: str, html: str, words: str) -> str:
    """Read a page, store what it states and return the link below the alert's quotation."""
    page = read_page(html, url=url)
    assert page is not None
    draft = ArticleDraft(
        entry_id=None, feed_id=None, url=url, canonical_url=None, title=page.title, text=page.text, published_at=NOW,
        fetched_at=NOW, language="en", publisher="Loopback Times", tier=SourceTier.NEWSWIRE,
    )  # fmt: skip
    told = replace(mention(), evidence={"value_usd": proof(page.text, words)})
    db = open_memory()
    try:
        return _stored(db, draft, Extraction(id=None, url=url, is_deal_article=True, deals=(told,)))
    finally:
        db.close()


def _stored(db: Database, draft: ArticleDraft, extraction: Extraction) -> str:
    with db.atomic():
        number = articles.insert_article(db, draft, now=NOW)
        (change,) = desk.store_reading(
            db, article_id=number, extraction=extraction, extractor_version="t", now=NOW
        )  # fmt: skip
    alert = alert_message(change.after, standing(change.after, now=NOW)).embeds[0]
    (link,) = re.findall(r"\[Loopback Times\]\((\S+:~:\S+)\)", alert.description or "")
    stated = db.execute("SELECT evidence_url FROM v_deal_facts WHERE field = 'value_usd'").fetchone()[0]
    assert stated.replace("(", "%28").replace(")", "%29") == link
    return link


def marked_rows(picture: Image.Image) -> list[int]:
    """Return the rows of a picture in which the browser's mark shows."""
    width, height = picture.size
    pixels = picture.load()
    return [y for y in range(height) if any(pixels[x, y] == (255, 0, 0) for x in range(0, width, 3))]


async def boxes(tab: Tab, words: str) -> tuple[float, float]:
    """Return where some words stand in the window: top and bottom (px)."""
    found = await tab.ask(
        f"(() => {{ getSelection().removeAllRanges(); if (!find({words!r}, false, false, true)) return null;"
        " const r = getSelection().getRangeAt(0).getBoundingClientRect(); getSelection().removeAllRanges();"
        " return [r.top, r.bottom]; })()"
    )
    assert found is not None, words
    return found[0], found[1]


@pytest.mark.parametrize("case", CASES)
async def test_the_alerts_link_lands_on_the_sentence(case: Case, tab: Tab) -> None:
    html = story(case.html)
    async with LoopbackWorld() as world:
        world.put("/story", html.encode(), content_type="text/html; charset=utf-8")
        await tab.open(evidence_link(world.url("/story") + case.fragment, html, case.words))
        rows = marked_rows(await tab.picture())
        assert await tab.ask("scrollY") > 500
        assert rows, "the browser marks nothing"
        top, bottom = (await boxes(tab, case.first))[0], (await boxes(tab, case.last))[1]
        assert top - case.slack_px <= rows[0] <= top + 8
        assert bottom - 8 <= rows[-1] <= bottom + case.slack_px
        if case.before:
            assert (await boxes(tab, case.before))[1] <= rows[0] + 8


async def test_the_sentence_is_found_from_another_site_too(tab: Tab) -> None:
    """A click on a page of another origin, as from Discord or Datasette."""
    html = story("<p>It is worth $4.2 billion.</p>")
    async with LoopbackWorld() as world, LoopbackWorld() as chat:
        world.put("/story", html.encode(), content_type="text/html; charset=utf-8")
        link = evidence_link(world.url("/story"), html, "$4.2 billion")
        chat.put("/chat", f'<a href="{link}">Loopback Times</a>'.encode(), content_type="text/html")
        await tab.open(chat.url("/chat"))
        await tab.click("a")
        assert await tab.ask("location.pathname") == "/story"
        assert await tab.ask("scrollY") > 500
        assert marked_rows(await tab.picture())
