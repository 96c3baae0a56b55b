"""The equations that tie the quantities of a contract together, each solvable for any one of its quantities.

Most are products: the quantities, each to the power 1 or -1, multiply to a constant. Names carry their units.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from bot.capacity.lease import Number, escalated_years, escalator_from_term, infer_escalator, plain, term_from

Values = Mapping[str, Number]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One equation. `solvers` gives a quantity from the others; `gap` is how far the two sides are apart, as ln."""

    name: str
    says: str
    solvers: Mapping[str, Callable[[Values], Number]]
    variables: tuple[str, ...]
    gap: Callable[[Values], Number]

    def unknown(self, values: Values) -> list[str]:
        return [name for name in self.variables if name not in values]


def product(name: str, says: str, powers: Mapping[str, int], constant: float = 1.0) -> Relation:
    """Build the relation in which the quantities, each to its power, multiply to a constant."""

    def rest(values: Values, left_out: str | None) -> Number:
        result: Number = 1.0
        for variable, power in powers.items():
            if variable != left_out:
                result = result * values[variable] if power > 0 else result / values[variable]
        return result

    def solver(variable: str) -> Callable[[Values], Number]:
        if powers[variable] > 0:
            return lambda values: constant / rest(values, variable)
        return lambda values: rest(values, variable) / constant

    def gap(values: Values) -> Number:
        return plain(np.log(rest(values, None) / constant))

    return Relation(name=name, says=says, solvers={v: solver(v) for v in powers}, variables=tuple(powers), gap=gap)


def _escalated(name: str, term: str, years: str) -> Relation:
    """Tie a term and the escalator to the contract value in year-one rents."""
    return Relation(
        name=name,
        says=f"{years} follows from {term} and the escalator",
        solvers={
            years: lambda v: escalated_years(v[term], v["escalator_pct"] / 100),
            term: lambda v: term_from(v[years], v["escalator_pct"] / 100),
            "escalator_pct": lambda v: 100 * escalator_from_term(v[years], v[term]),
        },
        variables=(term, "escalator_pct", years),
        gap=lambda v: plain(np.log(escalated_years(v[term], v["escalator_pct"] / 100) / v[years])),
    )


_EXTENSION = ("value_usd", "term_years", "value_max_usd", "term_max_years")

#: E4 twice: what the totals with and without extensions say about the escalator.
EXTENSION = Relation(
    name="extension",
    says="the totals with and without extensions tell the escalator",
    solvers={"escalator_pct": lambda v: 100 * infer_escalator(*(v[name] for name in _EXTENSION))},
    variables=(*_EXTENSION, "escalator_pct"),
    gap=lambda _: 0.0,
)

POWER = product(
    "power", "gross MW is critical IT MW times gross per IT", {"mw_gross": 1, "mw_it": -1, "gross_per_it": -1}
)

_MONEY = (
    product("annual", "value is yearly value times term", {"value_usd": 1, "annual_value_usd": -1, "term_years": -1}),
    product(
        "density",
        "yearly value is $/MW-year times critical IT MW",
        {"annual_value_usd": 1, "usd_per_mw_year": -1, "mw_it": -1},
    ),
    product(
        "gross_density",
        "yearly value is $/gross-MW-year times gross MW",
        {"annual_value_usd": 1, "usd_per_gross_mw_year": -1, "mw_gross": -1},
    ),
    product(
        "rent",
        "$/MW-year is 12,000 times $/kW-month",
        {"usd_per_mw_year": 1, "rent_usd_per_kw_month": -1},
        12_000.0,
    ),
)

_BUILDING = product(
    "building", "building cost is cost per MW times MW", {"capex_dc_usd": 1, "capex_dc_usd_per_mw": -1, "mw_it": -1}
)

LEASE = (
    POWER,
    *_MONEY,
    product(
        "annuity",
        "value is year-one rent times MW times escalated years",
        {"value_usd": 1, "rent_y1_usd_per_mw_year": -1, "mw_it": -1, "escalated_years": -1},
    ),
    product(
        "annuity_max",
        "value with extensions is year-one rent times MW times escalated years",
        {"value_max_usd": 1, "rent_y1_usd_per_mw_year": -1, "mw_it": -1, "escalated_years_max": -1},
    ),
    product(
        "average_rent",
        "average rent over year-one rent is escalated years over term",
        {"usd_per_mw_year": 1, "term_years": 1, "rent_y1_usd_per_mw_year": -1, "escalated_years": -1},
    ),
    product(
        "options",
        "the two totals stand as their escalated years",
        {"value_max_usd": 1, "escalated_years": 1, "value_usd": -1, "escalated_years_max": -1},
    ),
    _escalated("years", "term_years", "escalated_years"),
    _escalated("years_max", "term_max_years", "escalated_years_max"),
    product(
        "rent_y1",
        "$/MW-year is 12,000 times $/kW-month",
        {"rent_y1_usd_per_mw_year": 1, "rent_y1_usd_per_kw_month": -1},
        12_000.0,
    ),
    _BUILDING,
    product("capex", "the landlord builds, the tenant brings the GPUs", {"capex_usd": 1, "capex_dc_usd": -1}),
)

CLOUD = (
    POWER,
    *_MONEY,
    product(
        "gpus", "GPUs times kW each are 1,000 times MW", {"gpu_count": 1, "kw_it_per_gpu": 1, "mw_it": -1}, 1_000.0
    ),
    product(
        "hours",
        "value is price times GPUs times paid hours",
        {"value_usd": 1, "price_usd_per_gpu_hour": -1, "gpu_count": -1, "term_years": -1, "utilisation": -1},
        8_766.0,
    ),
    product(
        "year_hours",
        "yearly value is price times GPUs times paid hours a year",
        {"annual_value_usd": 1, "price_usd_per_gpu_hour": -1, "gpu_count": -1, "utilisation": -1},
        8_766.0,
    ),
    product(
        "gpu_cost", "GPU cost is cost each times GPUs", {"capex_gpu_usd": 1, "capex_usd_per_gpu": -1, "gpu_count": -1}
    ),
    _BUILDING,
)

MINING = (POWER,)
