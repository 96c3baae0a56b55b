"""What a quantity is expected to be before it is solved for: the rows that apply to this question, drawn together.

Knows which row fits (model, vintage, size, new or refitted, lease form); the numbers themselves are data.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from bot.capacity.assumptions import Assumption, Assumptions, RowOrigin
from bot.capacity.draws import Draws, draw, log_spread
from bot.capacity.hardware import Gpu
from bot.capacity.lease import Number
from bot.capacity.question import Question, Use

#: The generic row of each quantity of a GPU model; it serves when the model is unknown or the row was overridden.
_GENERIC = {"kw_it": "kw_it_per_gpu", "price": "price_usd_per_gpu_hour", "capex": "capex_gpu_kusd"}


@dataclass(slots=True, kw_only=True)
class Book:
    """The rows at hand for one question, and which of them were used, in order."""

    question: Question
    use: Use
    assumptions: Assumptions
    draws: Draws
    as_of: date
    gpu: Gpu | None = None
    used: dict[str, Assumption] = field(default_factory=dict)
    consulted: dict[str, Assumption] = field(default_factory=dict)

    def row(self, key: str) -> Assumption:
        """Look a row up and remember it, so that the answer can be replayed from what was looked at."""
        self.consulted[key] = self.assumptions[key]
        return self.consulted[key]

    def draw(self, key: str) -> Number:
        """Draw a row and remember that it was used."""
        self.used[key] = self.row(key)
        return draw(self.used[key], self.draws)

    def model_key(self, quantity: str) -> str:
        """Return the row of a GPU quantity: the model's own, unless the generic one was set for this question."""
        generic = _GENERIC[quantity]
        if self.gpu is None or self.row(generic).origin is RowOrigin.OVERRIDE:
            return generic
        return f"{quantity}_{self.gpu.key}"


Values = Mapping[str, Number]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """How a quantity is guessed: the rows multiplied (first) with fixed factors, in the quantity's unit."""

    rows: Callable[[Book, Values], tuple[str, ...]]
    factor: Callable[[Book], float] = lambda _: 1.0

    def value(self, book: Book, values: Values) -> Number:
        result: Number = self.factor(book)
        for key in self.rows(book, values):
            result = result * book.draw(key)
        return result

    def middle(self, book: Book, values: Values) -> float:
        """Return the base value."""
        return self.factor(book) * math.prod(book.row(key).base for key in self.rows(book, values))

    def spread(self, book: Book, values: Values) -> float:
        """Return the standard deviation in ratio."""
        return math.hypot(*(log_spread(book.row(key)) for key in self.rows(book, values)))


def _one(key: str) -> Callable[[Book, Values], tuple[str, ...]]:
    return lambda _book, _values: (key,)


def _rent_rows(book: Book, values: Values) -> tuple[str, ...]:
    base = "rent_y1_musd_per_mw_year"
    if book.row(base).origin is RowOrigin.OVERRIDE:
        return (base,)
    return (base, *_rent_multipliers(book, values))


def _rent_multipliers(book: Book, values: Values) -> Iterator[str]:
    constants = book.assumptions.constants
    if book.question.new_build is False:
        yield "rent_retrofit_multiplier"
    elif "mw_it" in values and float(np.median(values["mw_it"])) < constants["small_tranche_mw"]:
        yield "rent_small_tranche_multiplier"
    elif "term_years" in values and float(np.median(values["term_years"])) <= constants["short_term_years"]:
        yield "rent_short_term_multiplier"
    if book.as_of.isoformat() < constants["early_vintage_until"]:
        yield "rent_early_vintage_multiplier"


def vintage_factor(book: Book) -> float:
    """Return how the contract price of the model stood at the date of the question."""
    points = book.assumptions.price_vintages.get(book.gpu.key, ()) if book.gpu else ()
    if not points or book.row(book.model_key("price")).origin is RowOrigin.OVERRIDE:
        return 1.0
    days = [date.fromisoformat(f"{month}-01").toordinal() for month, _ in points]
    return float(np.interp(book.as_of.toordinal(), days, [factor for _, factor in points]))


def _term_rows(book: Book, _values: Values) -> tuple[str, ...]:
    return ("cloud_term_years" if book.use is Use.CLOUD else "lease_term_years",)


def _gross_rows(book: Book, _values: Values) -> tuple[str, ...]:
    """Return the row of gross power; a mining hall refitted for air-cooled servers wastes less than a campus."""
    air = book.use is Use.CLOUD and book.gpu is not None and book.gpu.cooling == "air"
    overridden = book.row("gross_per_it").origin is RowOrigin.OVERRIDE
    return ("gross_per_it_air",) if air and not overridden else ("gross_per_it",)


def building_row(book: Book) -> str:
    """Return the row of the building cost, new or refitted."""
    return "capex_dc_retrofit_musd_per_mw_it" if book.question.new_build is False else "capex_dc_musd_per_mw_it"


def noi_row(book: Book) -> str:
    """Return the row of the site margin that fits the lease form."""
    if book.question.new_build is False:
        return "noi_margin_retrofit_pct"
    form = book.question.lease_form
    return "noi_margin_modified_gross_pct" if form in {"modified_gross", "gross"} else "noi_margin_nnn_pct"


PRIORS: Mapping[str, Prior] = {
    "gross_per_it": Prior(rows=_gross_rows),
    "escalator_pct": Prior(rows=_one("escalator_pct")),
    "rent_y1_usd_per_mw_year": Prior(rows=_rent_rows, factor=lambda _: 1e6),
    "term_years": Prior(rows=_term_rows),
    "utilisation": Prior(rows=_one("utilisation_take_or_pay")),
    "kw_it_per_gpu": Prior(rows=lambda book, _: (book.model_key("kw_it"),)),
    "price_usd_per_gpu_hour": Prior(rows=lambda book, _: (book.model_key("price"),), factor=vintage_factor),
    "capex_usd_per_gpu": Prior(rows=lambda book, _: (book.model_key("capex"),), factor=lambda _: 1e3),
    "capex_dc_usd_per_mw": Prior(rows=lambda book, _: (building_row(book),), factor=lambda _: 1e6),
}
