"""Deals made by hand, and a fixed moment, for everything people see."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.store import Store
from db import articles, desk
from db.records import ArticleDraft, Claim, Conflict, DealRecord, EstimateValue, ReportedReaction, Source, SourceTier
from extractors.closed_sets import (
    CapacityKind,
    DealStatus,
    DealType,
    Direction,
    PartyKind,
    Precision,
    Qualifier,
    Session,
    Where,
)
from extractors.models import Evidence, Extraction, Mention, PartialDate, Reaction

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
SENTENCE = (
    "Northgate Digital said it will give Redwood AI 200 MW of critical IT load for five years, "
    "a contract it puts at about $4.2 billion."
)


@pytest.fixture
def now() -> datetime:
    return NOON


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
        "value_qualifier": Qualifier.APPROX,
        "value_max_usd": Decimal(7_500_000_000),
        "term_years": 5.0,
        "capacity_mw": 200.0,
        "capacity_kind": CapacityKind.IT,
        "gpu_models": ("GB300",),
        "gpu_count": 76_000,
        "site": "Prairie Fork, Texas",
        "prepayment_pct": 20.0,
        "announced_on": PartialDate(date="2026-03-04", precision=Precision.DAY),
        "delivery_start": PartialDate(date="2026-07-01", precision=Precision.HALF),
        "delivery_end": PartialDate(date="2026-07-01", precision=Precision.HALF),
        "confidence": 0.93,
    }
    return Mention(**(defaults | facts))


def source(article_id: int = 1, **facts: Any) -> Source:
    defaults: dict[str, Any] = {
        "article_id": article_id,
        "url": f"https://news.example/{article_id}/northgate-redwood",
        "title": "Northgate signs Redwood for 200 MW",
        "publisher": "Wire Example",
        "published_at": NOON - timedelta(hours=2),
        "tier": SourceTier.NEWSWIRE,
    }
    return Source(**(defaults | facts))


def reaction(pct: float = 30.0, **facts: Any) -> ReportedReaction:
    defaults: dict[str, Any] = {
        "company": "Northgate Digital",
        "ticker": "NGD",
        "direction": Direction.UP,
        "pct": pct,
        "qualifier": Qualifier.AT_LEAST,
        "session": Session.INTRADAY,
        "deal_related": True,
    }
    return ReportedReaction(reaction=Reaction(**(defaults | facts)), article_id=1, published_at=NOON)


def deal(deal_id: int = 7, **changes: Any) -> DealRecord:
    """A full deal; fields of a record replace the defaults, any other keyword is a fact of the deal."""
    fields = {name: changes.pop(name) for name in tuple(changes) if name in DealRecord.__dataclass_fields__}
    proof = Evidence(where=Where.TEXT, start=0, end=len(SENTENCE), text=SENTENCE, rule="amount-of-contract")
    shown = Claim(
        field="value_usd",
        value="4200000000",
        qualifier=Qualifier.APPROX,
        article_id=1,
        published_at=NOON,
        tier=SourceTier.NEWSWIRE,
        evidence=proof,
        shown=True,
    )
    record = DealRecord(
        id=deal_id,
        slug="northgate-redwood-2026-03",
        name="Northgate Digital – Redwood AI",
        facts=mention(**changes),
        first_seen_at=NOON - timedelta(hours=1),
        updated_at=NOON,
        evidence_tier="2 independent sources",
        sources=(source(1), source(2, publisher="Mining Post", tier=SourceTier.TRADE_PRESS, title="A 250 MW deal?")),
        claims=(shown,),
        conflicts=(Conflict(field="capacity_mw", values=(("200", 2), ("250", 1))),),
        reactions=(reaction(),),
        estimate={
            "usd_per_mw_year": EstimateValue(p10=4.2e6, p50=4.2e6, p90=4.2e6, unit="USD/MW-year", origin="derived"),
            "usd_per_gpu_hour": EstimateValue(p10=1.1, p50=1.26, p90=1.45, unit="USD/GPU-hour", origin="assumed"),
        },
    )
    return replace(record, **fields)


@pytest.fixture
def make_deal() -> Callable[..., DealRecord]:
    return deal


@pytest.fixture
def make_source() -> Callable[..., Source]:
    return source


@pytest.fixture
def make_reaction() -> Callable[..., ReportedReaction]:
    return reaction


@dataclass(frozen=True)
class Told:
    before: DealRecord | None
    after: DealRecord
    article_id: int
    merged: tuple[int, ...] = ()


@dataclass
class Clock:
    now: object

    def __call__(self):
        return self.now


@pytest.fixture
def clock(now):
    return Clock(now)


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "pulse.db")
    yield store
    store.close()


@pytest.fixture
def tell(store, make_deal, now):
    """Store a deal as if an article had told it; return the change."""

    def tell(number=1, *, hours_ago=2, tier=SourceTier.NEWSWIRE, **facts):
        mention = make_deal(**facts).facts
        text = f"{mention.provider} and {mention.customer} have agreed on the deal number {number}."
        title = f"{mention.provider} signs with {mention.customer} ({number})"
        proof = Evidence(where=Where.TEXT, start=0, end=len(text), text=text, rule="test")
        mention = replace(mention, evidence={"value_usd": (proof,), "customer": (proof,)})
        draft = ArticleDraft(
            entry_id=None,
            feed_id=None,
            url=f"https://news.example/{number}",
            canonical_url=None,
            title=title,
            text=text,
            published_at=now - timedelta(hours=hours_ago),
            fetched_at=now,
            language="en",
            publisher="Wire Example",
            tier=tier,
        )
        read = Extraction(id=None, url=draft.url, is_deal_article=True, deals=(mention,))

        def write(db):
            with db.atomic():
                article = articles.insert_article(db, draft, now=now)
                (change,) = desk.store_reading(db, article_id=article, extraction=read, extractor_version="t", now=now)
            return Told(before=change.before, after=change.after, article_id=article, merged=change.merged)

        return store.call(write)

    return tell
