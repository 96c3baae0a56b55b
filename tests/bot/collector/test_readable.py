"""Pages to articles: text without the furniture, title, date and canonical address from wherever they are."""

import time
from datetime import UTC, datetime

import pytest

from bot.collector.readable import read_page
from tests.bot.collector.samples import article_page

URL = "https://news.example/story?utm_source=x"
TITLE = "Gridworks leases 80 MW"


@pytest.mark.parametrize(
    ("head", "canonical"),
    [
        pytest.param('<link rel="canonical" href="/story">', "https://news.example/story", id="relative"),
        pytest.param(
            '<meta property="og:url" content="https://news.example/s">', "https://news.example/s", id="og:url"
        ),
        pytest.param(
            '<link rel="canonical" href="https://www.news.example/s">', "https://www.news.example/s", id="www"
        ),
        pytest.param('<link rel="canonical" href="https://other.example/s">', URL, id="another site"),
        pytest.param('<link rel="canonical" href="https://news.example/">', URL, id="the front page"),
        pytest.param('<link rel="canonical" href="http://[bad">', URL, id="nonsense"),
        pytest.param("", URL, id="none"),
    ],
)
def test_the_canonical_address(head: str, canonical: str) -> None:
    page = read_page(article_page(TITLE, head=head), url=URL)
    assert page
    assert page.canonical_url == canonical


@pytest.mark.parametrize(
    "head",
    [
        pytest.param('<meta property="article:published_time" content="2025-11-03T09:00:00Z">', id="meta"),
        pytest.param('<meta itemprop="datePublished" content="2025-11-03T10:00:00+01:00">', id="itemprop"),
        pytest.param(
            '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished":'
            ' "2025-11-03T09:00:00Z", "dateModified": "2025-11-05T09:00:00Z"}]}</script>',
            id="JSON-LD graph",
        ),
        pytest.param(
            '<script type="application/ld+json">{broken</script><time datetime="2025-11-03T09:00Z">today</time>',
            id="broken JSON-LD, time element",
        ),
    ],
)
def test_the_publication_date(head: str) -> None:
    page = read_page(article_page(TITLE, head=head), url=URL)
    assert page
    assert page.published_at == datetime(2025, 11, 3, 9, tzinfo=UTC)


def test_the_text_is_the_article_and_nothing_else() -> None:
    page = read_page(article_page(TITLE), url=URL)
    assert page
    assert page.title == TITLE
    assert page.language == "en"
    assert "twelve years" in page.text
    assert "Home" not in page.text
    assert "All rights reserved" not in page.text


def test_a_short_page_falls_back_to_its_paragraphs() -> None:
    page = read_page("<html><body><p>A single sentence of news, long enough to be kept.</p></body></html>", url=None)
    assert page
    assert page.text == "A single sentence of news, long enough to be kept."


@pytest.mark.parametrize("value", ["false", '"False"'])
def test_a_page_that_is_not_free_gives_no_text(value: str) -> None:
    head = f'<script type="application/ld+json">[{{"isAccessibleForFree": {value}}}]</script>'
    page = read_page(article_page(TITLE, head=head), url=URL)
    assert page
    assert (page.text, page.is_free) == ("", False)


@pytest.mark.parametrize("html", ["", "   ", "\x00\x01", "<", "<html", "<div>" * 5000])
def test_no_page_raises(html: str) -> None:
    page = read_page(html, url=URL)
    assert page is None or page.is_free


@pytest.mark.parametrize("piece", ["<p>x ", "<div>", "<a href=x>y</a>", "<li>item", "<b>", "<table><tr><td>x", "< "])
def test_a_page_that_is_a_trap_costs_bounded_time(piece: str) -> None:
    started = time.process_time()
    read_page("<html><body><article>" + piece * 200_000, url=URL)
    assert time.process_time() - started < 8
