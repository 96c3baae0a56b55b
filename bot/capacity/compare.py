"""The same megawatts in three uses: a lease, a GPU cloud, bitcoin mining. Everything per gross megawatt.

Mining is shown with machines already paid for (sunk) and bought new. Two crossover hashprices are given and named:
`cash` compares cash margins only; `after_capital` first charges the lease for its building.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.capacity.assumptions import Assumption, Assumptions
from bot.capacity.checks import warnings
from bot.capacity.contract import Answer
from bot.capacity.draws import OneAtATime, RandomDraws
from bot.capacity.estimate import DRAWS, MODEL_DATE, Figure, points
from bot.capacity.finance import capital_charge
from bot.capacity.lease import Number, escalation
from bot.capacity.mining import Fleet
from bot.capacity.priors import PRIORS, Book, noi_row
from bot.capacity.project import mining_capex_per_mw, mining_fleet, mining_hashprice
from bot.capacity.question import Question, Use
from bot.capacity.solve import Origin

Column = Mapping[str, Number]

_UNIT = "USD/gross MW-year"
_UNITS = {"capex": "USD/gross MW"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What one gross megawatt earns in each use. `base` holds the same figures at the base of every assumption."""

    uses: Mapping[str, Mapping[str, Figure]]
    base: Mapping[str, Mapping[str, float]]
    crossovers: Mapping[str, Figure]
    crossovers_base: Mapping[str, float]
    best_cash: str
    best_after_capital: str
    assumptions: Mapping[str, Assumption]
    warnings: tuple[str, ...]


#: What each crossover hashprice compares mining with.
CROSSOVERS = {
    "cash_y1": "mining cash margin equals the lease's year-one NOI",
    "cash_average": "mining cash margin equals the lease's average NOI",
    "after_capital_y1": "mining cash margin equals the lease's year-one NOI less its capital charge",
    "after_capital_average": "mining cash margin equals the lease's average NOI less its capital charge",
}


def compare(question: Question, assumptions: Assumptions, *, draws: int = DRAWS, seed: int | None = None) -> Comparison:
    """Compare the three uses of one gross megawatt, with the question's own terms where it states them."""
    rows = assumptions.override(question.assumptions)
    seed = question.seed() if seed is None else seed
    random = RandomDraws(seed=seed, count=draws, correlations=rows.correlations)
    book = _book(question, rows, random)
    uses, crossovers = _columns(book)
    base_uses, base_crossovers = _columns(_book(question, rows, OneAtATime(())))
    base = {use: {name: float(np.median(v)) for name, v in column.items()} for use, column in base_uses.items()}
    return Comparison(
        uses={use: {name: _figure(name, v) for name, v in column.items()} for use, column in uses.items()},
        base=base,
        crossovers={name: _figure("hashprice", v, unit="USD/PH/day") for name, v in crossovers.items()},
        crossovers_base={name: float(np.median(v)) for name, v in base_crossovers.items()},
        best_cash=max(base, key=lambda use: base[use]["cash_margin"]),
        best_after_capital=max(base, key=lambda use: _over_term(base[use])),
        assumptions=dict(book.used),
        warnings=tuple(warnings(book, Answer(values={}, origins={}))),
    )


def comparison_json(found: Comparison) -> dict[str, Any]:
    """Return a comparison as plain JSON values."""
    return {
        "per": "gross MW",
        "uses": {use: {name: f.as_json() for name, f in column.items()} for use, column in found.uses.items()},
        "base": {use: dict(column) for use, column in found.base.items()},
        "crossover_hashprice": {
            name: found.crossovers[name].as_json() | {"base": found.crossovers_base[name], "means": CROSSOVERS[name]}
            for name in found.crossovers
        },
        "best_cash": found.best_cash,
        "best_after_capital": found.best_after_capital,
        "assumptions": {key: row.as_json() for key, row in found.assumptions.items()},
        "warnings": list(found.warnings),
    }


def _over_term(column: Mapping[str, float]) -> float:
    """Return what is left after the capital charge, over the term where year one differs from it."""
    return column.get("after_capital_average", column["after_capital"])


def _book(question: Question, rows: Assumptions, draws: RandomDraws | OneAtATime) -> Book:
    model = question.gpu_model or "GB300"
    return Book(
        question=question,
        use=Use.MINING,
        assumptions=rows,
        draws=draws,
        as_of=question.as_of or MODEL_DATE,
        gpu=rows.gpu(model),
    )


