"""Checks, backups, editions to give away, exports."""

import csv
import json
import sqlite3
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from db import outbox, watches
from db.checks import check
from db.connection import Database, open_database
from db.errors import RequestError
from db.exports import EXPORTED, column_types, export
from db.outbox import OutboxDraft, OutboxKind
from db.publish import backup, publish
from db.watches import WatchDraft
from extractors.closed_sets import Direction
from extractors.models import Reaction
from tests.db.conftest import Newsroom, mention, proof

TEXT = "A confidential preamble nobody quotes. Northgate puts the contract at $4.2 billion. More follows."
SECRET = "confidential preamble"


@pytest.fixture
def filled(newsroom: Newsroom, db: Database, now: datetime) -> Database:
    move = Reaction(company="Northgate Digital", direction=Direction.UP, pct=30.0, deal_related=True)
    change = newsroom.publish(
        mention(evidence={"value_usd": proof(TEXT, "$4.2 billion")}), text=TEXT, reactions=(move,)
    )
    newsroom.publish(text="An article about nothing.")
    watches.guild_joined(db, "424242", name="Secret guild", now=now)
    watches.add_watch(db, WatchDraft(name="w", guild_id="424242", channel_id="565656"), now=now)
    draft = OutboxDraft(
        kind=OutboxKind.ALERT, target="channel:565656", key="k", payload={}, name="a", deal_id=change[1][0].after.id
    )
    outbox.enqueue(db, draft, now=now)
    return db


def test_a_good_file_is_sound(filled: Database) -> None:
    assert list(check(filled)) == []


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        pytest.param("UPDATE evidence SET start = start + 1", "evidence does not stand where it says", id="evidence"),
        pytest.param("UPDATE deals SET merged_into = id", "a slug leads to a deal that is merged", id="slug"),
        pytest.param("UPDATE mentions SET deal_id = NULL", "a live deal has no mention", id="empty deal"),
        pytest.param(
            "DELETE FROM _columns WHERE table_name = 'deals'",
            "a column has no entry in the dictionary",
            id="dictionary",
        ),
        pytest.param(
            "INSERT INTO article_search (rowid, title) VALUES (99, 'ghost')",
            "a search index does not match its table",
            id="search",
        ),
    ],
)
def test_damage_is_found(filled: Database, damage: str, expected: str) -> None:
    filled.execute(damage)
    assert expected in {finding.what for finding in check(filled)}


def test_a_dangling_row_is_found(filled: Database) -> None:
    filled.execute("PRAGMA foreign_keys = OFF")
    filled.execute("DELETE FROM articles WHERE id = 1")
    assert "a row points to nothing" in {finding.what for finding in check(filled)}


def test_a_backup_is_complete_and_sound(filled: Database, tmp_path: Path) -> None:
    backup(filled, tmp_path / "copy.db")
    copy = open_database(tmp_path / "copy.db")
    assert copy.execute("SELECT count(*) FROM outbox").fetchone()[0] == 1
    assert list(check(copy)) == []
    copy.close()


