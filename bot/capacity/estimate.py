"""The model's public face: a question in, an estimate with ranges, drivers and warnings out.

`estimate` is a function of its arguments alone: the same question and rows give the same bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from bot.capacity import MODEL_VERSION
from bot.capacity.assumptions import Assumption, Assumptions, RowOrigin
from bot.capacity.checks import warnings, z_scores
from bot.capacity.contract import Answer, answer, decide_use
from bot.capacity.draws import Z90, OneAtATime, RandomDraws
from bot.capacity.lease import Number
from bot.capacity.priors import Book
from bot.capacity.question import STATED, Firmness, Override, Question, Use
from bot.capacity.sensitivity import Driver, variance_shares
from bot.capacity.solve import Origin

DRAWS = 20_000
#: The date of the model's own figures, used when a question states none.
MODEL_DATE = date(2026, 6, 1)

UNITS: Mapping[str, str] = {
    **{name: bounds.unit for name, bounds in STATED.items()},
    "gross_per_it": "ratio",
    "usd_per_mw_year": "USD/MW IT-year",
    "usd_per_gross_mw_year": "USD/gross MW-year",
    "rent_y1_usd_per_mw_year": "USD/MW IT-year",
    "rent_y1_usd_per_kw_month": "USD/kW-month",
    "noi_usd": "USD/year",
    "noi_y1_usd": "USD/year",
    "capex_gpu_usd": "USD",
    "capex_dc_usd": "USD",
    "capex_total_usd": "USD",
    "capex_usd_per_gpu": "USD/GPU",
    "capex_dc_usd_per_mw": "USD/MW IT",
    "capital_charge_usd": "USD/year",
    "kw_it_per_gpu": "kW IT/GPU",
    "racks": "racks",
    "bf16_exaflops": "EFLOPS",
    "h100_equivalents": "H100",
    "energy_mwh_year": "MWh/year",
    "energy_cost_usd": "USD/year",
    "npv_usd": "USD",
    "irr": "%",
    "payback_years": "years",
    "discounted_payback_years": "years",
    "dscr": "ratio",
    "hashrate_ph": "PH/s",
    "hashcost_usd_per_ph_day": "USD/PH/day",
    "breakeven_hashprice_usd_per_ph_day": "USD/PH/day",
    "revenue_usd_per_mwh": "USD/MWh",
    "fleet_j_per_th": "J/TH",
}

_WHOLE = frozenset({"gpu_count", "racks"})
#: What a question is about, most wanted first: the tornado explains the first one that is not stated.
_HEADLINES: Mapping[Use, tuple[str, ...]] = {
    Use.LEASE: ("value_usd", "mw_it", "irr", "rent_y1_usd_per_mw_year"),
    Use.CLOUD: ("value_usd", "gpu_count", "mw_it", "irr", "price_usd_per_gpu_hour"),
    Use.MINING: ("noi_usd", "breakeven_hashprice_usd_per_ph_day"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One answer: the 10 %, 50 % and 90 % points, with unit and origin."""

    p10: float
    p50: float
    p90: float
    unit: str
    origin: Origin

    def as_json(self) -> dict[str, Any]:
        """Return the figure as a program reads it; a payback that never comes is null."""
        points = {name: _finite(getattr(self, name)) for name in ("p10", "p50", "p90")}
        return points | {"unit": self.unit, "from": self.origin.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """The answer to a question: figures, what drives the headline figure, what is odd, missing and assumed."""

    question: Question
    use: Use
    figures: Mapping[str, Figure]
    headline: str | None
    headline_base: float | None
    drivers: tuple[Driver, ...]
    top2_share: float
    warnings: tuple[str, ...]
    missing: tuple[str, ...]
    assumptions: Mapping[str, Assumption]
    z_scores: Mapping[str, float]
    seed: int
    draws: int
    as_of: date
    model_version: str = MODEL_VERSION

    def __getitem__(self, name: str) -> Figure:
        return self.figures[name]


def estimate(
    question: Question,
    assumptions: Assumptions,
    *,
    draws: int = DRAWS,
    seed: int | None = None,
    target: str | None = None,
) -> Estimate:
    """Answer a question with ranges.

    `seed` keeps the draws of another question, so that two scenarios differ only in what was changed; `target` names
    the figure the tornado explains. Raises QuestionError for an unknown assumption or GPU model.
    """
    seed = question.seed() if seed is None else seed
    book = open_book(question, assumptions, draws=draws, seed=seed)
    use, why = decide_use(question)
    found = answer(book)
    headline = _headline(found, use, target)
    base, drivers = _drivers(book, found, headline) if headline else (None, ())
    return Estimate(
        question=question,
        use=use,
        figures={name: figure(name, found) for name in UNITS if name in found.values},
        headline=headline,
        headline_base=base,
        drivers=drivers,
        top2_share=sum(sorted((d.variance_share for d in drivers), reverse=True)[:2]),
        warnings=tuple(([f"use not stated: {why}"] if why else []) + _build_note(book) + warnings(book, found)),
        missing=found.missing,
        assumptions=dict(book.used),
        z_scores=z_scores(book, found),
        seed=seed,
        draws=draws,
        as_of=book.as_of,
    )


def open_book(question: Question, assumptions: Assumptions, *, draws: int = DRAWS, seed: int | None = None) -> Book:
    """Lay out a question with the rows in force and its random draws."""
    use = decide_use(question)[0]
    rows = assumptions.override(_meant(question, use))
    seed = question.seed() if seed is None else seed
    return Book(
        question=question,
        use=use,
        assumptions=rows,
        draws=RandomDraws(seed=seed, count=draws, correlations=rows.correlations),
        as_of=question.as_of or MODEL_DATE,
        gpu=rows.gpu(question.gpu_model) if question.gpu_model else None,
    )


def _meant(question: Question, use: Use) -> dict[str, Override]:
    """Return the overrides with plain "pue" read as that of the use."""
    changes = dict(question.assumptions)
    if use is Use.MINING and "pue" in changes:
        changes["pue_mining"] = changes.pop("pue")
    return changes


def to_json(result: Estimate) -> dict[str, Any]:
    """Return an estimate as `market-pulse estimate --json` prints it: every key of a question, every figure found."""
    stated = result.question.as_json()
    plain: dict[str, Any] = {"use": result.use.value, "gpu_model": stated.get("gpu_model")}
    plain |= {"new_build": result.question.new_build is not False, "as_of": result.as_of.isoformat()}
    plain |= dict.fromkeys(STATED)
    plain |= {name: figure.as_json() for name, figure in result.figures.items()}
    for name in ("prepayment_pct", "power_usd_per_mwh", "capex_usd"):
        if (value := getattr(result.question, name)) is not None:
            plain[name] = Figure(p10=value, p50=value, p90=value, unit=UNITS[name], origin=Origin.STATED).as_json()
    return plain | {
        "headline": result.headline,
        "headline_base": None if result.headline_base is None else _finite(result.headline_base),
        "drivers": [_driver_json(driver) for driver in result.drivers],
        "assumptions": {key: row.as_json() for key, row in result.assumptions.items()},
        "warnings": list(result.warnings),
        "missing": list(result.missing),
        "model_version": result.model_version,
    }


def _driver_json(driver: Driver) -> dict[str, Any]:
    ends = {"low": _finite(driver.result_low), "high": _finite(driver.result_high)}
    return {"key": driver.key, "label": driver.label} | ends | {"share": driver.variance_share}


def points(values: Number) -> tuple[float, float, float]:
    """Return the 10 %, 50 % and 90 % points of draws; undefined draws are left out."""
    array = np.asarray(values, dtype=float)
    if array.ndim == 0:
        single = round_stably(float(array))
        return single, single, single
    ordered = np.sort(array)  # undefined draws come last; sorting all beats selecting three
    known = ordered[: ordered.size - int(np.isnan(ordered).sum())]
    if known.size == 0:
        return (float("nan"),) * 3
    low, middle, high = (round_stably(float(known[round(share * (known.size - 1))])) for share in (0.1, 0.5, 0.9))
    return low, middle, high


def round_stably(value: float) -> float:
    """Round to ten digits, so that the last bits of another machine do not change what is stored."""
    return float(f"{value:.10g}")


def figure(name: str, found: Answer) -> Figure:
    """Summarise the draws of one quantity."""
    low, middle, high = points(found.values[name])
    if name in _WHOLE:
        low, middle, high = round(low), round(middle), round(high)
    return Figure(p10=low, p50=middle, p90=high, unit=UNITS[name], origin=found.origins[name])


def _headline(found: Answer, use: Use, target: str | None) -> str | None:
    wanted = (target,) if target else _HEADLINES[use]
    for name in wanted:
        known = name in found.values and bool(np.isfinite(found.values[name]).any())
        if known and (target or found.origins[name] is not Origin.STATED):
            return name
    return None


def _drivers(book: Book, found: Answer, headline: str) -> tuple[float, tuple[Driver, ...]]:
    """Move one assumption at a time; return the answer with none moved, and those that matter, widest first."""
    fuzzy = [f"stated.{k}" for k, v in book.question.firmness.items() if v is not Firmness.EXACT]
    keys = [key for key, row in book.used.items() if row.low < row.high] + fuzzy
    moved = OneAtATime(keys)
    design = replace(book, draws=moved, used={}, consulted={})
    designed = answer(design).values[headline]
    # a row that moves nothing alone may still correlate with one that does; it gets no share
    results = {key: ends for key, ends in moved.pair(designed).items() if ends[0] != ends[1]}
    shares = variance_shares(found.values[headline], tuple(results), book.draws)
    bars = [_driver(book, key, ends, shares[key]) for key, ends in results.items()]
    base = round_stably(float(np.asarray(designed).flat[0]))
    return base, tuple(sorted(bars, key=lambda bar: -bar.swing))


def _driver(book: Book, key: str, result: tuple[float, float], share: float) -> Driver:
    low, high = round_stably(result[0]), round_stably(result[1])
    share = round(share, 4)
    if (row := book.used.get(key)) is None:
        name = key.removeprefix("stated.")
        return Driver(
            key=key,
            label=f"{name} as stated",
            unit=UNITS.get(name, ""),
            low=-Z90,
            high=Z90,
            result_low=low,
            result_high=high,
            variance_share=share,
        )
    return Driver(
        key=key,
        label=row.label,
        unit=row.unit,
        low=row.low,
        high=row.high,
        result_low=low,
        result_high=high,
        variance_share=share,
    )


def _build_note(book: Book) -> list[str]:
    if book.question.new_build is None and book.use is Use.LEASE:
        return ["a new build is assumed; a refitted mining hall rents lower (new_build false)"]
    return []


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


__all__ = ["DRAWS", "MODEL_DATE", "Estimate", "Figure", "RowOrigin", "estimate", "points", "to_json"]