def _columns(book: Book) -> tuple[dict[str, Column], dict[str, Number]]:
    fleet, price = mining_fleet(book), mining_hashprice(book)
    it_per_gross = _it_share(book)
    lease = _lease(book, it_per_gross)
    uses = _mining(book, fleet, price) | {"lease": lease, "gpu_cloud": _cloud(book, it_per_gross)}
    crossovers = {
        "cash_y1": fleet.hashprice_for(lease["cash_margin"]),
        "cash_average": fleet.hashprice_for(lease["cash_margin_average"]),
        "after_capital_y1": fleet.hashprice_for(lease["after_capital"]),
        "after_capital_average": fleet.hashprice_for(lease["after_capital_average"]),
    }
    return uses, crossovers


def _it_share(book: Book) -> Number:
    asked = book.question
    if asked.mw_it and asked.mw_gross:
        return asked.mw_it / asked.mw_gross
    return 1 / book.draw("gross_per_it")


def _mining(book: Book, fleet: Fleet, price: Number) -> dict[str, Column]:
    margin = fleet.margin_per_mw(price)
    cost = mining_capex_per_mw(book, fleet)
    charge = capital_charge(cost, book.draw("wacc_mining_pct") / 100, book.draw("mining_life_years"))
    shared: dict[str, Number] = {"revenue": fleet.revenue_per_mw(price), "cash_margin": margin}
    sunk: Column = shared | {"capex": 0.0, "capital_charge": 0.0, "after_capital": margin}
    new: Column = shared | {"capex": cost, "capital_charge": charge, "after_capital": margin - charge}
    return {"mining_sunk": sunk, "mining_new": new}


def _lease(book: Book, it_per_gross: Number) -> Column:
    """The lease's figures are of year one; those named average are over its term."""
    term = book.question.term_years if _is_lease(book.question) else None
    years = term or book.row("lease_term_years").base
    growth = book.question.escalator_pct
    growth_share = (book.draw("escalator_pct") if growth is None else growth) / 100
    ratio = escalation(years, growth_share)
    rent = _rent(book, years, growth_share)
    revenue = it_per_gross * rent
    margin = revenue * book.draw(noi_row(book)) / 100
    capex = it_per_gross * PRIORS["capex_dc_usd_per_mw"].value(book, {})
    charge = capital_charge(capex, book.draw("wacc_lease_pct") / 100, book.draw("dc_life_years"))
    return {
        "revenue": revenue,
        "revenue_average": revenue * ratio,
        "cash_margin": margin,
        "cash_margin_average": margin * ratio,
        "capex": capex,
        "capital_charge": charge,
        "after_capital": margin - charge,
        "after_capital_average": margin * ratio - charge,
    }


def _rent(book: Book, years: float, growth: Number) -> Number:
    """Return the year-one rent the question states, or the prior."""
    asked = book.question
    average = asked.rent_usd_per_kw_month
    if average is None and _is_lease(asked) and asked.value_usd and asked.term_years and asked.mw_it:
        average = asked.value_usd / (asked.term_years * 12_000 * asked.mw_it)
    if average is not None:
        return 12_000 * average / escalation(years, growth)
    return PRIORS["rent_y1_usd_per_mw_year"].value(book, {"mw_it": asked.mw_it} if asked.mw_it else {})


def _is_lease(question: Question) -> bool:
    return question.use is Use.LEASE or (question.use is None and question.gpu_model is None)


def _cloud(book: Book, it_per_gross: Number) -> Column:
    price = book.question.price_usd_per_gpu_hour
    price_drawn = PRIORS["price_usd_per_gpu_hour"].value(book, {}) if price is None else price
    term = book.question.term_years if book.question.use is Use.CLOUD else None
    years = term or book.row("cloud_term_years").base
    gpus = 1000 * it_per_gross / PRIORS["kw_it_per_gpu"].value(book, {})
    revenue = gpus * price_drawn * 8_766 * book.draw("utilisation_take_or_pay")
    margin = revenue * book.draw("cloud_ebitda_margin_pct") / 100
    machines = gpus * PRIORS["capex_usd_per_gpu"].value(book, {})
    building = it_per_gross * PRIORS["capex_dc_usd_per_mw"].value(book, {})
    wacc = book.draw("wacc_cloud_pct") / 100
    charge = capital_charge(machines, wacc, years, residual=book.draw("gpu_residual_pct") / 100)
    charge = charge + capital_charge(building, wacc, book.draw("dc_life_years"))
    return {
        "revenue": revenue,
        "cash_margin": margin,
        "capex": machines + building,
        "capital_charge": charge,
        "after_capital": margin - charge,
    }


def _figure(name: str, values: Number, *, unit: str | None = None) -> Figure:
    low, middle, high = points(values)
    return Figure(p10=low, p50=middle, p90=high, unit=unit or _UNITS.get(name, _UNIT), origin=Origin.DERIVED)
