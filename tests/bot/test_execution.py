"""From three articles in plain words to a slip and a switch-on: read, resolved, announced, listed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.delivery.announce import announce
from bot.judgement_file import load_judgement
from db import articles, desk, outbox, watches
from db.deals import DealFilter, list_deals
from db.records import ArticleDraft, SourceTier
from db.watches import WatchDraft
from extractors.closed_sets import PartyKind
from extractors.models import Article, Company
from extractors.pipeline import Extractor

START = datetime(2026, 1, 10, 12, tzinfo=UTC)
SIGNED = (
    "Orrin Mining signs 15-year lease with Bigsoft for 300 MW",
    (
        "Orrin Mining has signed a 15-year lease with Bigsoft for 300 MW at its Fallow Ridge campus in Texas, "
        "worth about $5.5 billion. Orrin Mining will deliver the capacity in two phases, beginning in July 2026."
    ),
)
DELAYED = (
    "Orrin Mining delays Bigsoft delivery into 2027",
    (
        "Orrin Mining said the delivery of the 300 MW it leases to Bigsoft at Fallow Ridge has slipped. "
        "Delivery will now begin in 2027 instead of July 2026, the company said. The lease is worth about $5.5 billion."
    ),
)
SWITCHED_ON = (
    "Orrin Mining energizes first 100 MW for Bigsoft",
    (
        "Orrin Mining said on Monday it has energized the first 100 MW of its lease with Bigsoft at the Fallow "
        "Ridge campus. The 15-year lease, signed in January, is worth $5.5 billion."
    ),
)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    miner = Company(key="orrin", name="Orrin Mining", kind=PartyKind.MINER)
    tenant = Company(key="bigsoft", name="Bigsoft", kind=PartyKind.HYPERSCALER)
    return Extractor(companies=(miner, tenant), gpus=(), judgement=load_judgement())


def test_a_delay_is_told_once_and_a_switch_on_makes_no_new_deal(store: Any, extractor: Extractor) -> None:
    store.call(watches.add_watch, WatchDraft(name="w", channel_id="1"), now=START - timedelta(days=1))

    def tell(db: Any, title: str, text: str, when: datetime) -> None:
        read = extractor.extract(Article(title=title, text=text, published=when))
        draft = ArticleDraft(
            entry_id=None,
            feed_id=None,
            url=f"https://news.example/{when:%m}",
            canonical_url=None,
            title=title,
            text=text,
            published_at=when,
            fetched_at=when,
            language="en",
            publisher="Wire",
            tier=SourceTier.NEWSWIRE,
        )
        with db.atomic():
            number = articles.insert_article(db, draft, now=when)
            for change in desk.store_reading(db, article_id=number, extraction=read, extractor_version="t", now=when):
                announce(db, change, number, when)

    for days, (title, text) in ((0, SIGNED), (60, DELAYED), (120, SWITCHED_ON)):
        store.call(tell, title, text, START + timedelta(days=days))
    assert [(row.kind.value, row.name) for row in store.call(outbox.list_outbox)] == [
        ("alert", "new: Orrin Mining – Bigsoft"),
        ("reply", "change: Orrin Mining – Bigsoft"),
    ]
    (deal,) = store.call(list_deals, DealFilter())
    told = {(mile.name, mile.planned): mile for mile in deal.milestones}
    assert told["energised", False].capacity_mw == 100.0
    assert (told["energising", True].slipped_days or 0) > 150
    assert deal.facts.capacity_mw == 300.0
