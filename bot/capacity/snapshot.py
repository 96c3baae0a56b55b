"""The assumptions behind one answer as plain JSON, enough to compute it again, and back."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from bot.capacity.assumptions import Assumptions, Correlation, read_row
from bot.capacity.hardware import Gpu
from bot.capacity.priors import Book


def snapshot(book: Book) -> dict[str, Any]:
    """Return the rows that were looked at, and the fixed facts beside them, as plain JSON."""
    models = {book.gpu.key: book.gpu} if book.gpu else {}
    if book.gpu and "h100" in book.assumptions.gpus:
        models["h100"] = book.assumptions.gpus["h100"]
    followers = (pair for pair in book.assumptions.correlations if pair.second in book.consulted)
    vintages = book.assumptions.price_vintages
    return {
        "rows": {key: row.as_json() for key, row in book.consulted.items()},
        "gpus": {key: asdict(gpu) | {"aliases": list(gpu.aliases)} for key, gpu in models.items()},
        "correlations": [asdict(pair) for pair in followers],
        "price_vintages": {key: [list(p) for p in points] for key, points in vintages.items() if key in models},
        "constants": dict(book.assumptions.constants),
    }


def restore(plain: Mapping[str, Any]) -> Assumptions:
    """Build the assumptions of a stored snapshot."""
    return Assumptions(
        rows={key: read_row(key, row) for key, row in plain["rows"].items()},
        gpus={key: _gpu(row) for key, row in plain["gpus"].items()},
        correlations=tuple(Correlation(**pair) for pair in plain["correlations"]),
        price_vintages={k: tuple((str(d), float(f)) for d, f in v) for k, v in plain["price_vintages"].items()},
        constants=dict(plain["constants"]),
    )


def _gpu(row: Mapping[str, Any]) -> Gpu:
    known = {f.name for f in fields(Gpu)}
    given: dict[str, Any] = {key: value for key, value in row.items() if key in known}
    return Gpu(**given | {"aliases": tuple(given["aliases"])})
