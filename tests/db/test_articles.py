"""Articles: copies are linked to the first, texts are forgotten in time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from db.articles import articles_with_text, copies_of, find_duplicate, forget_texts, get_article, insert_article
from db.connection import Database, open_memory
from db.records import ArticleDraft, SourceTier

NOW = datetime(2025, 11, 3, 12, tzinfo=UTC)
SENTENCES = (
    "Gridworks, which began as a bitcoin miner, has leased the second hall of its campus in Texas to a cloud company.",
    "The lease covers 80 megawatts of critical load and runs for twelve years, with two options of five years each.",
    "Over the first term the contract is worth about $1.6 billion, the company said in a statement on Monday morning.",
    "Deliveries are to begin in the third quarter of next year, once the transformers have arrived and been tested.",
    "Shares of Gridworks rose 14 percent before the market opened, their largest move since the spring of this year.",
    "The chief executive said that the mining fleet will be moved to the older hall, where power is cheaper at night.",
)
TEXT = "\n\n".join(SENTENCES)
DRAFT = ArticleDraft(
    entry_id=None,
    feed_id=None,
    url="http://a.example/1",
    canonical_url="http://a.example/1",
    title="Gridworks leases 80 MW",
    text=TEXT,
    published_at=NOW,
    fetched_at=NOW,
    language="en",
    publisher="A",
    tier=SourceTier.NEWSWIRE,
)


@pytest.fixture
def db() -> Iterator[Database]:
    db = open_memory()
    yield db
    db.close()


@pytest.mark.parametrize(
    ("text", "is_copy"),
    [
        pytest.param(TEXT, True, id="the same"),
        pytest.param(TEXT.replace(" ", "\n").upper(), True, id="case and spacing"),
        pytest.param(f"DALLAS (Wire) - {TEXT}\n\nCopyright 2025 The Wire. All rights reserved.", True, id="by-line"),
        pytest.param("\n\n".join(SENTENCES[:5]), True, id="the last paragraph cut"),
        pytest.param(TEXT.replace("has leased", "leased").replace("said", "says"), True, id="light editing"),
        pytest.param(
            TEXT.replace("80", "120").replace("1.6", "2.4").replace("14", "9"), False, id="the template, other figures"
        ),
        pytest.param(SENTENCES[0] + " Analysts differ." * 40, False, id="one sentence quoted"),
        pytest.param("Short.", False, id="short"),
    ],
)
def test_copies_are_told_from_other_articles(db: Database, text: str, is_copy: bool) -> None:
    first = insert_article(db, DRAFT, now=NOW)
    found = find_duplicate(db, replace(DRAFT, text=text, url="http://b.example/"))
    assert found == (first if is_copy else None)


def test_a_copy_of_a_copy_points_to_the_first(db: Database) -> None:
    first = insert_article(db, DRAFT, now=NOW)
    copy = insert_article(db, DRAFT, now=NOW, duplicate_of=first)
    assert find_duplicate(db, DRAFT) == first
    assert [row.id for row in copies_of(db, first)] == [copy]


def test_two_stubs_are_not_copies(db: Database) -> None:
    stub = replace(DRAFT, text="Read more on our site.")
    insert_article(db, stub, now=NOW)
    assert find_duplicate(db, stub) is None


def test_forgotten_texts_are_still_known_as_exact_copies(db: Database) -> None:
    first = insert_article(db, DRAFT, now=NOW)
    assert forget_texts(db, before=NOW + timedelta(days=90)) == 1
    row = get_article(db, first)
    assert row
    assert row.text is None
    assert articles_with_text(db) == []
    assert find_duplicate(db, DRAFT) == first


def test_a_row_holds_what_the_draft_said(db: Database) -> None:
    row = get_article(db, insert_article(db, replace(DRAFT, alerting=False), now=NOW))
    assert row
    assert (row.text, row.published_at, row.tier, row.alerting) == (TEXT, NOW, SourceTier.NEWSWIRE, False)
