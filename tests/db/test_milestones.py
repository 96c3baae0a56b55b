"""Milestones: what is promised, what has happened, and how far a promise moved."""

from datetime import date, timedelta
from typing import Any

import pytest

from db import articles, desk
from db.connection import Database
from db.deals import DealFilter, list_deals
from db.milestones import milestones_of
from db.records import ArticleDraft, Milestone, SourceTier
from extractors.closed_sets import DealStatus, DealType, PartyKind, Precision, Stage
from extractors.models import Extraction, PartialDate, Progress
from tests.db.conftest import DAY, Newsroom, mention, proof

H1, H2 = (PartialDate(date=f"2026-{month}-01", precision=Precision.HALF) for month in ("01", "07"))
Q4 = PartialDate(date="2026-10-01", precision=Precision.QUARTER)


def dated(db: Database) -> dict[tuple[str, bool], Milestone]:
    (deal,) = list_deals(db, DealFilter(milestones=True))
    return {(mile.name, mile.planned): mile for mile in deal.milestones}


def test_a_signed_deal_is_contracted_with_its_megawatts(db: Database, newsroom: Newsroom) -> None:
    newsroom.publish(mention())
    (mile,) = dated(db).values()
    assert (mile.name, mile.planned, mile.when.date, mile.capacity_mw) == ("contracted", False, "2026-03-04", 200.0)
    assert mile.publisher == "Paper 1"


def test_talk_contracts_nothing(db: Database, newsroom: Newsroom) -> None:
    newsroom.publish(mention(status=DealStatus.IN_TALKS))
    assert dated(db) == {}


def test_delivery_dates_are_plans_with_a_range(db: Database, newsroom: Newsroom) -> None:
    text = "Delivery starts in the second half of 2026."
    newsroom.publish(
        mention(delivery_start=H2, delivery_end=Q4, evidence={"delivery_start": proof(text, "second half of 2026")}),
        text=text,
    )
    start, end = dated(db)["energising", True], dated(db)["energised", True]
    assert (start.when.date, start.last_day, start.capacity_mw) == ("2026-07-01", date(2026, 12, 31), None)
    assert (end.when.date, end.last_day, end.capacity_mw) == ("2026-10-01", date(2026, 12, 31), 200.0)
    assert start.statement == text
    assert start.url == "https://news.example/1#:~:text=Delivery%20starts%20in%20the%20second%20half%20of%202026."
    assert start.slipped_days is None


def test_a_later_text_that_moves_a_date_is_a_slip(db: Database, newsroom: Newsroom) -> None:
    newsroom.publish(mention(delivery_end=H1))
    newsroom.publish(mention(delivery_end=H2), day=60)
    mile = dated(db)["energised", True]
    assert (mile.when, mile.promised_until, mile.slipped_days) == (H2, date(2026, 6, 30), 184)
    kinds = [(row[0], row[1]) for row in db.execute("SELECT kind, detail FROM deal_events WHERE is_computed = 0")]
    assert kinds == [("delivery", "delivery complete H2 2026, was H1 2026")]


def test_a_finer_word_for_the_same_time_is_no_slip(db: Database, newsroom: Newsroom) -> None:
    newsroom.publish(mention(delivery_end=H2))
    newsroom.publish(mention(delivery_end=Q4), day=60)
    mile = dated(db)["energised", True]
    assert (mile.when, mile.slipped_days) == (Q4, None)
    assert db.execute("SELECT count(*) FROM deal_events WHERE kind = 'delivery'").fetchone() == (0,)


def test_a_blog_neither_moves_a_date_nor_promises_one(db: Database, newsroom: Newsroom) -> None:
    newsroom.publish(mention(delivery_end=H1), tier=SourceTier.BLOG)
    newsroom.publish(mention(delivery_end=H2), day=20)
    newsroom.publish(
        mention(delivery_end=PartialDate(date="2027-01-01", precision=Precision.YEAR)), day=60, tier=SourceTier.BLOG
    )
    mile = dated(db)["energised", True]
    assert (mile.when, mile.slipped_days) == (H2, None)


def test_a_loan_for_it_finances_a_deal(db: Database, newsroom: Newsroom) -> None:
    newsroom.publish(mention())
    newsroom.publish(
        mention(
            customer="Stone Bank",
            customer_kind=PartyKind.OTHER,
            deal_type=DealType.FINANCING,
            miner_hyperscaler=False,
            value_usd=None,
            capacity_mw=None,
        ),
        day=30,
    )
    found = milestones_of(db, [1])[1]
    assert [(mile.name, mile.when.date) for mile in found] == [("contracted", "2026-03-04"), ("financed", "2026-04-03")]


@pytest.fixture
def built(db: Database) -> Any:
    def publish(*progress: Progress, text: str = "Body.", day: float = 90, duplicate_of: int | None = None) -> int:
        told = DAY + timedelta(days=day)
        draft = ArticleDraft(
            entry_id=None,
            feed_id=None,
            url="https://news.example/built",
            canonical_url=None,
            title="Report",
            text=text,
            published_at=told,
            fetched_at=told,
            language="en",
            publisher="Site Post",
            tier=SourceTier.TRADE_PRESS,
        )
        extraction = Extraction(id=None, url=None, is_deal_article=True, deals=(mention(),), progress=progress)
        with db.atomic():
            article_id = articles.insert_article(db, draft, now=told, duplicate_of=duplicate_of)
            desk.store_reading(db, article_id=article_id, extraction=extraction, extractor_version="1", now=told)
        return article_id

    return publish


def progress(text: str, stage: Stage = Stage.ENERGISED, **facts: Any) -> Progress:
    on = PartialDate(date="2026-06-01", precision=Precision.MONTH)
    values: dict[str, Any] = {"deal": 0, "stage": stage, "capacity_mw": 50.0, "on": on, "evidence": proof(text, text)}
    return Progress(**(values | facts))


def test_what_an_article_says_is_on_is_no_plan(db: Database, newsroom: Newsroom, built: Any) -> None:
    newsroom.publish(mention(delivery_end=H2))
    text = "The first 50 MW went live in June."
    built(progress(text), progress(text, Stage.UNDER_CONSTRUCTION, capacity_mw=None), text=text)
    found = dated(db)
    assert (found["energised", False].capacity_mw, found["energised", False].statement) == (50.0, text)
    assert found["energised", False].last_day == date(2026, 6, 30)
    assert found["under_construction", False].publisher == "Site Post"
    assert (found["energised", False].url or "").endswith("#:~:text=The%20first%2050%20MW%20went%20live%20in%20June.")
    assert found["energised", True].when == H2


def test_progress_is_replaced_when_the_article_is_read_again_and_copies_do_not_count(
    db: Database, newsroom: Newsroom, built: Any
) -> None:
    newsroom.publish(mention())
    text = "The first 50 MW went live in June."
    article = built(progress(text), text=text)
    built(progress(text), text=text, day=91, duplicate_of=article)
    newsroom.read(article, mention())
    assert ("energised", False) not in dated(db)


def test_the_past_knows_no_later_milestone(db: Database, newsroom: Newsroom) -> None:
    newsroom.publish(mention(delivery_end=H1))
    newsroom.publish(mention(delivery_end=H2), day=60)
    (past,) = list_deals(db, DealFilter(milestones=True, as_of=DAY + timedelta(days=1)))
    assert [(mile.name, mile.when.date) for mile in past.milestones] == [
        ("contracted", "2026-03-04"),
        ("energised", "2026-01-01"),
    ]
