"""The file as it was known on a day: what the articles until then say, in every view and every list."""

import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from db import deals, desk, merges, migrations
from db.connection import APPLICATION_ID, Database, open_database, open_memory
from db.deals import DealFilter, seen
from db.errors import RequestError, UnknownDealError
from db.past import past
from db.records import SourceTier
from db.versions import fill_versions
from db.views import SORTS, read_view
from extractors.closed_sets import DealStatus, DealType, Direction
from extractors.models import Mention, OtherParty, PartyRole, Reaction
from tests.db.conftest import DAY, Newsroom, mention

#: What the service notes about its own work differs between two files; what the deals say does not.
_OWN = {"slug", "first_seen_at", "updated_at", "deal_id", "article_id", "event_id", "reaction_id", "usd_per_mw_year"}
VIEWS = ("v_deals", "v_deal_facts", "v_league", "v_tenants", "v_reactions")
ROSE = Reaction(company="Northgate Digital", direction=Direction.UP, pct=20.0)
Telling = Callable[[Newsroom], Any]


def lease(**facts: Any) -> Mention:
    return mention(provider="Alder Compute", customer="Juniper", deal_type=DealType.HOSTING_LEASE, **facts)


STORY: tuple[tuple[int, Telling], ...] = (
    (0, lambda room: room.publish(mention(status=DealStatus.IN_TALKS, value_usd=None), tier=SourceTier.BLOG, day=0)),
    (3, lambda room: room.publish(mention(capacity_mw=180.0), day=3, reactions=(ROSE,))),
    (3, lambda room: room.publish(lease(value_usd=Decimal(10**9)), day=3)),
    (
        4,
        lambda room: room.publish(
            mention(other_parties=(OtherParty(name="Dell", role=PartyRole.SUPPLIER),)), tier=SourceTier.FILING, day=4
        ),
    ),
    (30, lambda room: room.publish(lease(primary=False, value_usd=Decimal(2 * 10**9)), mention(primary=False), day=30)),
    (90, lambda room: room.publish(mention(status=DealStatus.TERMINATED), tier=SourceTier.PRESS_RELEASE, day=90)),
)


def told(until: int) -> Database:
    """Return a file to which the story was told up to a day."""
    db = open_memory()
    room = Newsroom(db)
    for day, tell in STORY:
        if day <= until:
            tell(room)
    return db


def rows(db: Database, view: str) -> list[str]:
    cursor = db.execute(f"SELECT * FROM {view}")
    names = [column[0] for column in cursor.description]
    return sorted(
        str([(name, value) for name, value in zip(names, row, strict=True) if name not in _OWN])
        for row in cursor.fetchall()
    )


@pytest.mark.parametrize("day", [0, 3, 10, 45, 90])
@pytest.mark.parametrize("view", VIEWS)
def test_the_past_says_what_the_file_said_then(view: str, day: int) -> None:
    today, then = told(90), told(day)
    with past(today, DAY + timedelta(days=day)):
        assert rows(today, view) == rows(then, view)


@pytest.mark.parametrize("view", SORTS)
@pytest.mark.parametrize("as_of", [None, DAY + timedelta(days=45)])
def test_a_page_is_the_beginning_of_the_whole(view: str, as_of: datetime | None) -> None:
    db = told(90)
    for sort in SORTS[view]:
        columns, page = read_view(db, view, sort=sort, limit=2, as_of=as_of)
        with seen(db, as_of, views=None):
            whole = db.execute(f"SELECT * FROM {view} ORDER BY {sort} DESC").fetchall()
        at = columns.index(sort)
        assert [row[at] for row in page] == [row[at] for row in whole[:2]]
        assert set(page) <= set(whole)


def test_every_view_of_the_file_is_offered() -> None:
    listed = {row[0] for row in open_memory().execute("SELECT name FROM sqlite_schema WHERE type = 'view'")}
    assert set(SORTS) == listed


def test_the_present_is_back_when_the_block_ends() -> None:
    db = told(90)
    before = rows(db, "v_deals")
    with past(db, date(2026, 3, 5)):
        assert rows(db, "v_deals") != before
    assert rows(db, "v_deals") == before


def test_lists_filter_and_sort_what_was_known_then() -> None:
    db = told(90)
    then = DAY + timedelta(days=10)
    talks = DealFilter(statuses=("terminated",), as_of=then)
    assert (deals.list_deals(db, talks), deals.count_deals(db, talks)) == ([], 0)
    by_value = deals.list_deals(db, DealFilter(sort="value", as_of=then))
    assert [deal.facts.value_usd for deal in by_value] == [4_200_000_000, 1_000_000_000]
    assert deals.list_deals(db, DealFilter(as_of=DAY - timedelta(days=1))) == []


