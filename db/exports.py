"""The views as files for other programs: CSV with a datapackage.json that says what each column means, JSON, Parquet.

export(db, folder, *, formats, now, as_of=None) -> list[Path]      one file per view and format
EXPORTED                                                the views that go out
"""

import csv
import importlib
import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from db.connection import Database
from db.deals import seen
from db.errors import RequestError
from db.instants import to_text

EXPORTED = (
    *("v_deals", "v_deal_facts", "v_deal_history", "v_league", "v_tenants", "v_reactions", "v_timeline"),
    *("v_milestones", "v_measured_reactions", "v_reactions_compared"),
)
FORMATS = ("csv", "json", "parquet")
_TYPES = (
    (re.compile(r"_(usd|count|id)$|^(deals|customers)$|^(is|has)_"), "integer"),
    (re.compile(r"_(mw|pct|points|years|s)$|^usd_per"), "number"),
)


def export(
    db: Database, folder: Path, *, formats: Sequence[str] = ("csv",), now: datetime, as_of: datetime | None = None
) -> list[Path]:
    """Write the views into a folder, all from one moment, as known on a day where one is given; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    with seen(db, as_of, views=None), db.snapshot():
        for view in EXPORTED:
            columns, rows = _read(db, view)
            for form in formats:
                target = folder / f"{view.removeprefix('v_')}.{form}"
                _WRITERS[form](target, columns, rows)
                written.append(target)
        if "csv" in formats:
            written.append(_write_datapackage(db, folder, now=now))
    return written


def _read(db: Database, view: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    cursor = db.execute(f"SELECT * FROM {view}")
    return [column[0] for column in cursor.description], cursor.fetchall()


def _write_csv(target: Path, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)


def _write_json(target: Path, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    records = [dict(zip(columns, row, strict=True)) for row in rows]
    target.write_text(json.dumps(records, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_parquet(target: Path, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    try:
        arrow, parquet = importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise RequestError("Parquet needs pyarrow; run `pip install pyarrow` or choose csv or json") from error
    data = {column: [row[at] for row in rows] for at, column in enumerate(columns)}
    parquet.write_table(arrow.table(data), target)


_WRITERS = {"csv": _write_csv, "json": _write_json, "parquet": _write_parquet}


def _write_datapackage(db: Database, folder: Path, *, now: datetime) -> Path:
    package = {
        "profile": "tabular-data-package",
        "name": "market-pulse",
        "title": "Deals of bitcoin miners with AI companies, machine-read from public news; not investment advice",
        "created": to_text(now),
        "resources": [
            {
                "name": view.removeprefix("v_").replace("_", "-"),
                "path": f"{view.removeprefix('v_')}.csv",
                "profile": "tabular-data-resource",
                "encoding": "utf-8",
                "schema": {"fields": list(_fields(db, view))},
            }
            for view in EXPORTED
        ],
    }
    target = folder / "datapackage.json"
    target.write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return target


def _fields(db: Database, view: str) -> Iterator[dict[str, str]]:
    known = {
        name: (unit, meaning)
        for name, unit, meaning in db.execute(
            "SELECT column_name, unit, meaning FROM _columns WHERE table_name = ?", (view,)
        )
    }
    for column in _read(db, f"(SELECT * FROM {view} LIMIT 0)")[0]:
        unit, meaning = known.get(column, (None, ""))
        kind = next((kind for pattern, kind in _TYPES if pattern.search(column)), "string")
        yield {"name": column, "type": kind, "description": meaning} | ({"unit": unit} if unit else {})
