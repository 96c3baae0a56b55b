"""A question to the model: which quantities are stated, how firmly, and which assumptions are overridden.

Refuses what cannot be meant (zero, negative, not a number, absurd) with the reason. Knows nothing of the answer.
"""

import hashlib
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any


class QuestionError(ValueError):
    """A question or an assumption cannot be used; the text says why."""


class Use(StrEnum):
    """What the megawatts are used for."""

    LEASE = "lease"
    CLOUD = "cloud"
    MINING = "mining"


class Firmness(StrEnum):
    """How firmly a number is stated, as in the records of deals."""

    EXACT = "exact"
    APPROX = "approx"
    AT_LEAST = "at_least"
    UP_TO = "up_to"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a stated quantity may be: its unit and the limits beyond which it is a mistake."""

    unit: str
    low: float
    high: float
    whole: bool = False


#: The quantities a question may state. The limits catch a slip of unit (kW for MW, billions for millions).
STATED: Mapping[str, Bounds] = {
    "mw_it": Bounds(unit="MW", low=0.001, high=100_000),
    "mw_gross": Bounds(unit="MW", low=0.001, high=100_000),
    "gpu_count": Bounds(unit="GPUs", low=1, high=100_000_000, whole=True),
    "term_years": Bounds(unit="years", low=0.08, high=50),
    "term_max_years": Bounds(unit="years", low=0.08, high=99),
    "value_usd": Bounds(unit="USD", low=1_000, high=5e12),
    "value_max_usd": Bounds(unit="USD", low=1_000, high=2e13),
    "annual_value_usd": Bounds(unit="USD/year", low=1_000, high=1e12),
    "escalator_pct": Bounds(unit="%/year", low=-10, high=25),
    "price_usd_per_gpu_hour": Bounds(unit="USD/GPU-hour", low=0.01, high=200),
    "rent_usd_per_kw_month": Bounds(unit="USD/kW-month", low=1, high=10_000),
    "capex_usd": Bounds(unit="USD", low=1_000, high=5e12),
    "prepayment_pct": Bounds(unit="%", low=0, high=100),
    "noi_margin_pct": Bounds(unit="%", low=-100, high=100),
    "power_usd_per_mwh": Bounds(unit="USD/MWh", low=0.1, high=2_000),
    "hashprice_usd_per_ph_day": Bounds(unit="USD/PH/day", low=0.1, high=10_000),
}

_MAY_BE_ZERO_OR_LESS = frozenset({"escalator_pct", "prepayment_pct", "noi_margin_pct"})
_LEASE_FORMS = ("triple_net", "modified_gross", "gross", "other")

#: Pairs of quantities of which the first is part of the second, and why.
_ORDERED = (
    ("mw_it", "mw_gross", "critical IT load is part of the gross power"),
    ("term_years", "term_max_years", "the longest term contains the base term"),
    ("value_usd", "value_max_usd", "the total with options contains the base value"),
)

Override = float | tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is stated. None = not stated. `rent_usd_per_kw_month` is the average over the term, per critical-IT kW."""

    use: Use | None = None
    mw_it: float | None = None
    mw_gross: float | None = None
    gpu_model: str | None = None
    gpu_count: float | None = None
    term_years: float | None = None
    term_max_years: float | None = None
    value_usd: float | None = None
    value_max_usd: float | None = None
    annual_value_usd: float | None = None
    escalator_pct: float | None = None
    price_usd_per_gpu_hour: float | None = None
    rent_usd_per_kw_month: float | None = None
    capex_usd: float | None = None
    prepayment_pct: float | None = None
    noi_margin_pct: float | None = None
    power_usd_per_mwh: float | None = None
    hashprice_usd_per_ph_day: float | None = None
    new_build: bool | None = None
    lease_form: str | None = None
    as_of: date | None = None
    firmness: Mapping[str, Firmness] = field(default_factory=dict)
    assumptions: Mapping[str, Override] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, bounds in STATED.items():
            if (value := getattr(self, name)) is not None:
                _check(name, value, bounds)
        self._check_pairs()

    def _check_pairs(self) -> None:
        for small, large, reason in _ORDERED:
            low, high = getattr(self, small), getattr(self, large)
            if low is not None and high is not None and low > high * (1 + 1e-9):
                raise QuestionError(f"{small} {low:g} is larger than {large} {high:g}: {reason}")

    def stated(self) -> dict[str, float]:
        """Return the stated quantities by name."""
        return {name: float(getattr(self, name)) for name in STATED if getattr(self, name) is not None}

    def as_json(self) -> dict[str, Any]:
        """Return the normalised form: only what is stated, in plain JSON values."""
        plain: dict[str, Any] = {**self.stated()}
        for name in ("gpu_model", "new_build", "lease_form"):
            if getattr(self, name) is not None:
                plain[name] = getattr(self, name)
        if self.use is not None:
            plain["use"] = self.use.value
        if self.as_of is not None:
            plain["as_of"] = self.as_of.isoformat()
        if firm := {k: v.value for k, v in self.firmness.items() if v is not Firmness.EXACT}:
            plain["firmness"] = firm
        if self.assumptions:
            plain["assumptions"] = {k: list(v) if isinstance(v, tuple) else v for k, v in self.assumptions.items()}
        return plain

    def seed(self) -> int:
        """Return the seed of the draws: the same question always draws the same numbers."""
        text = json.dumps(self.as_json(), sort_keys=True, separators=(",", ":"))
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")

    def having(self, **changes: Any) -> "Question":
        """Return this question with some answers changed."""
        return replace(self, **changes)


