"""Killed at random moments while taking in articles, the file stays sound and no entry is lost.

`MARKET_PULSE_KILLS=500 pytest tests/db/test_kill.py` for the long run.
"""

import os
import subprocess
import sys
from pathlib import Path

from db.checks import check
from db.connection import Database, open_database

KILLS = int(os.environ.get("MARKET_PULSE_KILLS", "36"))
SCRIPT = Path(__file__).with_name("ingest_process.py")
ROOT = SCRIPT.parents[2]
ENTRIES = 40 * KILLS


def prepare(db: Database) -> None:
    with db.atomic():
        db.execute(
            "INSERT INTO feeds (id, url, configured_url, title, publisher, group_name, tier, poll_minutes, added_at,"
            " health_since) VALUES (1, 'u', 'u', 'Wire', 'Wire', 'news', 'newswire', 10, '2026', '2026')"
        )
        for number in range(ENTRIES):
            db.execute(
                "INSERT INTO entries (feed_id, identity, guid, title, content, content_is_full, seen_at, alerting)"
                " VALUES (1, ?, ?, 't', 'c', 1, '2026-03-04T00:00:00Z', 1)",
                (str(number), str(number)),
            )


def test_no_kill_leaves_half_an_article(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    db = open_database(path)
    prepare(db)
    db.close()
    command = [sys.executable, str(SCRIPT), str(path), str(KILLS), "7"]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    db = open_database(path)
    assert list(check(db)) == []
    done = db.execute("SELECT count(*) FROM entries WHERE state = 'done'").fetchone()[0]
    counted = {
        "articles": db.execute("SELECT count(*) FROM articles").fetchone()[0],
        "readings": db.execute("SELECT count(*) FROM readings").fetchone()[0],
        "mentions": db.execute("SELECT count(*) FROM mentions WHERE deal_id IS NOT NULL").fetchone()[0],
    }
    assert set(counted.values()) == {done}
    assert done > 0
    waiting = db.execute("SELECT count(*) FROM entries WHERE state = 'new'").fetchone()[0]
    assert waiting + done == ENTRIES
    silent = db.execute(
        "SELECT count(*) FROM deals WHERE merged_into IS NULL AND id NOT IN (SELECT deal_id FROM outbox)"
    ).fetchone()[0]
    assert silent == 0
    db.close()