def test_an_edition_holds_the_deals_and_nothing_private(filled: Database, tmp_path: Path, now: datetime) -> None:
    edition = publish(filled, tmp_path / "public.db", now=now)
    assert (edition.deals, edition.articles) == (1, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["public.db"]
    raw = (tmp_path / "public.db").read_bytes()
    for private in (SECRET, "424242", "565656", "Secret guild"):
        assert private.encode() not in raw
    copy = open_database(tmp_path / "public.db", read_only=True)
    assert (
        copy.execute("SELECT sentence FROM v_deal_facts WHERE field = 'value_usd'")
        .fetchone()[0]
        .endswith("$4.2 billion.")
    )
    assert copy.execute("SELECT name, signed_pct FROM v_reactions").fetchall() == [("Northgate Digital", 30.0)]
    copy.close()


def test_an_edition_is_sound(filled: Database, tmp_path: Path, now: datetime) -> None:
    publish(filled, tmp_path / "public.db", now=now)
    copy = open_database(tmp_path / "public.db")
    assert list(check(copy)) == []
    copy.close()


@pytest.mark.parametrize("write", [pytest.param("backup", id="backup"), pytest.param("publish", id="publish")])
def test_nothing_is_overwritten(filled: Database, tmp_path: Path, now: datetime, write: str) -> None:
    target = tmp_path / "there.db"
    target.write_text("mine")
    with pytest.raises(RequestError, match="exists already"):
        backup(filled, target) if write == "backup" else publish(filled, target, now=now)
    assert target.read_text() == "mine"


def test_csv_with_its_description(filled: Database, tmp_path: Path, now: datetime) -> None:
    export(filled, tmp_path, formats=("csv", "json"), now=now)
    package = json.loads((tmp_path / "datapackage.json").read_text())
    assert len(package["resources"]) == len(EXPORTED)
    for resource in package["resources"]:
        with (tmp_path / resource["path"]).open(newline="") as file:
            header = next(csv.reader(file))
        assert header == [field["name"] for field in resource["schema"]["fields"]]
        assert all(field["description"] for field in resource["schema"]["fields"])
    assert json.loads((tmp_path / "deals.json").read_text())[0]["value_usd"] == 4_200_000_000


def _declared(db: Database, view: str) -> dict[str, type]:
    kinds = {"integer": int, "number": float, "string": str}
    cursor = db.execute(f"SELECT * FROM {view}")
    columns = [column[0] for column in cursor.description]
    return dict(zip(columns, (kinds[kind] for kind in column_types(db, view, columns)), strict=True))


@pytest.mark.parametrize("view", EXPORTED)
def test_columns_hold_what_their_type_says(filled: Database, view: str) -> None:
    declared = _declared(filled, view)
    for row in filled.execute(f"SELECT * FROM {view}"):
        held = {column: value for column, value in zip(declared, row, strict=True) if value is not None}
        assert {column for column, value in held.items() if not isinstance(value, (declared[column], int))} == set()
        assert all(isinstance(value, str) is (declared[column] is str) for column, value in held.items())


def test_parquet_has_the_rows_and_types_of_the_view(filled: Database, tmp_path: Path, now: datetime) -> None:
    files = export(filled, tmp_path / "out", formats=("parquet",), now=now)
    assert sorted(file.name for file in files) == sorted(f"{view.removeprefix('v_')}.parquet" for view in EXPORTED)
    deals = duckdb.sql(f"SELECT name, value_usd, gpu_count, capacity_mw FROM '{tmp_path}/out/deals.parquet'")
    assert deals.fetchall() == [("Northgate Digital – Redwood AI", 4_200_000_000, None, 200.0)]
    assert [str(kind) for kind in deals.types] == ["VARCHAR", "BIGINT", "BIGINT", "DOUBLE"]


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
@pytest.mark.parametrize("there_before", [False, True])
def test_an_export_that_fails_leaves_nothing(
    filled: Database, tmp_path: Path, now: datetime, form: str, there_before: bool
) -> None:
    folder = tmp_path / "out"
    if there_before:
        folder.mkdir()
        (folder / f"deals.{form}").write_text("of yesterday")
    # The last view read cannot be read any more: all others were written by then.
    filled.execute(f"DROP VIEW {EXPORTED[-1]}")
    with pytest.raises(sqlite3.OperationalError, match=EXPORTED[-1]):
        export(filled, folder, formats=(form,), now=now)
    assert [path.name for path in tmp_path.rglob("*")] == (["out", f"deals.{form}"] if there_before else [])
    assert not there_before or (folder / f"deals.{form}").read_text() == "of yesterday"


def test_parquet_without_pyarrow_is_refused_before_anything_is_written(
    filled: Database, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(RequestError, match="pip install pyarrow"):
        export(filled, tmp_path / "out", formats=("csv", "parquet"), now=now)
    assert list(tmp_path.iterdir()) == []


def test_an_export_leaves_other_files_alone(filled: Database, tmp_path: Path, now: datetime) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    export(filled, tmp_path, now=now)
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert not any(path.name.startswith(".") for path in tmp_path.iterdir())


@pytest.mark.parametrize("write", [pytest.param("backup", id="backup"), pytest.param("publish", id="publish")])
def test_a_copy_that_fails_leaves_nothing(
    filled: Database, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch, write: str
) -> None:
    def fail(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError, match="No space"):
        backup(filled, tmp_path / "a.db") if write == "backup" else publish(filled, tmp_path / "a.db", now=now)
    assert list(tmp_path.iterdir()) == []


def test_the_edition_opens_with_plain_sqlite(filled: Database, tmp_path: Path, now: datetime) -> None:
    publish(filled, tmp_path / "public.db", now=now)
    plain = sqlite3.connect(tmp_path / "public.db")
    assert plain.execute("SELECT name, capacity_mw FROM v_deals").fetchall() == [
        ("Northgate Digital – Redwood AI", 200.0)
    ]
    plain.close()
