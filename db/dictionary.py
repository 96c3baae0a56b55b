"""The data dictionary inside the file: what each column means, in which unit.

columns_of(db, table=None) -> list of rows      of one table or view; None = of the views for people
"""

from typing import Any

from db.connection import Database

_FIELDS = ("table_name", "column_name", "unit", "meaning", "example")


def columns_of(db: Database, table: str | None = None) -> list[dict[str, Any]]:
    """Return the dictionary's rows in the order of the columns."""
    names = [table] if table else sorted(name for name in db.view_names() if name.startswith("v_"))
    found = []
    for name in names:
        order = {row[1]: row[0] for row in db.execute("SELECT cid, name FROM pragma_table_info(?)", (name,))}
        rows = db.execute(f"SELECT {', '.join(_FIELDS)} FROM _columns WHERE table_name = ?", (name,)).fetchall()
        found += sorted(
            (dict(zip(_FIELDS, row, strict=True)) for row in rows), key=lambda row: order[row["column_name"]]
        )
    return found
