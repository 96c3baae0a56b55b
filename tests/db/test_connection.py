"""Which files are opened, how connections are set up, and what is refused politely."""

import sqlite3
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from db import migrations
from db.connection import APPLICATION_ID, Database, open_database, open_memory
from db.errors import FileError, ForeignFileError, MissingFileError, NewerFileError


def test_a_new_file_is_ours_and_current(tmp_path: Path) -> None:
    db = open_database(tmp_path / "deep" / "deals.db")
    pragmas = {name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")}
    assert pragmas == {"application_id": APPLICATION_ID, "user_version": migrations.LATEST}
    assert db.execute("SELECT max(version) FROM _schema_version").fetchone()[0] == migrations.LATEST
    db.close()


def test_every_connection_is_set_up(tmp_path: Path) -> None:
    db = open_database(tmp_path / "deals.db")
    read = {
        name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "foreign_keys", "busy_timeout")
    }
    assert read == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 5000}
    db.close()


def test_reopening_takes_no_step_again(tmp_path: Path) -> None:
    open_database(tmp_path / "deals.db").close()
    db = open_database(tmp_path / "deals.db")
    assert db.execute("SELECT count(*) FROM _schema_version").fetchone()[0] == migrations.LATEST
    db.close()


def test_two_processes_may_create_it_at_once(tmp_path: Path) -> None:
    faults: list[Exception] = []

    def create() -> None:
        try:
            open_database(tmp_path / "deals.db").close()
        except Exception as error:  # noqa: BLE001 - a thread's fault is reported by the test
            faults.append(error)

    threads = [threading.Thread(target=create) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


@pytest.mark.parametrize("step", range(migrations.LATEST))
def test_migrates_from_every_earlier_version(tmp_path: Path, step: int) -> None:
    old = open_memory()
    fresh = sqlite3.connect(tmp_path / "old.db", isolation_level=None)
    migrations.apply(Database(fresh), application_id=APPLICATION_ID, upto=step)
    fresh.close()
    db = open_database(tmp_path / "old.db")
    assert set(db.table_names()) == set(old.table_names())
    db.close()
    old.close()


def test_reading_a_missing_file_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="market-pulse"):
        open_database(tmp_path / "none.db", read_only=True)


def test_a_foreign_database_is_left_untouched(tmp_path: Path) -> None:
    path = tmp_path / "photos.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE photos (id)")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(ForeignFileError, match="left untouched"):
        open_database(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("to do: read the news\n" * 100)
    with pytest.raises(ForeignFileError):
        open_database(path)


def test_a_newer_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    db = open_database(path)
    db.execute(f"PRAGMA user_version = {migrations.LATEST + 1}")
    db.close()
    with pytest.raises(NewerFileError, match="update the program"):
        open_database(path)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="permissions"):
        open_database(tmp_path)


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    open_database(tmp_path / "deals.db").close()
    db = open_database(tmp_path / "deals.db", read_only=True)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.execute("DELETE FROM deals")
    db.close()


def test_readers_do_not_wait_for_the_writer(tmp_path: Path) -> None:
    writer = open_database(tmp_path / "deals.db")
    reader = open_database(tmp_path / "deals.db", read_only=True)
    with writer.atomic():
        writer.execute("INSERT INTO guilds (guild_id, name, joined_at) VALUES ('1', 'one', '2026')")
        assert reader.execute("SELECT count(*) FROM guilds").fetchone()[0] == 0
    assert reader.execute("SELECT count(*) FROM guilds").fetchone()[0] == 1
    reader.close()
    writer.close()


def test_atomic_takes_everything_back() -> None:
    db = open_memory()
    with suppress(RuntimeError), db.atomic():
        db.execute("INSERT INTO guilds (guild_id, name, joined_at) VALUES ('1', 'one', '2026')")
        raise RuntimeError
    assert db.execute("SELECT count(*) FROM guilds").fetchone()[0] == 0
    db.close()


def test_an_inner_block_is_a_savepoint() -> None:
    db = open_memory()
    insert = "INSERT INTO guilds (guild_id, name, joined_at) VALUES (?, 'x', '2026')"
    with db.atomic():
        db.execute(insert, ("1",))
        with suppress(RuntimeError), db.atomic():
            db.execute(insert, ("2",))
            raise RuntimeError
    assert [row[0] for row in db.execute("SELECT guild_id FROM guilds")] == ["1"]
    db.close()
