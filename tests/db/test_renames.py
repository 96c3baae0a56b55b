"""Deals told under a company's old and new name are one, whenever and in whatever order that becomes known."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import companies, deals, desk
from db.connection import Database, open_memory
from db.deals import DealFilter
from extractors.closed_sets import Direction, PartyKind
from extractors.models import Company, Extraction, Reaction, Rename
from tests.db.conftest import DAY, Newsroom, mention

OLD, NEW, NEWEST = "Ashlar Hash", "Ferrowind Compute", "Tarn Grid"
Telling = Callable[[Newsroom], Any]


def say(room: Newsroom, old: str, new: str, *, day: int = 5) -> int:
    """Publish an article that only says that a company goes by another name."""
    article_id, _ = room.publish(day=day)
    reread(room.db, article_id, Rename(old=old, new=new))
    return article_id


def reread(db: Database, article_id: int, *renames: Rename) -> tuple[desk.DealChange, ...]:
    told = Extraction(id=None, url=None, is_deal_article=False, renames=renames)
    return desk.store_reading(db, article_id=article_id, extraction=told, extractor_version="1", now=DAY)


def live(db: Database) -> list[tuple[str, str | None, int]]:
    rows = db.execute(
        "SELECT d.provider_key, d.customer_key, count(m.id) FROM deals AS d JOIN mentions AS m ON m.deal_id = d.id"
        " WHERE merged_into IS NULL AND is_withdrawn = 0 GROUP BY d.id ORDER BY 1, 2, 3"
    )
    return rows.fetchall()


#: One deal under three names, a half-named telling, a short name, and somebody else's deal; then who is who.
STORY: tuple[Telling, ...] = (
    lambda room: room.publish(mention(provider=f"{OLD} Corp."), day=0),
    lambda room: room.publish(mention(provider=NEW, capacity_mw=205.0), day=1),
    lambda room: room.publish(mention(provider=NEWEST, primary=False), day=90),
    lambda room: room.publish(mention(provider="Ferrowind", customer=None, customer_kind=PartyKind.UNDISCLOSED), day=2),
    lambda room: room.publish(mention(provider="Alder Compute", value_usd=Decimal(10**9), capacity_mw=40.0), day=1),
    lambda room: say(room, OLD, NEW),
    lambda room: say(room, NEW, NEWEST, day=80),
)
TOGETHER = [("alder compute", "redwood ai", 1), ("tarn grid", "redwood ai", 4)]


@settings(max_examples=80, deadline=None)
@given(order=st.permutations(range(len(STORY))))
def test_old_and_new_name_are_one_in_any_order(order: list[int]) -> None:
    db = open_memory()
    room = Newsroom(db)
    for number in order:
        STORY[number](room)
    assert live(db) == TOGETHER
    db.close()


def test_an_article_that_tells_both_the_deal_and_the_rename(newsroom: Newsroom, db: Database) -> None:
    newsroom.publish(mention(provider=OLD))
    article_id, _ = newsroom.publish(day=1)
    told = Extraction(
        id=None,
        url=None,
        is_deal_article=True,
        deals=(mention(provider=NEW),),
        renames=(Rename(old=OLD, new=NEW),),
    )
    (change,) = desk.store_reading(db, article_id=article_id, extraction=told, extractor_version="1", now=DAY)
    assert (len(change.after.sources), change.before is not None) == (2, True)


def test_what_falls_together_is_merged_and_redirected(newsroom: Newsroom, db: Database) -> None:
    newsroom.publish(mention(provider=OLD))
    newsroom.publish(mention(provider=NEW), day=1)
    article_id, _ = newsroom.publish(day=2)
    (change,) = reread(db, article_id, Rename(old=OLD, new=NEW))
    assert (change.after.id, change.merged) == (1, (2,))
    found = deals.get_deal(db, "ferrowind-compute-redwood-ai-2026-03")
    assert found is not None
    assert found.id == 1


@pytest.mark.parametrize("name", [OLD, NEW, f"{OLD} Corp."])
def test_lists_find_it_under_every_name(newsroom: Newsroom, db: Database, name: str) -> None:
    newsroom.publish(mention(provider=OLD))
    say(newsroom, OLD, NEW)
    assert len(deals.list_deals(db, DealFilter(company=name))) == 1


def test_an_article_read_anew_takes_its_word_back(newsroom: Newsroom, db: Database) -> None:
    newsroom.publish(mention(provider=OLD))
    newsroom.publish(mention(provider=NEW), day=1)
    article_id = say(newsroom, OLD, NEW)
    assert len(live(db)) == 1
    reread(db, article_id)
    assert [key for key, _, _ in live(db)] == ["ashlar hash", "ferrowind compute"]


def test_an_unlisted_name_is_that_of_the_listed_company(newsroom: Newsroom, db: Database) -> None:
    companies.sync_companies(db, [Company(key="ferrowind", name=NEW, kind=PartyKind.MINER)])
    newsroom.publish(mention(provider=OLD))
    newsroom.publish(mention(provider=NEW), day=1)
    say(newsroom, OLD, NEW)
    assert live(db) == [("ferrowind", "redwood ai", 2)]


def test_no_article_makes_two_listed_companies_one(newsroom: Newsroom, db: Database) -> None:
    listed = [Company(key=key, name=name, kind=PartyKind.MINER) for key, name in (("old", OLD), ("new", NEW))]
    companies.sync_companies(db, listed)
    newsroom.publish(mention(provider=OLD))
    newsroom.publish(mention(provider=NEW), day=1)
    for old, new in permutations((OLD, NEW)):
        say(newsroom, old, new)
    assert len(live(db)) == 2


def test_the_list_of_companies_has_the_last_word(newsroom: Newsroom, db: Database) -> None:
    newsroom.publish(mention(provider=OLD))
    newsroom.publish(mention(provider=NEW), day=1)
    say(newsroom, OLD, NEW)
    listed = [Company(key=key, name=name, kind=PartyKind.MINER) for key, name in (("old", OLD), ("new", NEW))]
    companies.sync_companies(db, listed)
    desk.rekey(db, now=DAY + timedelta(days=9))
    assert [key for key, _, _ in live(db)] == ["new", "old"]


def test_a_share_move_follows_its_company(newsroom: Newsroom, db: Database) -> None:
    newsroom.publish(mention(provider=OLD), reactions=(Reaction(company=OLD, direction=Direction.UP, pct=9.0),))
    say(newsroom, OLD, NEW)
    assert db.execute("SELECT company_key, deal_id FROM reactions").fetchall() == [("ferrowind compute", 1)]
