"""Corrections: the operator's word overrides a field; anyone else's is a proposal that waits for the operator.

    propose(db, deal_id, *, field, value, reason, made_by, now) -> int
    accepted(db, deal_id) -> {field: value}                      what overrides
    overrides_of(db, deal_id) -> list[Override]                  the same with its dates, newest last
    decide(db, correction_id, *, accept, decided_by, now) -> Correction
    undo(db, correction_id, *, decided_by, now) -> Correction
    list_corrections(db, *, deal_id=None, state=None) -> list[Correction]
    read_value(field, text) -> value                             what a person typed, checked

Knows fields and their values; a deal is redrawn by `db.desk.correct_deal` and its siblings.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from db.connection import Database
from db.errors import RequestError
from db.instants import from_text, to_text
from extractors.closed_sets import CapacityKind, DealStatus, DealType, LeaseForm, PartyKind, Precision, Qualifier
from extractors.models import PartialDate

_MONEY = frozenset({"value_usd", "value_max_usd", "value_original", "annual_value_usd", "capex_usd"})
_NUMBERS = frozenset(
    {"term_years", "term_max_years", "capacity_mw", "capacity_max_mw"}
    | {"prepayment_pct", "noi_margin_pct", "escalator_pct"}
)
_TEXTS = frozenset({"provider", "customer", "site", "energy_source", "value_currency"})
_DATES = frozenset({"announced_on", "delivery_start", "delivery_end"})
_CHOICES: dict[str, Any] = {
    "provider_kind": PartyKind,
    "customer_kind": PartyKind,
    "deal_type": DealType,
    "status": DealStatus,
    "value_qualifier": Qualifier,
    "capacity_kind": CapacityKind,
    "lease_form": LeaseForm,
}
_REQUIRED = frozenset({"provider_kind", "customer_kind", "deal_type", "status", "miner_hyperscaler", "primary"})
_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
CORRECTABLE = tuple(
    sorted(_MONEY | _NUMBERS | _TEXTS | _DATES | _CHOICES.keys() | {"gpu_count", "gpu_models"} | {"miner_hyperscaler"})
)
_PRECISION_BY_LENGTH = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}
UNSTATED = frozenset({"", "null", "none", "-"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A correction with its story. `value` and `previous` are as a person writes them; None = not stated."""

    id: int
    deal_id: int
    field: str
    value: str | None
    previous: str | None
    reason: str
    made_by: str
    made_at: datetime
    state: str
    decided_by: str | None
    decided_at: datetime | None


_COLUMNS = tuple(field.name for field in fields(Correction))
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM corrections"


def propose(
    db: Database,
    deal_id: int,
    *,
    field: str,
    value: str | None,
    previous: str | None,
    reason: str,
    made_by: str,
    now: datetime,
) -> int:
    """Store a proposal after checking that its value can stand in the field; return its number."""
    read_value(field, value)
    cursor = db.execute(
        "INSERT INTO corrections (deal_id, field, value, previous, reason, made_by, made_at, state)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, 'proposed')",
        (deal_id, field, json.dumps(value), json.dumps(previous), reason, made_by, to_text(now)),
    )
    return int(cursor.lastrowid or 0)


def decide(db: Database, correction_id: int, *, accept: bool, decided_by: str, now: datetime) -> Correction:
    """Accept or decline a proposal."""
    return _move(
        db, correction_id, start="proposed", to="accepted" if accept else "declined", decided_by=decided_by, now=now
    )