def unknown_keys(given: Mapping[str, Any]) -> list[str]:
    """Return the keys that no question has, sorted; `id` only names the question."""
    return sorted(set(given) - {f.name for f in fields(Question)} - {"id"})


def read_question(given: Mapping[str, Any]) -> Question:
    """Build a question from plain values, as a program sends them; unknown keys are refused by name."""
    known = {f.name for f in fields(Question)}
    if unknown := unknown_keys(given):
        raise QuestionError(f"unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}")
    plain = {k: v for k, v in given.items() if v is not None and k in known}
    answers: dict[str, Any] = {k: _number(k, v) for k, v in plain.items() if k in STATED}
    answers |= {k: read(plain[k]) for k, read in _READERS.items() if k in plain}
    return Question(**answers)


def _number(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise QuestionError(f"{name} must be a number, not {value!r}")
    return float(value)


def _check(name: str, value: float, bounds: Bounds) -> None:
    if not math.isfinite(value):
        raise QuestionError(f"{name} is not a finite number")
    if value <= 0 and name not in _MAY_BE_ZERO_OR_LESS:
        raise QuestionError(f"{name} is {value:g} {bounds.unit}; it must be more than zero, or be left out")
    if not bounds.low <= value <= bounds.high:
        limits = f"{bounds.low:g} to {bounds.high:g} {bounds.unit}"
        raise QuestionError(f"{name} is {value:g} {bounds.unit}, outside the plausible {limits}; check the unit")
    if bounds.whole and value != round(value):
        raise QuestionError(f"{name} is {value:g}; it must be a whole number")


def _use(value: object) -> Use:
    try:
        return Use(str(value).lower())
    except ValueError:
        raise QuestionError(f"use is {value!r}; it must be lease, cloud or mining") from None


def _date(value: object) -> date:
    text = str(value)
    try:
        return date.fromisoformat({4: text + "-01-01", 7: text + "-01"}.get(len(text), text))
    except ValueError:
        raise QuestionError(f"as_of is {value!r}; write it as 2026-05-31") from None


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise QuestionError(f"new_build is {value!r}; it must be true or false")
    return value


def _lease_form(value: object) -> str:
    if value not in _LEASE_FORMS:
        raise QuestionError(f"lease_form is {value!r}; it must be one of {', '.join(_LEASE_FORMS)}")
    return str(value)


def _firmness(value: object) -> dict[str, Firmness]:
    if not isinstance(value, Mapping):
        raise QuestionError("firmness must map a key to exact, approx, at_least or up_to")
    try:
        return {str(k): Firmness(v) for k, v in value.items()}
    except ValueError as error:
        raise QuestionError(f"firmness: {error}") from None


def _overrides(value: object) -> dict[str, Override]:
    if not isinstance(value, Mapping):
        raise QuestionError("assumptions must map a key to a value or to [low, base, high]")
    return {str(key): _override(str(key), given) for key, given in value.items()}


def _override(key: str, given: object) -> Override:
    if isinstance(given, list | tuple):
        if len(given) != 3:
            raise QuestionError(f"assumption {key} needs one value or [low, base, high]")
        low, base, high = (_number(key, part) for part in given)
        return (low, base, high)
    return _number(key, given)


_READERS: Mapping[str, Callable[[object], object]] = {
    "use": _use,
    "gpu_model": str,
    "new_build": _flag,
    "lease_form": _lease_form,
    "as_of": _date,
    "firmness": _firmness,
    "assumptions": _overrides,
}
