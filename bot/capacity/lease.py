"""A lease as an escalated annuity: rent rises by g a year, the contract value is the sum over the term.

Works on plain numbers and on arrays of draws alike.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

#: One number, or one number a draw.
Number: TypeAlias = float | NDArray[np.float64]

_NO_GROWTH = 1e-9
_STEPS = 60


def escalated_years(term_years: Number, escalator: Number) -> Number:
    """Return the contract value in year-one rents: ((1+g)^T - 1) / g, and T when g is 0."""
    growth = np.asarray(escalator, dtype=float)
    flat = np.abs(growth) < _NO_GROWTH
    safe = np.where(flat, 1.0, growth)
    with np.errstate(over="ignore"):  # an absurd term ends as infinity, which no relation accepts
        years = np.where(flat, term_years, np.expm1(term_years * np.log1p(safe)) / safe)
    return plain(years)


def escalation(term_years: Number, escalator: Number) -> Number:
    """Return average rent over year-one rent; 1 without growth."""
    return escalated_years(term_years, escalator) / term_years


def term_from(years: Number, escalator: Number) -> Number:
    """Return the term whose contract value is `years` year-one rents."""
    growth = np.asarray(escalator, dtype=float)
    flat = np.abs(growth) < _NO_GROWTH
    safe = np.where(flat, 1.0, growth)
    inside = np.maximum(1 + safe * years, 1e-12)
    return plain(np.where(flat, years, np.log(inside) / np.log1p(safe)))


def escalator_from_term(years: Number, term_years: Number) -> Number:
    """Return the growth at which a term is worth `years` year-one rents."""
    return _bisect(lambda g: escalated_years(term_years, g) - years)


def infer_escalator(value: Number, term_years: Number, value_max: Number, term_max_years: Number) -> Number:
    """Infer an undisclosed escalator from the base total and the total with all extensions; NaN if there is none."""
    ratio = value_max / value
    return _bisect(lambda g: escalated_years(term_max_years, g) / escalated_years(term_years, g) - ratio)


def kw_month(usd_per_mw_year: Number) -> Number:
    """Return dollars per kW and month for dollars per MW and year."""
    return usd_per_mw_year / 12_000


def plain(values: object) -> Number:
    """Return a float for a single value, the array otherwise, so that constants stay cheap."""
    array = np.asarray(values, dtype=float)
    return float(array) if array.ndim == 0 else array


def _bisect(gap: Callable[[Number], Number], *, low: float = -0.3, high: float = 0.6) -> Number:
    """Find the growth where an increasing gap is zero; NaN where it has no zero between the limits."""
    shape = np.shape(gap(0.0))
    left, right = np.full(shape, low), np.full(shape, high)
    inside = (np.asarray(gap(plain(left))) <= 0) & (np.asarray(gap(plain(right))) >= 0)
    for _ in range(_STEPS):
        middle = (left + right) / 2
        above = np.asarray(gap(plain(middle))) > 0
        left, right = np.where(above, left, middle), np.where(above, middle, right)
    return plain(np.where(inside, (left + right) / 2, np.nan))
