"""The data dictionary inside the file: what each column means, in which unit.

columns_of(db, table=None) -> list[Column]      of one table or view; None = of the views for people
inner_tables(db) -> list[str]                   the tables behind the views
"""

from dataclasses import dataclass

from db.connection import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One row of the dictionary."""

    table_name: str
    column_name: str
    unit: str | None
    meaning: str
    example: str | None


def columns_of(db: Database, table: str | None = None) -> list[Column]:
    """Return the dictionary's rows in the order of the columns."""
    names = [table] if table else sorted(name for name in db.view_names() if name.startswith("v_"))
    found = []
    for name in names:
        order = {row[1]: row[0] for row in db.execute("SELECT cid, name FROM pragma_table_info(?)", (name,))}
        rows = db.execute(
            "SELECT table_name, column_name, unit, meaning, example FROM _columns WHERE table_name = ?", (name,)
        )
        columns = [
            Column(table_name=row[0], column_name=row[1], unit=row[2], meaning=row[3], example=row[4]) for row in rows
        ]
        found += sorted(columns, key=lambda column: order[column.column_name])
    return found


def inner_tables(db: Database) -> list[str]:
    """Return the tables behind the views, those of the search index included."""
    return [str(name) for name in db.table_names()]
