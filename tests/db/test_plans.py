"""No question people ask scans the articles or the claims: query plans on a file with the shape of a large one."""

import re
from collections.abc import Callable, Iterator

import pytest
from sqlite_utils import Database as PlainDatabase

from db import deals, desk, mentions, outbox, search
from db.connection import Database, open_memory
from db.deals import DealFilter
from db.past import past
from db.records import SourceTier
from db.views import SORTS
from tests.db.conftest import DAY, Newsroom, mention

BIG = {"articles": 1_000_000, "claims": 200_000, "mentions": 20_000, "entries": 1_000_000, "evidence": 300_000}
VIEWS = (
    *(f"SELECT * FROM {view} ORDER BY {sort} DESC LIMIT 50" for view, sorts in SORTS.items() for sort in sorts),
    "SELECT * FROM v_deals WHERE slug = 'x'",
    "SELECT * FROM v_deal_facts WHERE deal_id = 1",
    "SELECT * FROM v_deal_facts WHERE slug = 'x'",
    "SELECT * FROM v_milestones WHERE slipped_days > 0",
)


@pytest.fixture(scope="module")
def large() -> Iterator[Database]:
    """A small file whose statistics say that it is large."""
    db = open_memory()
    newsroom = Newsroom(db)
    for number in range(12):
        newsroom.publish(mention(provider=f"Miner {number % 4}"), day=number * 60, tier=SourceTier.NEWSWIRE)
    db.execute("ANALYZE")
    for table, rows in BIG.items():
        db.execute(
            "UPDATE sqlite_stat1 SET stat = ? || substr(stat, instr(stat || ' ', ' ')) WHERE tbl = ?",
            (str(rows), table),
        )
    db.execute("ANALYZE sqlite_schema")
    yield db
    db.close()


#: How the large tables are called in plans.
_LARGE = re.compile(r"(?:SCAN|MATERIALIZE) (?:then_)?(?:articles|claims|mentions|evidence|entries|[acm])\b")


def scans(db: PlainDatabase, sql: str) -> list[str]:
    plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", {}).fetchall()]
    return [step for step in plan if _LARGE.match(step)]


def test_a_scan_would_be_seen(large: Database) -> None:
    assert scans(large, "SELECT * FROM claims AS c JOIN mentions AS m ON m.id = c.id + 1") != []
    assert scans(large, "SELECT * FROM articles WHERE title = 'x'") != []


@pytest.mark.parametrize("sql", VIEWS)
def test_no_view_scans_a_large_table(large: Database, sql: str) -> None:
    assert scans(large, sql) == []


def test_no_command_scans_a_large_table(large: Database) -> None:
    asked: list[str] = []
    large.conn.set_trace_callback(asked.append)
    try:
        deals.list_deals(large, DealFilter(company="Miner 1", text="miner", since="2025-01-01"))
        deals.get_deal(large, "miner-1-redwood-ai-2026-05", as_of=DAY)
        deals.links_of(large, 1)
        mentions.has_half(large, "miner 1")
        desk.regroup(large, {frozenset({"miner 1", "redwood ai"}), frozenset({"miner 2"})})
        search.matching_deals(large, "miner")
        outbox.claim_due(large, now=DAY)
    finally:
        large.conn.set_trace_callback(None)
    questions = [sql for sql in asked if sql.lstrip().upper().startswith("SELECT")]
    assert len(questions) > 10
    assert [sql for sql in questions if scans(large, sql)] == []


@pytest.mark.parametrize("sql", VIEWS)
def test_no_view_of_the_past_scans_a_large_table(large: Database, sql: str) -> None:
    name = re.findall(r"v_\w+", sql)[0]
    with past(large, DAY, views=(name,)):
        assert scans(large, sql) == []


def test_a_scan_of_the_past_would_be_seen(large: Database) -> None:
    with past(large, DAY):
        assert scans(large, "SELECT * FROM claims WHERE value = 'x'") != []
        assert scans(large, "SELECT * FROM deals AS d LEFT JOIN claims AS c ON c.value = d.name") != []


PAST_QUESTIONS: tuple[Callable[[Database], object], ...] = (
    lambda db: deals.get_deal(db, "miner-1-redwood-ai-2026-05", as_of=DAY),
    lambda db: deals.list_deals(db, DealFilter(as_of=DAY)),
    lambda db: deals.list_deals(db, DealFilter(company="Miner 1", text="miner", sort="value", as_of=DAY)),
    lambda db: deals.list_deals(db, DealFilter(brief=True, milestones=True, events=True, as_of=DAY)),
    lambda db: deals.count_deals(db, DealFilter(min_capacity_mw=10, as_of=DAY)),
    *(lambda db, sort=sort: deals.list_deals(db, DealFilter(sort=sort, as_of=DAY)) for sort in deals.SORTS),
)


@pytest.mark.parametrize("ask", PAST_QUESTIONS)
def test_no_command_of_the_past_scans_a_large_table(large: Database, ask: Callable[[Database], object]) -> None:
    asked: list[str] = []
    large.conn.set_trace_callback(asked.append)
    try:
        ask(large)
    finally:
        large.conn.set_trace_callback(None)
    questions = [sql for sql in asked if sql.lstrip().upper().startswith("SELECT")]
    assert questions
    with past(large, DAY):
        assert [sql for sql in questions if scans(large, sql)] == []


@pytest.mark.parametrize("sort", ["day", "value", "mw", "updated"])
def test_every_offered_sort_reads_its_index(large: Database, sort: str) -> None:
    column = deals.SORTS[sort]
    live = "merged_into IS NULL AND is_withdrawn = 0"
    sql = f"SELECT id FROM deals WHERE {live} ORDER BY {column} DESC, id LIMIT 40"
    plan = " ".join(row[3] for row in large.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall())
    assert "USING" in plan
    assert "TEMP B-TREE" not in plan
