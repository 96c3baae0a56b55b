"""The views as files for other programs: CSV with a datapackage.json that says what each column means, JSON, Parquet.

export(db, folder, *, formats, now, as_of=None) -> list[Path]      one file per view and format
column_types(db, view, columns) -> tuple[str, ...]                 integer, number or string
EXPORTED                                                           the views that go out
"""

import csv
import importlib
import importlib.util
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from db.connection import Database
from db.deals import seen
from db.errors import RequestError
from db.instants import to_text
from db.new_files import filled_folder

EXPORTED = (
    *("v_deals", "v_deal_facts", "v_deal_history", "v_league", "v_tenants", "v_reactions", "v_timeline"),
    *("v_milestones", "v_measured_reactions", "v_reactions_compared"),
)
FORMATS = ("csv", "json", "parquet")
_DECLARED = {"INTEGER": "integer", "REAL": "number", "TEXT": "string"}
_BY_NAME = (
    (re.compile(r"_(usd|count|id|days)$|^(deals|customers|step)$|^(is|has)_|^deals_without_"), "integer"),
    (re.compile(r"_(mw|pct|points|years|s)$|^usd_per"), "number"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A view as it goes out; `types` are integer, number or string, one a column."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: list[tuple[Any, ...]]


Writer = Callable[[Path, Exported], None]


def export(
    db: Database, folder: Path, *, formats: Sequence[str] = ("csv",), now: datetime, as_of: datetime | None = None
) -> list[Path]:
    """Write the views into a folder, all from one moment, as known on a day where one is given; return the files."""
    writers = {form: _writer(form) for form in formats}
    with filled_folder(folder) as draft, seen(db, as_of, views=None), db.snapshot():
        written = list(_write_all(db, draft, writers, now=now))
    return [folder / file.name for file in written]


def _writer(form: str) -> Writer:
    """Return what writes a format, before anything is written."""
    if form == "parquet" and importlib.util.find_spec("pyarrow") is None:
        raise RequestError("Parquet needs pyarrow; run `pip install pyarrow` or choose csv or json")
    return _WRITERS[form]


def _write_all(db: Database, folder: Path, writers: Mapping[str, Writer], *, now: datetime) -> Iterator[Path]:
    for view in EXPORTED:
        table = _read(db, view)
        for form, write in writers.items():
            target = folder / f"{view.removeprefix('v_')}.{form}"
            write(target, table)
            yield target
    if "csv" in writers:
        yield _write_datapackage(db, folder, now=now)


def _read(db: Database, view: str) -> Exported:
    cursor = db.execute(f"SELECT * FROM {view}")
    columns = tuple(column[0] for column in cursor.description)
    return Exported(columns=columns, types=column_types(db, view, columns), rows=cursor.fetchall())


def column_types(db: Database, view: str, columns: Sequence[str]) -> tuple[str, ...]:
    """Return the type of each column: as the tables declare it, of computed ones as their names say."""
    declared = dict(db.execute("SELECT name, type FROM pragma_table_info(?)", (view,)).fetchall())
    return tuple(_DECLARED.get(declared.get(column, "")) or _type_by_name(column) for column in columns)


def _type_by_name(column: str) -> str:
    return next((kind for pattern, kind in _BY_NAME if pattern.search(column)), "string")


def _write_csv(target: Path, table: Exported) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.columns)
        writer.writerows(table.rows)


def _write_json(target: Path, table: Exported) -> None:
    records = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    target.write_text(json.dumps(records, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_parquet(target: Path, table: Exported) -> None:
    arrow, parquet = importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    kinds = {"integer": arrow.int64(), "number": arrow.float64(), "string": arrow.string()}
    columns = zip(*table.rows, strict=True) if table.rows else [()] * len(table.columns)
    arrays = [
        arrow.array([_as(kind, value) for value in values], type=kinds[kind])
        for kind, values in zip(table.types, columns, strict=True)
    ]
    parquet.write_table(arrow.table(arrays, names=list(table.columns)), target)


def _as(kind: str, value: Any) -> Any:
    return float(value) if kind == "number" and value is not None else value


_WRITERS: dict[str, Writer] = {"csv": _write_csv, "json": _write_json, "parquet": _write_parquet}


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
    columns = [row[0] for row in db.execute("SELECT name FROM pragma_table_info(?)", (view,))]
    for column, kind in zip(columns, column_types(db, view, columns), strict=True):
        unit, meaning = known.get(column, (None, ""))
        yield {"name": column, "type": kind, "description": meaning} | ({"unit": unit} if unit else {})
