"""A file written by an earlier version: its deals, milestones and history after it was brought up to date."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db import migrations
from db.connection import APPLICATION_ID, Database, open_database
from db.deals import DealFilter, list_deals
from db.history import import_history
from tests.db.test_history import row

_RECORD = (
    '{"primary": true, "provider": "Northgate Digital", "provider_kind": "miner", "customer": "Redwood AI",'
    ' "customer_kind": "ai_lab", "miner_hyperscaler": true, "deal_type": "hosting_lease", "status": "signed",'
    ' "value_usd": 3700000000, "capacity_mw": 200, "capacity_kind": "it", "confidence": 0.9,'
    ' "announced_on": {"date": "2025-08-14", "precision": "day"},'
    ' "delivery_end": {"date": "2026-07-01", "precision": "half"}}'
)
#: What the first version stored of one article and its deal, as it wrote it.
_OLD_ROWS = (
    (
        (
            "INSERT INTO articles (id, url, title, text, text_hash, word_count, published_at, fetched_at, publisher, tier)"
            " VALUES (1, 'https://old.example/1', 'Report', 'Body.', 'h', 1, '2025-08-14T10:00:00Z',"
            " '2025-08-14T10:05:00Z', 'Wire', 'newswire')"
        ),
        (),
    ),
    (
        (
            "INSERT INTO deals (id, slug, name, is_primary, provider, provider_key, provider_kind, customer, customer_key,"
            " customer_kind, miner_hyperscaler, deal_type, status, value_usd, capacity_mw, capacity_kind, announced_on,"
            " announced_on_precision, delivery_end, delivery_end_precision, confidence, day, evidence_tier, source_count,"
            " article_count, first_seen_at, updated_at) VALUES (1, 'northgate-redwood-2025-08', 'Northgate – Redwood', 1,"
            " 'Northgate Digital', 'northgate digital', 'miner', 'Redwood AI', 'redwood ai', 'ai_lab', 1, 'hosting_lease',"
            " 'signed', 3700000000, 200, 'it', '2025-08-14', 'day', '2026-07-01', 'half', 0.9, '2025-08-14', '1 source',"
            " 1, 1, '2025-08-14T10:05:00Z', '2025-08-14T10:05:00Z')"
        ),
        (),
    ),
    ("INSERT INTO deal_slugs VALUES ('northgate-redwood-2025-08', 1)", ()),
    (
        (
            "INSERT INTO mentions (id, article_id, position, name, deal_id, is_primary, provider_key, customer_key,"
            " provider_block, customer_block, record) VALUES (1, 1, 0, 'Northgate – Redwood', 1, 1, 'northgate digital',"
            " 'redwood ai', 'northgate', 'redwood', ?)"
        ),
        (_RECORD,),
    ),
    (
        (
            "INSERT INTO claims (mention_id, deal_id, field, value, sentence, is_shown)"
            " VALUES (1, 1, 'delivery_end', '2026-07-01 (half)', 'All of it by the second half.', 1)"
        ),
        (),
    ),
    (
        (
            "INSERT INTO deal_events (deal_id, at, kind, detail, article_id, is_computed, recorded_at)"
            " VALUES (1, '2025-08-14', 'signed', 'signed, as Wire has it', 1, 1, '2025-08-14T10:05:00Z')"
        ),
        (),
    ),
)


@pytest.fixture(params=range(1, migrations.LATEST))
def old_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file as each earlier version left it."""
    plain = sqlite3.connect(tmp_path / "old.db", isolation_level=None)
    migrations.apply(Database(plain), application_id=APPLICATION_ID, upto=request.param)
    for statement, values in _OLD_ROWS:
        plain.execute(statement, values)
    plain.close()
    return tmp_path / "old.db"


def test_old_deals_have_milestones(old_file: Path) -> None:
    db = open_database(old_file)
    (deal,) = list_deals(db, DealFilter())
    db.close()
    assert [(mile.name, mile.when.date, mile.statement) for mile in deal.milestones] == [
        ("contracted", "2025-08-14", "signed, as Wire has it"),
        ("energised", "2026-07-01", "All of it by the second half."),
    ]


def test_history_joins_an_old_deal_instead_of_doubling_it(old_file: Path) -> None:
    db = open_database(old_file)
    import_history(db, [row()], now=datetime(2026, 11, 29, tzinfo=UTC))
    (deal,) = list_deals(db, DealFilter())
    db.close()
    assert deal.slug == "northgate-redwood-2025-08"
    assert {source.publisher for source in deal.sources} == {"Wire", "Paper 1", "Paper 2"}
