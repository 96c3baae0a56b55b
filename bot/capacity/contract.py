"""Answer one question with one set of draws: read what is stated, solve, add the money. No summary, no ranges.

Decides which use is meant when the question does not say, and in which order gaps are filled.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from bot.capacity.draws import Z90
from bot.capacity.lease import Number, infer_escalator, plain
from bot.capacity.priors import PRIORS, Book
from bot.capacity.project import cloud_money, lease_money, mining_money
from bot.capacity.question import Firmness, Question, Use
from bot.capacity.relations import CLOUD, EXTENSION, LEASE, MINING, Relation
from bot.capacity.solve import Origin, Pool, Priors, Step, solve

_HOURS = 8_766.0
#: An escalator inferred from option totals outside these limits (in %) means the totals are not comparable.
_PLAUSIBLE_ESCALATOR_PCT = (-1.0, 8.0)
#: $/MW-year above which a contract of unknown use is read as a GPU cloud: far over any lease, below any cloud.
_CLOUD_FROM_USD_PER_MW_YEAR = 4e6
_LONGEST_CLOUD_YEARS = 7.0

_RELATIONS: Mapping[Use, tuple[Relation, ...]] = {
    Use.LEASE: (EXTENSION, *LEASE),
    Use.CLOUD: CLOUD,
    Use.MINING: MINING,
}

_GPUS = next(relation for relation in CLOUD if relation.name == "gpus")

_PLANS: Mapping[Use, tuple[Step, ...]] = {
    Use.LEASE: (
        "escalator_pct",
        Pool(target="mw_it", routes=(("power", "gross_per_it"), ("annuity", "rent_y1_usd_per_mw_year"))),
        "rent_y1_usd_per_mw_year",
        "term_years",
        "gross_per_it",
        "capex_dc_usd_per_mw",
    ),
    Use.CLOUD: (
        "utilisation",
        Pool(target="mw_it", routes=(("power", "gross_per_it"), ("gpus", "kw_it_per_gpu"))),
        Pool(
            target="gpu_count",
            routes=(
                ("gpus", "kw_it_per_gpu"),
                ("year_hours", "price_usd_per_gpu_hour"),
                ("gpu_cost", "capex_usd_per_gpu"),
            ),
        ),
        "gross_per_it",
        Pool(
            target="gpu_count",
            routes=(
                ("gpus", "kw_it_per_gpu"),
                ("year_hours", "price_usd_per_gpu_hour"),
                ("gpu_cost", "capex_usd_per_gpu"),
            ),
        ),
        "kw_it_per_gpu",
        "price_usd_per_gpu_hour",
        "term_years",
        "capex_usd_per_gpu",
        "capex_dc_usd_per_mw",
    ),
    Use.MINING: ("gross_per_it",),
}

#: What gives a use away: stated quantities that only one use has.
_SIGNS = (
    (Use.CLOUD, ("gpu_model", "gpu_count", "price_usd_per_gpu_hour"), "read as a GPU cloud because GPUs are named"),
    (
        Use.LEASE,
        ("rent_usd_per_kw_month", "escalator_pct", "lease_form", "term_max_years"),
        "read as a lease because rent, escalator or extensions are named",
    ),
    (Use.MINING, ("hashprice_usd_per_ph_day",), "read as mining because a hashprice is named"),
)

#: What makes the size of a contract known; with none of them only unit prices can be answered.
_SIZES: Mapping[Use, tuple[str, ...]] = {
    Use.LEASE: ("mw_it", "mw_gross", "value_usd", "annual_value_usd", "value_max_usd", "capex_dc_usd", "gpu_count"),
    Use.CLOUD: ("mw_it", "mw_gross", "gpu_count", "value_usd", "annual_value_usd", "capex_gpu_usd"),
    Use.MINING: ("mw_it", "mw_gross"),
}


@dataclass(slots=True, kw_only=True)
class Answer:
    """Every figure found with its draws and origin, and what was noticed on the way."""

    values: dict[str, Number]
    origins: dict[str, Origin]
    tensions: list[tuple[Relation, float]] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def decide_use(question: Question) -> tuple[Use, str | None]:
    """Return the use, and why if the question did not say it."""
    if question.use is not None:
        return question.use, None
    for use, names, why in _SIGNS:
        if any(getattr(question, name) for name in names):
            return use, why
    mw, yearly = question.mw_it or question.mw_gross, _yearly_value(question)
    if mw and yearly:
        cloud = yearly / mw > _CLOUD_FROM_USD_PER_MW_YEAR
        words = f"${yearly / mw / 1e6:.1f}M a MW-year"
        return (Use.CLOUD, f"read as a GPU cloud at {words}") if cloud else (Use.LEASE, f"read as a lease at {words}")
    if question.value_usd and question.term_years and question.term_years <= _LONGEST_CLOUD_YEARS:
        return Use.CLOUD, "read as a GPU cloud because the term is short"
    return Use.LEASE, "read as a lease; say `use` for a GPU cloud or mining"


def _yearly_value(question: Question) -> float | None:
    if question.annual_value_usd:
        return question.annual_value_usd
    if question.value_usd and question.term_years:
        return question.value_usd / question.term_years
    return None


def answer(book: Book) -> Answer:
    """Answer the question of the book with its draws."""
    stated, notes = _stated_values(book)
    plan = _plan(book, stated)
    found = solve(stated, _relations(book), plan, _priors(book))
    if book.use is Use.MINING and "term_years" not in found.values:
        found.values["term_years"] = book.draw("mining_horizon_years")
        found.origins["term_years"] = Origin.ASSUMED
    money = {Use.LEASE: lease_money, Use.CLOUD: cloud_money, Use.MINING: mining_money}[book.use]
    extra = money(book, found.values) | _energy(book, found.values)
    found.values |= {name: value for name, value in extra.items() if name not in stated}
    for name in extra:
        found.origins.setdefault(name, Origin.DERIVED)
    for name in ("noi_margin_pct", "hashprice_usd_per_ph_day", "fleet_j_per_th"):
        if name in extra and name not in book.question.stated():
            found.origins[name] = Origin.ASSUMED
    missing = () if any(name in stated for name in _SIZES[book.use]) else _SIZES[book.use]
    return Answer(
        values=found.values, origins=found.origins, tensions=found.tensions, missing=missing, notes=tuple(notes)
    )


def fuzzy(value: float, firmness: Firmness, scores: object, *, approx: float, reach: float) -> Number:
    """Return a stated number as draws: a point, plus or minus `approx`, or on one side within `reach`."""
    score = np.asarray(scores)
    if firmness is Firmness.EXACT:
        return value
    if firmness is Firmness.APPROX:
        return plain(value * (1 + approx / Z90 * score))
    # exponential tail: nine in ten lie within `reach`; 1.702 makes the logistic a stand-in for the normal
    beyond = reach * np.log1p(np.exp(1.702 * score)) / math.log(10)
    return plain(value * (1 + beyond) if firmness is Firmness.AT_LEAST else value / (1 + beyond))


def _stated_values(book: Book) -> tuple[dict[str, Number], list[str]]:
    """Return what is stated in the names of the relations, and notes on what could not be used."""
    question, notes = book.question, []
    stated: dict[str, Number] = {}
    for name, value in question.stated().items():
        firmness = question.firmness.get(name, Firmness.EXACT)
        if firmness is Firmness.EXACT:
            stated[name] = value
        else:
            approx = book.row("stated_approx_pct").base / 100
            reach = book.row("stated_one_sided_pct").base / 100
            scores = book.draws.scores(f"stated.{name}")
            stated[name] = fuzzy(value, firmness, scores, approx=approx, reach=reach)
    for name in ("prepayment_pct", "noi_margin_pct", "power_usd_per_mwh", "hashprice_usd_per_ph_day"):
        stated.pop(name, None)
    if "capex_usd" in stated:
        stated["capex_gpu_usd" if book.use is Use.CLOUD else "capex_dc_usd"] = stated.pop("capex_usd")
    if book.use is Use.LEASE:
        notes += _drop_odd_options(stated)
    return stated, notes


def _drop_odd_options(stated: dict[str, Number]) -> list[str]:
    """Set a total with options aside when it cannot be the same rent over a longer term."""
    if "value_max_usd" not in stated:
        return []
    if "term_max_years" not in stated:
        stated.pop("value_max_usd")
        return ["the total with options is not used: its term is not stated"]
    if not {"value_usd", "term_years"} <= stated.keys():
        return []
    names = ("value_usd", "term_years", "value_max_usd", "term_max_years")
    growth = 100 * float(np.median(infer_escalator(*(stated[name] for name in names))))
    low, high = _PLAUSIBLE_ESCALATOR_PCT
    if low <= growth <= high:
        return []
    stated.pop("value_max_usd")
    found = "no escalator" if math.isnan(growth) else f"an escalator of {growth:.1f} %"
    return [f"the total with options is not used: with the base value it implies {found}; it may add space or services"]


def _relations(book: Book) -> tuple[Relation, ...]:
    """Return the relations of the use; a lease whose GPUs are named also knows how many its power holds."""
    return (*_RELATIONS[book.use], _GPUS) if _holds_gpus(book) else _RELATIONS[book.use]


def _plan(book: Book, stated: Mapping[str, Number]) -> tuple[Step, ...]:
    """Drop the steps that would invent a size; count the GPUs of a lease that names them."""
    sized = any(name in stated for name in _SIZES[book.use])
    steps: tuple[Step, ...] = ("kw_it_per_gpu",) if _holds_gpus(book) and "mw_it" not in stated else ()
    last: tuple[Step, ...] = ("kw_it_per_gpu",) if _holds_gpus(book) else ()
    return (*steps, *(step for step in _PLANS[book.use] if sized or not isinstance(step, Pool)), *last)


def _holds_gpus(book: Book) -> bool:
    return book.use is Use.LEASE and (book.gpu is not None or book.question.gpu_count is not None)


def _priors(book: Book) -> Priors:
    return Priors(
        value=lambda name, values: PRIORS[name].value(book, values),
        spread=lambda name, values: PRIORS[name].spread(book, values),
    )


def _energy(book: Book, values: Mapping[str, Number]) -> dict[str, Number]:
    """Return the yearly energy of the site; the bill is the tenant's in a lease and within the margin of a cloud."""
    if book.use is Use.MINING or "mw_it" not in values:
        return {}
    pue = book.draw("pue_air" if book.gpu and book.gpu.cooling == "air" else "pue_liquid")
    energy = values["mw_it"] * book.draw("load_factor_energy") * pue * _HOURS
    power = book.question.power_usd_per_mwh
    price = book.draw("power_ai_usd_per_mwh") if power is None else power
    return {"energy_mwh_year": energy, "energy_cost_usd": energy * price}
