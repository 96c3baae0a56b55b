"""When an extracted value counts as the annotated one, field by field."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

MONEY_TOLERANCE = 0.02
TERM_TOLERANCE = 0.03

_PLACE_FILLERS = {"campus", "data", "center", "centre", "site", "facility", "the", "in", "county"}


def numbers_agree(one: Decimal | float | None, other: Decimal | float | None, tolerance: float) -> bool:
    """Compare relative to the larger one; absent agrees with absent only."""
    if one is None or other is None:
        return one is None and other is None
    return abs(float(one) - float(other)) <= tolerance * max(abs(float(one)), abs(float(other)), 1e-9)


def places_agree(one: str | None, other: str | None) -> bool:
    """Two places agree if they share a word that names them."""
    if not one or not other:
        return not one and not other
    return bool(_words(one) & _words(other))


def models_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return {_model(name) for name in one} == {_model(name) for name in other}


def _words(place: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", place.lower())) - _PLACE_FILLERS


def _model(name: str) -> str:
    return name.upper().replace(" ", "")


def _within(tolerance: float) -> Callable[[object, object], bool]:
    def agree(one: object, other: object) -> bool:
        return numbers_agree(one, other, tolerance)  # type: ignore[arg-type]  # the table below pairs fields with types

    return agree


def _equal(one: object, other: object) -> bool:
    return one == other


#: Numbers of a deal. The order is the order of the printed table.
NUMBERS: Mapping[str, Callable[[object, object], bool]] = {
    "value_usd": _within(MONEY_TOLERANCE),
    "value_max_usd": _within(MONEY_TOLERANCE),
    "value_original": _within(MONEY_TOLERANCE),
    "term_years": _within(TERM_TOLERANCE),
    "term_max_years": _within(TERM_TOLERANCE),
    "capacity_mw": _within(MONEY_TOLERANCE),
    "capacity_max_mw": _within(MONEY_TOLERANCE),
    "gpu_count": _within(MONEY_TOLERANCE),
    "annual_value_usd": _within(TERM_TOLERANCE),
    "prepayment_pct": _within(MONEY_TOLERANCE),
    "noi_margin_pct": _within(MONEY_TOLERANCE),
    "escalator_pct": _within(MONEY_TOLERANCE),
    "capex_usd": _within(MONEY_TOLERANCE),
}

#: Everything else of a deal.
WORDS: Mapping[str, Callable[..., bool]] = {
    "provider_kind": _equal,
    "customer_kind": _equal,
    "miner_hyperscaler": _equal,
    "deal_type": _equal,
    "status": _equal,
    "value_qualifier": _equal,
    "value_currency": _equal,
    "capacity_kind": _equal,
    "lease_form": _equal,
    "announced_on": _equal,
    "delivery_start": _equal,
    "delivery_end": _equal,
    "site": places_agree,
    "energy_source": places_agree,
    "gpu_models": models_agree,
}

#: A field that is only asked for where the annotation states another.
ASKED_WITH: Mapping[str, str] = {"value_qualifier": "value_usd", "capacity_kind": "capacity_mw"}