def test_a_record_of_the_past_holds_proofs_of_then() -> None:
    db = told(90)
    deal = deals.get_deal(db, 1, as_of=DAY + timedelta(days=3))
    assert deal is not None
    assert (len(deal.sources), deal.facts.capacity_mw, deal.facts.other_parties) == (2, 180.0, ())
    shown = {claim.value for claim in deal.claims if claim.field == "capacity_mw" and claim.shown}
    assert shown == {"180"}
    assert [event.kind for event in deal.events] == ["in_talks", "signed", "value", "capacity"]


def test_a_correction_counts_from_its_day() -> None:
    db = told(90)
    when = DAY + timedelta(days=40)
    merges.correct_deal(db, 1, field="capacity_mw", value="250", reason="exhibit", made_by="operator", now=when)
    seen = [deals.get_deal(db, 1, as_of=DAY + timedelta(days=days)) for days in (39, 40)]
    assert [deal and deal.facts.capacity_mw for deal in seen] == [200.0, 250.0]


def test_the_last_version_is_the_deal_of_today() -> None:
    db = told(90)
    merges.correct_deal(db, 1, field="value_usd", value="5e9", reason="r", made_by="operator", now=DAY)
    columns = [row[1] for row in db.execute("PRAGMA table_info(deal_versions)")]
    shared = ", ".join(set(columns) & {row[1] for row in db.execute("PRAGMA table_info(deals)")})
    today = db.execute(f"SELECT id, {shared} FROM deals ORDER BY id").fetchall()
    last = f"SELECT deal_id, {shared} FROM deal_versions WHERE known_until IS NULL ORDER BY deal_id"
    assert db.execute(last).fetchall() == today


def test_a_merged_deal_has_no_past_of_its_own() -> None:
    db = told(90)
    merges.merge_deals(db, 1, 2, reason="r", made_by="operator", now=DAY)
    assert {row[0] for row in db.execute("SELECT deal_id FROM deal_versions")} == {1}
    merges.undo_last(db, 1, made_by="operator", now=DAY)
    assert {row[0] for row in db.execute("SELECT deal_id FROM deal_versions")} == {1, 2}


def test_deals_stored_before_there_were_versions_get_theirs() -> None:
    db = told(90)
    before = db.execute("SELECT * FROM deal_versions ORDER BY deal_id, known_from").fetchall()
    db.execute("DELETE FROM deal_versions")
    assert fill_versions(db) == 2
    assert db.execute("SELECT * FROM deal_versions ORDER BY deal_id, known_from").fetchall() == before
    assert fill_versions(db) == 0


def test_an_earlier_file_gets_its_past_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    old = Database(sqlite3.connect(path, isolation_level=None))
    migrations.apply(old, application_id=APPLICATION_ID, upto=1)
    fresh = told(3)
    for table in ("articles", "deals", "mentions", "claims"):
        columns = ", ".join(row[1] for row in old.execute(f"PRAGMA table_info({table})"))
        for row in fresh.execute(f"SELECT {columns} FROM {table}").fetchall():
            old.execute(f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(row))})", row)
    with pytest.raises(RequestError, match="db check"), past(old, DAY):
        pass
    old.close()
    db = open_database(path)
    with past(db, DAY):
        assert len(rows(db, "v_deals")) == 1
    db.close()


def test_a_file_that_is_only_read_can_be_asked_too(tmp_path: Path) -> None:
    db = open_database(tmp_path / "deals.db")
    Newsroom(db).publish(mention())
    db.close()
    reader = open_database(tmp_path / "deals.db", read_only=True)
    with past(reader, DAY.date()):
        assert len(rows(reader, "v_deals")) == 1
    assert reader.execute("PRAGMA query_only").fetchone()[0] == 1
    reader.close()


def test_rereading_an_article_rewrites_the_past() -> None:
    db = told(0)
    desk.store_reading(db, article_id=1, extraction=_read(mention(capacity_mw=90.0)), extractor_version="2", now=DAY)
    assert db.execute("SELECT capacity_mw FROM deal_versions").fetchall() == [(90.0,)]


def _read(found: Mention) -> Any:
    from extractors.models import Extraction

    return Extraction(id=None, url=None, is_deal_article=True, deals=(found,), reactions=())


def test_a_deal_not_yet_told_is_said_to_be_unknown_then(newsroom: Newsroom, db: Database) -> None:
    newsroom.publish(mention(), day=3)
    slug = deals.list_deals(db)[0].slug
    with pytest.raises(UnknownDealError, match=f"not known yet on {DAY.date()}"):
        deals.require_deal(db, slug, as_of=DAY)
    with pytest.raises(UnknownDealError, match="no deal is called"):
        deals.require_deal(db, "nope", as_of=DAY)
