"""The file explains itself: strict tables, foreign keys with indexes, a complete dictionary, views that answer."""

import pytest

from db.connection import Database, open_memory

_OWN = "type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%_search%'"


def names(kind: str) -> list[str]:
    db = open_memory()
    rows = db.execute(f"SELECT name FROM sqlite_schema WHERE {_OWN} AND type = ?", (kind,)).fetchall()
    db.close()
    return [row[0] for row in rows]


@pytest.mark.parametrize("table", names("table"))
def test_every_table_is_strict(db: Database, table: str) -> None:
    strict = {row[1]: row[5] for row in db.execute("PRAGMA table_list")}
    assert strict[table] == 1


@pytest.mark.parametrize("table", names("table"))
def test_every_foreign_key_has_an_index(db: Database, table: str) -> None:
    keys = {row[3] for row in db.execute(f"PRAGMA foreign_key_list({table})")}
    indexed = {
        db.execute(f"PRAGMA index_info({row[1]})").fetchone()[2] for row in db.execute(f"PRAGMA index_list({table})")
    }
    primary = {row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[5] == 1}
    assert keys <= indexed | primary


@pytest.mark.parametrize("name", names("table") + names("view"))
def test_every_column_is_in_the_dictionary(db: Database, name: str) -> None:
    present = {row[1] for row in db.execute(f"PRAGMA table_xinfo({name})")}
    explained = {row[0] for row in db.execute("SELECT column_name FROM _columns WHERE table_name = ?", (name,))}
    assert present == explained


def test_the_dictionary_explains_nothing_that_is_not_there(db: Database) -> None:
    listed = {row[0] for row in db.execute("SELECT DISTINCT table_name FROM _columns")}
    assert listed == set(names("table")) | set(names("view"))


@pytest.mark.parametrize("view", names("view"))
def test_every_view_answers(db: Database, view: str) -> None:
    assert db.execute(f"SELECT * FROM {view}").fetchall() == []
