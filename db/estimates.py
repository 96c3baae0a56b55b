"""Stored estimates: what the capacity model said of a deal, with inputs and assumptions to compute it again.

store_estimate(db, EstimateDraft, *, now) -> int      the newest is current, older ones stay for replay
values_of(db, deal_ids) -> {deal id: {key: EstimateValue}}
current_estimate(db, deal_id) -> StoredEstimate | None
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.claims import chunks
from db.connection import Database
from db.instants import to_text
from db.records import EstimateValue


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateDraft:
    """An estimate as the model gave it."""

    deal_id: int
    model_version: str
    inputs: Mapping[str, Any]
    assumptions: Mapping[str, Any]
    values: Mapping[str, EstimateValue]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEstimate(EstimateDraft):
    """An estimate as stored."""

    id: int
    computed_at: datetime


def store_estimate(db: Database, draft: EstimateDraft, *, now: datetime) -> int:
    """Store an estimate as the deal's current one; one that says the same as before is not repeated."""
    present = current_estimate(db, draft.deal_id)
    if present is not None and _same(present, draft):
        return present.id
    with db.atomic():
        db.execute("UPDATE estimates SET is_current = 0 WHERE deal_id = ? AND is_current = 1", (draft.deal_id,))
        cursor = db.execute(
            "INSERT INTO estimates (name, deal_id, model_version, computed_at, inputs, assumptions, warnings)"
            " SELECT name || ', ' || ?1, id, ?1, ?2, ?3, ?4, ?5 FROM deals WHERE id = ?6",
            (
                draft.model_version,
                to_text(now),
                _json(draft.inputs),
                _json(draft.assumptions),
                json.dumps(list(draft.warnings), ensure_ascii=False),
                draft.deal_id,
            ),
        )
        estimate_id = int(cursor.lastrowid or 0)
        for key, value in draft.values.items():
            db.execute(
                "INSERT INTO estimate_values (estimate_id, key, p10, p50, p90, unit, origin) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (estimate_id, key, value.p10, value.p50, value.p90, value.unit, value.origin),
            )
    return estimate_id


def current_estimate(db: Database, deal_id: int) -> StoredEstimate | None:
    """Return a deal's current estimate with everything it was computed from."""
    row = db.execute(
        "SELECT id, deal_id, model_version, computed_at, inputs, assumptions, warnings FROM estimates"
        " WHERE deal_id = ? AND is_current = 1",
        (deal_id,),
    ).fetchone()
    if row is None:
        return None
    return StoredEstimate(
        id=row[0],
        deal_id=row[1],
        model_version=row[2],
        computed_at=datetime.fromisoformat(row[3]),
        inputs=json.loads(row[4]),
        assumptions=json.loads(row[5]),
        warnings=tuple(json.loads(row[6])),
        values=values_of(db, [deal_id]).get(deal_id, {}),
    )


def values_of(db: Database, deal_ids: Collection[int]) -> dict[int, dict[str, EstimateValue]]:
    """Return the figures of deals' current estimates."""
    found: dict[int, dict[str, EstimateValue]] = {}
    for chunk in chunks(deal_ids):
        rows = db.execute(
            "SELECT e.deal_id, v.key, v.p10, v.p50, v.p90, v.unit, v.origin FROM estimates AS e"
            " JOIN estimate_values AS v ON v.estimate_id = e.id"
            f" WHERE e.is_current = 1 AND e.deal_id IN ({', '.join('?' * len(chunk))})",
            chunk,
        )
        for deal_id, key, p10, p50, p90, unit, origin in rows:
            found.setdefault(deal_id, {})[key] = EstimateValue(p10=p10, p50=p50, p90=p90, unit=unit, origin=origin)
    return found


def _same(present: StoredEstimate, draft: EstimateDraft) -> bool:
    mine = (draft.model_version, _json(draft.inputs), _json(draft.assumptions))
    return mine == (present.model_version, _json(present.inputs), _json(present.assumptions))


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True)