def undo(db: Database, correction_id: int, *, decided_by: str, now: datetime) -> Correction:
    """Take an accepted correction back."""
    return _move(db, correction_id, start="accepted", to="undone", decided_by=decided_by, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A value that overrides a field, and the day (UTC) from which it does."""

    day: str
    field: str
    value: Any


def overrides_of(db: Database, deal_id: int) -> list[Override]:
    """Return what overrides a deal's fields, oldest first: the last word on a field counts."""
    rows = db.execute(
        "SELECT substr(decided_at, 1, 10), field, value FROM corrections WHERE deal_id = ? AND state = 'accepted'"
        " ORDER BY decided_at, id",
        (deal_id,),
    )
    return [Override(day=day, field=field, value=read_value(field, json.loads(value))) for day, field, value in rows]


def accepted(db: Database, deal_id: int) -> dict[str, Any]:
    """Return the values that override a deal's fields."""
    return {one.field: one.value for one in overrides_of(db, deal_id)}


def get_correction(db: Database, correction_id: int) -> Correction:
    """Return a correction; one that does not exist is a RequestError."""
    row = db.execute(f"{_SELECT} WHERE id = ?", (correction_id,)).fetchone()
    if row is None:
        raise RequestError(f"no correction has the number {correction_id}; `market-pulse deal proposals` lists them")
    return _correction(row)


def list_corrections(db: Database, *, deal_id: int | None = None, state: str | None = None) -> list[Correction]:
    """Return corrections, oldest first."""
    rows = db.execute(
        f"{_SELECT} WHERE (?1 IS NULL OR deal_id = ?1) AND (?2 IS NULL OR state = ?2) ORDER BY id", (deal_id, state)
    )
    return [_correction(row) for row in rows]


def read_value(field: str, text: str | None) -> Any:
    """Turn what a person typed into a value of the field; RequestError says what would be understood."""
    if field not in CORRECTABLE:
        raise RequestError(f"{field!r} cannot be corrected; choose one of {', '.join(CORRECTABLE)}")
    if text is None or text.strip().casefold() in UNSTATED:
        return _unstated(field)
    try:
        return _parsed(field, text.strip())
    except (ValueError, InvalidOperation) as error:
        raise RequestError(f"{text!r} is no value for {field}; {_expected(field)}") from error


def _unstated(field: str) -> Any:
    if field in _REQUIRED:
        raise RequestError(f"{field} always has a value; {_expected(field)}")
    return () if field == "gpu_models" else None


def _parsed(field: str, text: str) -> Any:
    for names, read in _READERS:
        if field in names:
            return read(text)
    return _CHOICES[field](text.casefold().replace(" ", "_")) if field in _CHOICES else text


def _number(text: str) -> float:
    return float(_amount(text))


def _amount(text: str) -> Decimal:
    return _positive(Decimal(text.replace(",", "").replace("_", "")))


def _count(text: str) -> int:
    return int(_amount(text))


def _models(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _flag(text: str) -> bool:
    if text.casefold() not in _FLAGS:
        raise ValueError(text)
    return _FLAGS[text.casefold()]


def _positive(number: Decimal) -> Decimal:
    if not number.is_finite() or number < 0:
        raise ValueError(number)
    return number


def _date(text: str) -> PartialDate:
    precision = _PRECISION_BY_LENGTH.get(len(text), Precision.DAY)
    day = date.fromisoformat(text + "-01-01"[: 10 - len(text)] if len(text) < 10 else text)
    return PartialDate(date=day.isoformat(), precision=precision)


_READERS: tuple[tuple[frozenset[str], Callable[[str], Any]], ...] = (
    (_MONEY, _amount),
    (_NUMBERS, _number),
    (_DATES, _date),
    (frozenset({"gpu_count"}), _count),
    (frozenset({"gpu_models"}), _models),
    (frozenset({"miner_hyperscaler"}), _flag),
)


def _expected(field: str) -> str:
    if field in _CHOICES:
        return f"write one of {', '.join(_CHOICES[field])}"
    if field in _DATES:
        return "write a date as 2025-11-03, 2025-11 or 2025"
    if field == "miner_hyperscaler":
        return "write yes or no"
    return "write a plain number such as 9700000000" if field in _MONEY else "write a plain number"


def _move(db: Database, correction_id: int, *, start: str, to: str, decided_by: str, now: datetime) -> Correction:
    present = get_correction(db, correction_id)
    if present.state != start:
        raise RequestError(f"correction {correction_id} is {present.state}, so it cannot be {to}")
    db.execute(
        "UPDATE corrections SET state = ?, decided_by = ?, decided_at = ? WHERE id = ?",
        (to, decided_by, to_text(now), correction_id),
    )
    return get_correction(db, correction_id)


def _correction(row: tuple[Any, ...]) -> Correction:
    values: Mapping[str, Any] = dict(zip(_COLUMNS, row, strict=True))
    return Correction(
        **{
            **values,
            "value": json.loads(values["value"]),
            "previous": json.loads(values["previous"]) if values["previous"] else None,
            "made_at": from_text(values["made_at"]),
            "decided_at": from_text(values["decided_at"]),
        }
    )
