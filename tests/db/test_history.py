"""The bundled history: one row is one deal, claims of its sources, imported once, and articles find it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from db import merges
from db.connection import Database
from db.deals import DealFilter, get_deal, list_deals
from db.history import Imported, import_history, research_of
from db.history_rows import HistoryEvent, HistoryRow, HistorySource, announcement, told_on
from db.publish import publish
from db.records import DealRecord
from extractors.closed_sets import CapacityKind, DealStatus, DealType, Direction, PartyKind, Precision
from extractors.models import Mention, PartialDate, Reaction

NOW = datetime(2026, 11, 29, 20, 0, tzinfo=UTC)
ALL = ("parties", "deal_type", "announced_on", "value_usd", "term_years", "capacity_mw", "events", "reactions")


def on(text: str) -> PartialDate:
    precision = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}[len(text)]
    return PartialDate(date=(text + "-01-01")[:10] if len(text) < 10 else text, precision=precision)


def source(number: int = 1, *supports: str, published: str | None = None) -> HistorySource:
    return HistorySource(
        url=f"https://page{number}.example/deal",
        publisher=f"Paper {number}",
        published=on(published) if published else None,
        supports=supports or ALL,
    )


def row(row_id: str = "northgate-redwood-2025-08", **changes: Any) -> HistoryRow:
    parts = {name: changes.pop(name) for name in tuple(changes) if name in HistoryRow.__dataclass_fields__}
    facts: dict[str, Any] = {
        "primary": True,
        "provider": "Northgate Digital",
        "customer": "Redwood AI",
        "provider_kind": PartyKind.MINER,
        "customer_kind": PartyKind.AI_LAB,
        "miner_hyperscaler": True,
        "deal_type": DealType.HOSTING_LEASE,
        "status": DealStatus.SIGNED,
        "value_usd": Decimal(3_700_000_000),
        "term_years": 10.0,
        "capacity_mw": 200.0,
        "capacity_kind": CapacityKind.IT,
        "announced_on": on("2025-08-14"),
        "confidence": 1.0,
    }
    defaults: dict[str, Any] = {
        "events": (HistoryEvent(status=DealStatus.SIGNED, on=on("2025-08-14")),),
        "sources": (source(1), source(2, "parties", "value_usd", published="2025-08-15")),
    }
    return HistoryRow(id=row_id, facts=Mention(**(facts | changes)), **(defaults | parts))


def take(db: Database, *rows: HistoryRow) -> Imported:
    return import_history(db, rows, now=NOW)


def deals(db: Database) -> list[DealRecord]:
    return list_deals(db, DealFilter(limit=100))


def counts(db: Database) -> dict[str, int]:
    tables = ("articles", "mentions", "claims", "deals", "deal_events", "reactions", "history_rows")
    return {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}


def test_a_row_becomes_a_deal_with_a_claim_for_each_source_that_supports_the_field(db: Database) -> None:
    assert take(db, row()).added == 1
    (deal,) = deals(db)
    assert deal.is_history
    assert deal.evidence_tier == "bundled history"
    assert deal.facts.value_usd == 3_700_000_000
    said = {(claim.field, claim.article_id) for claim in deal.claims}
    assert len([field for field, _ in said if field == "value_usd"]) == 2
    assert len([field for field, _ in said if field == "capacity_mw"]) == 1
    assert {s.url for s in deal.sources} == {"https://page1.example/deal", "https://page2.example/deal"}


def test_a_deal_of_the_past_is_dated_by_its_announcement(db: Database) -> None:
    take(db, row())
    (deal,) = deals(db)
    assert deal.slug == "northgate-digital-redwood-ai-2025-08"
    assert deal.first_seen_at.date().isoformat() == "2025-08-14"


def test_importing_twice_changes_nothing(db: Database) -> None:
    take(db, row(), row("second", customer="Palisade"))
    before, stamp = counts(db), [deal.updated_at for deal in deals(db)]
    again = import_history(db, (row(), row("second", customer="Palisade")), now=NOW.replace(hour=21))
    assert (again.added, again.changed, again.removed, again.deals) == (0, 0, 0, ())
    assert counts(db) == before
    assert [deal.updated_at for deal in deals(db)] == stamp


def test_every_step_keeps_its_day_and_precision(db: Database) -> None:
    steps = (
        HistoryEvent(status=DealStatus.IN_TALKS, on=on("2025-06")),
        HistoryEvent(status=DealStatus.SIGNED, on=on("2025-07-07")),
        HistoryEvent(status=DealStatus.TERMINATED, on=on("2025-10-30")),
    )
    take(
        db,
        row(events=steps, announced_on=on("2025-07-07"), status=DealStatus.TERMINATED, deal_type=DealType.ACQUISITION),
    )
    (deal,) = deals(db)
    assert deal.facts.status is DealStatus.TERMINATED
    rows = db.execute("SELECT at, precision, kind FROM deal_events ORDER BY at").fetchall()
    assert rows == [
        ("2025-06-01", "month", "in_talks"),
        ("2025-07-07", "day", "signed"),
        ("2025-10-30", "day", "terminated"),
    ]


@pytest.mark.parametrize(
    ("announced", "steps", "expected"),
    [
        pytest.param("2025-07-07", ("2025-06", "2025-07-07", "2025-10-30"), "2025-07-07", id="day"),
        pytest.param("2024-06", ("2024-05", "2024-06-03"), "2024-06-03", id="month-of-a-day"),
        pytest.param("2025", ("2024-12",), "2024-12-01", id="the-last-before"),
        pytest.param("2025-01-02", ("2025-03-01",), "2025-03-01", id="none-before"),
    ],
)
def test_the_announcement_is_the_step_of_its_day(announced: str, steps: tuple[str, ...], expected: str) -> None:
    events = tuple(HistoryEvent(status=DealStatus.SIGNED, on=on(step)) for step in steps)
    found = announcement(row(events=events, announced_on=on(announced)))
    assert found is not None
    assert found.on.date == expected


def test_a_page_without_a_date_told_the_last_thing_it_supports() -> None:
    ended = row(events=(*row().events, HistoryEvent(status=DealStatus.TERMINATED, on=on("2026-02-01"))))
    assert told_on(ended, source(1)) == "2026-02-01"
    assert told_on(ended, source(1, "value_usd")) == "2025-08-14"
    assert told_on(ended, source(1, published="2026-05-05")) == "2026-05-05"


def test_two_rows_stay_two_deals_however_alike(db: Database) -> None:
    take(db, row(), row("the-next-week", announced_on=on("2025-08-18"), expands="northgate-redwood-2025-08"))
    assert len(deals(db)) == 2
    assert [link[0] for link in db.execute("SELECT kind FROM deal_links")] == ["expands"]


def test_one_page_may_tell_two_rows(db: Database) -> None:
    take(
        db, row(sources=(source(1),)), row("second", customer="Palisade", sources=(source(1, published="2025-09-01"),))
    )
    assert counts(db)["articles"] == 1
    assert {deal.sources[0].article_id for deal in deals(db)} == {1}
    assert db.execute("SELECT published_at FROM articles").fetchone()[0] == "2025-09-01T12:00:00Z"


def test_a_changed_row_replaces_what_it_said_and_nothing_else(db: Database, newsroom: Any) -> None:
    take(db, row(), row("second", customer="Palisade"))
    told = replace(row().facts, value_usd=None, value_original=None, site="Prairie Fork", confidence=0.9)
    article, _ = newsroom.publish(told, day=1)
    before = counts(db)
    changed = row(value_usd=Decimal(3_900_000_000))
    done = take(db, changed, row("second", customer="Palisade"))
    assert (done.added, done.changed) == (0, 1)
    deal = get_deal(db, "northgate-digital-redwood-ai-2025-08")
    assert deal is not None
    assert deal.facts.value_usd == 3_900_000_000
    assert deal.facts.site == "Prairie Fork"
    assert article in {s.article_id for s in deal.sources}
    assert counts(db) == before


def test_a_row_that_left_the_file_takes_its_claims_along(db: Database, newsroom: Any) -> None:
    take(db, row(), row("second", customer="Palisade"))
    newsroom.publish(replace(row().facts, confidence=0.9), day=1, publisher="Wire")
    done = take(db)
    assert done.removed == 2
    (deal,) = deals(db)
    assert [s.publisher for s in deal.sources] == ["Wire"]
    assert not deal.is_history
    assert counts(db)["history_rows"] == 0


def test_an_article_read_later_attaches_to_the_deal(db: Database, newsroom: Any) -> None:
    take(db, row(), row("second", announced_on=on("2026-02-01"), value_usd=Decimal(900_000_000), capacity_mw=60.0))
    _, (change,) = newsroom.publish(replace(row().facts, site="Prairie Fork", confidence=0.9), day=0)
    assert change.before is not None
    assert change.before.is_history
    assert not change.after.is_history
    assert change.after.slug == "northgate-digital-redwood-ai-2025-08"
    assert change.after.facts.site == "Prairie Fork"
    assert len(deals(db)) == 2


def test_a_blog_does_not_overrule_the_history(db: Database, newsroom: Any) -> None:
    take(db, row())
    from db.records import SourceTier

    _, (change,) = newsroom.publish(replace(row().facts, term_years=15.0, confidence=0.9), tier=SourceTier.BLOG)
    assert change.after.facts.term_years == 10.0


def test_history_joins_the_deal_that_articles_told_before(db: Database, newsroom: Any) -> None:
    _, (told,) = newsroom.publish(replace(row().facts, confidence=0.9), day=-170)
    take(db, row())
    (deal,) = deals(db)
    assert deal.id == told.after.id
    assert deal.slug == told.after.slug
    assert len(deal.sources) == 3


def test_a_merge_by_the_operator_survives_the_next_edition(db: Database) -> None:
    take(db, row(), row("second", announced_on=on("2025-09-01")))
    one, other = (deal.slug for deal in deals(db))
    merges.merge_deals(db, one, other, reason="the same", made_by="operator", now=NOW)
    take(db, row(capacity_mw=210.0), row("second", announced_on=on("2025-09-01")))
    (deal,) = deals(db)
    assert len({s.article_id for s in deal.sources}) == 2


def test_reactions_are_attached_once_for_each_source_that_reports_them(db: Database) -> None:
    moved = Reaction(company="Northgate Digital", direction=Direction.UP, pct=27.3, deal_related=True)
    take(db, row(reactions=(moved,)))
    (deal,) = deals(db)
    assert [r.reaction.pct for r in deal.reactions] == [27.3]


def test_a_published_edition_shows_history_with_its_sources(db: Database, tmp_path: Path) -> None:
    take(db, row())
    publish(db, tmp_path / "edition.db", now=NOW)
    from db.connection import open_database

    edition = open_database(tmp_path / "edition.db", read_only=True)
    rows = edition.execute("SELECT is_history, source_count FROM v_deals").fetchall()
    urls = edition.execute("SELECT DISTINCT url FROM v_deal_facts WHERE tier = 'history' ORDER BY url").fetchall()
    edition.close()
    assert rows == [(1, 2)]
    assert urls == [("https://page1.example/deal",), ("https://page2.example/deal",)]


def test_what_a_row_leaves_out_and_when_it_was_checked_is_told_of_its_deal(db: Database) -> None:
    take(
        db, row(doubt="No term is stated.", checked_on=date(2026, 11, 29)), row("a-b-2025", provider="A", customer="B")
    )
    told = {row_id: (doubt, day) for deal in deals(db) for row_id, doubt, day in research_of(db, deal.id)}
    assert told == {"northgate-redwood-2025-08": ("No term is stated.", "2026-11-29"), "a-b-2025": (None, None)}
