"""A database in memory, and a newsroom that tells it invented deals."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from db import articles, desk
from db.connection import Database, open_memory
from db.desk import DealChange
from db.records import ArticleDraft, SourceTier
from extractors.closed_sets import CapacityKind, DealStatus, DealType, PartyKind, Qualifier, Where
from extractors.models import Evidence, Extraction, Mention, Reaction

DAY = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def mention(**facts: Any) -> Mention:
    defaults: dict[str, Any] = {
        "primary": True,
        "provider": "Northgate Digital",
        "customer": "Redwood AI",
        "provider_kind": PartyKind.MINER,
        "customer_kind": PartyKind.AI_LAB,
        "miner_hyperscaler": True,
        "deal_type": DealType.CLOUD_CONTRACT,
        "status": DealStatus.SIGNED,
        "value_usd": Decimal(4_200_000_000),
        "value_qualifier": Qualifier.EXACT,
        "capacity_mw": 200.0,
        "capacity_kind": CapacityKind.IT,
        "confidence": 0.9,
    }
    return Mention(**(defaults | facts))


class Newsroom:
    """Publishes articles into a database, as the pipeline does."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.count = 0

    def publish(
        self,
        *mentions: Mention,
        day: float = 0,
        tier: SourceTier = SourceTier.NEWSWIRE,
        publisher: str | None = None,
        text: str | None = None,
        reactions: tuple[Reaction, ...] = (),
        copy_of: int | None = None,
    ) -> tuple[int, tuple[DealChange, ...]]:
        """Store an article with its mentions; return its number and the deals that changed."""
        self.count += 1
        told = DAY + timedelta(days=day)
        draft = ArticleDraft(
            entry_id=None,
            feed_id=None,
            url=f"https://news.example/{self.count}",
            canonical_url=None,
            title=f"Report {self.count}",
            text=text if text is not None else f"Body of report {self.count}.",
            published_at=told,
            fetched_at=told,
            language="en",
            publisher=publisher or f"Paper {self.count}",
            tier=tier,
        )
        with self.db.atomic():
            article_id = articles.insert_article(self.db, draft, now=told, duplicate_of=copy_of)
            return article_id, self.read(article_id, *mentions, reactions=reactions, now=told)

    def read(
        self,
        article_id: int,
        *mentions: Mention,
        reactions: tuple[Reaction, ...] = (),
        now: datetime = DAY,
        version: str = "1",
    ) -> tuple[DealChange, ...]:
        """Store what was read from an article."""
        extraction = Extraction(id=None, url=None, is_deal_article=bool(mentions), deals=mentions, reactions=reactions)
        return desk.store_reading(
            self.db, article_id=article_id, extraction=extraction, extractor_version=version, now=now
        )


def proof(text: str, words: str, rule: str = "test") -> tuple[Evidence, ...]:
    """Point at words of a text."""
    start = text.index(words)
    return (Evidence(where=Where.TEXT, start=start, end=start + len(words), text=words, rule=rule),)


@pytest.fixture
def db() -> Iterator[Database]:
    database = open_memory()
    yield database
    database.close()


@pytest.fixture
def newsroom(db: Database) -> Newsroom:
    return Newsroom(db)


@pytest.fixture
def now() -> datetime:
    return DAY
