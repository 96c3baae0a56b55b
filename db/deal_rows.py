"""A deal's facts as columns, and back. Knows the shape of the table `deals`, not where a fact comes from.

fact_columns(facts) -> dict of columns      facts_of(row, other_parties=…, evidence=…) -> Mention
FACT_COLUMNS                                 the columns, in order
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from extractors.closed_sets import CapacityKind, DealStatus, DealType, LeaseForm, PartyKind, Precision, Qualifier
from extractors.models import Evidence, Mention, OtherParty, PartialDate

_MONEY = ("value_usd", "value_max_usd", "annual_value_usd", "capex_usd")
_DATES = ("announced_on", "delivery_start", "delivery_end")
_PLAIN = (
    *("provider", "customer", "value_currency", "term_years", "term_max_years", "capacity_mw", "capacity_max_mw"),
    *("gpu_count", "site", "prepayment_pct", "noi_margin_pct", "escalator_pct", "energy_source", "confidence"),
)
_CHOICES: dict[str, Any] = {
    "provider_kind": PartyKind,
    "customer_kind": PartyKind,
    "deal_type": DealType,
    "status": DealStatus,
    "value_qualifier": Qualifier,
    "capacity_kind": CapacityKind,
    "lease_form": LeaseForm,
}


def fact_columns(facts: Mention) -> dict[str, Any]:
    """Write facts as column values; money to the dollar."""
    columns: dict[str, Any] = {name: getattr(facts, name) for name in _PLAIN}
    columns |= {name: _choice_text(getattr(facts, name)) for name in _CHOICES}
    columns |= {name: _dollars(getattr(facts, name)) for name in _MONEY}
    for name in _DATES:
        when: PartialDate | None = getattr(facts, name)
        columns[name] = when.date if when else None
        columns[f"{name}_precision"] = when.precision.value if when else None
    columns["is_primary"] = int(facts.primary)
    columns["miner_hyperscaler"] = int(facts.miner_hyperscaler)
    columns["value_original"] = None if facts.value_original is None else float(facts.value_original)
    columns["gpu_models"] = json.dumps(list(facts.gpu_models)) if facts.gpu_models else None
    return columns


FACT_COLUMNS: tuple[str, ...] = (
    *_PLAIN,
    *_CHOICES,
    *_MONEY,
    *(name for date in _DATES for name in (date, f"{date}_precision")),
    *("is_primary", "miner_hyperscaler", "value_original", "gpu_models"),
)


def facts_of(
    row: Mapping[str, Any],
    *,
    other_parties: tuple[OtherParty, ...] = (),
    evidence: Mapping[str, tuple[Evidence, ...]] | None = None,
) -> Mention:
    """Read facts back from column values."""
    values: dict[str, Any] = {name: row[name] for name in _PLAIN}
    values |= {name: kind(row[name]) if row[name] is not None else None for name, kind in _CHOICES.items()}
    values |= {name: _decimal(row[name]) for name in (*_MONEY, "value_original")}
    values |= {name: partial_date(row[name], row[f"{name}_precision"]) for name in _DATES}
    return Mention(
        primary=bool(row["is_primary"]),
        miner_hyperscaler=bool(row["miner_hyperscaler"]),
        gpu_models=tuple(json.loads(row["gpu_models"])) if row["gpu_models"] else (),
        other_parties=other_parties,
        evidence=evidence or {},
        **values,
    )


def _choice_text(value: Any) -> str | None:
    return None if value is None else str(value.value)


def _dollars(value: Decimal | None) -> int | None:
    return None if value is None else round(value)


def _decimal(value: float | None) -> Decimal | None:
    if value is None:
        return None
    return Decimal(int(value)) if value == int(value) else Decimal(str(value))


def partial_date(day: str | None, precision: str | None) -> PartialDate | None:
    """Read a date back from its two columns."""
    return None if day is None else PartialDate(date=day, precision=Precision(precision or "day"))
