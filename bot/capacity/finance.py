"""Cash flows and what they are worth: net present value, internal rate of return, payback, debt cover, annuities.

A flow is one number (or one array of draws) a year, the first at the start. Knows nothing of leases or GPUs.
"""

import math
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from bot.capacity.lease import Number, plain

Flows: TypeAlias = Sequence[Number]

_NEWTON_STEPS = 40
_PRECISE = 1e-10
_LOWEST_RATE = -0.95
_HIGHEST_RATE = 10.0


def npv(flows: Flows, rate: Number) -> Number:
    """Return the value today of yearly flows."""
    discount = 1 / (1 + rate)
    total: Number = 0.0
    for flow in reversed(flows):
        total = total * discount + flow
    return plain(total)


def capital_recovery(rate: Number, years: Number) -> Number:
    """Return the yearly payment that repays 1 with interest over `years`."""
    safe = np.where(np.asarray(rate) == 0, 1.0, rate)
    factor = safe / -np.expm1(-years * np.log1p(safe))
    return plain(np.where(np.asarray(rate) == 0, 1 / years, factor))


def capital_charge(cost: Number, rate: Number, years: Number, *, residual: Number = 0.0) -> Number:
    """Return the yearly charge for a cost of which the share `residual` is recovered at the end."""
    owed = cost * (1 - residual * (1 + rate) ** -years)
    return plain(owed * capital_recovery(rate, years))


def irr_roots(flows: Sequence[float], *, low: float = _LOWEST_RATE, high: float = _HIGHEST_RATE) -> tuple[float, ...]:
    """Return every internal rate of return between the limits: none, one, or several when flows change sign twice."""
    grid = np.concatenate([np.linspace(low, 1.0, 400), np.linspace(1.02, high, 200)])
    values = np.asarray([npv(flows, float(rate)) for rate in grid])
    crossings = np.flatnonzero(np.sign(values[:-1]) * np.sign(values[1:]) < 0)
    roots = [_bisect_rate(flows, float(grid[i]), float(grid[i + 1])) for i in crossings]
    return tuple(sorted([*roots, *(float(rate) for rate in grid[values == 0])]))


def irr(flows: Flows) -> Number:
    """Return the internal rate of return of an outlay followed by income; NaN where there is none.

    Newton's method in the discount factor, in which an outlay followed by income has one positive root.
    """
    with np.errstate(all="ignore"):  # a draw without a rate may run off; it ends as NaN below
        return _newton(flows)


def _newton(flows: Flows) -> Number:
    outlay, *income = flows
    discount: Number = 0.9
    for _ in range(_NEWTON_STEPS):
        value, slope = _with_slope(flows, discount)
        step = value / np.where(np.asarray(slope) == 0, np.nan, slope)
        # far from the root a step may leave the positive axis; halving the factor brings it back
        moved = np.clip(discount - step, discount / 2, discount * 2)
        settled = bool(np.all(~(np.abs(moved - discount) > _PRECISE * np.abs(discount))))
        discount = plain(moved)
        if settled:
            break
    rate = 1 / discount - 1
    total = sum(np.asarray(flow) for flow in income)
    real = (np.asarray(outlay) < 0) & (total > 0) & (rate > _LOWEST_RATE) & (rate < _HIGHEST_RATE)
    return plain(np.where(real, rate, np.nan))


def payback(flows: Flows, *, rate: Number = 0.0) -> Number:
    """Return the years until the outlay is earned back, discounted at `rate`; infinite if never."""
    discount: Number = 1.0
    totals = np.zeros((len(flows), *np.broadcast_shapes(*(np.shape(flow) for flow in (*flows, rate)))))
    for year, flow in enumerate(flows):
        totals[year] = totals[max(year - 1, 0)] + flow * discount
        discount = discount / (1 + rate)
    earned = totals >= 0
    first = np.argmax(earned, axis=0)
    after = np.take_along_axis(totals, first[None], axis=0)[0]
    before = np.take_along_axis(totals, np.maximum(first - 1, 0)[None], axis=0)[0]
    gained = np.where(after > before, after - before, 1.0)
    years = np.where(first == 0, 0.0, first - 1 - before / gained)
    return plain(np.where(earned.any(axis=0), years, math.inf))


def debt_cover(income: Number, cost: Number, *, loan_to_cost: Number, rate: Number, years: Number) -> Number:
    """Return yearly income over the yearly service of a fully amortising loan."""
    service = cost * loan_to_cost * capital_recovery(rate, years)
    return plain(income / np.where(np.asarray(service) == 0, np.nan, service))


def _with_slope(flows: Flows, discount: Number) -> tuple[Number, Number]:
    value: Number = 0.0
    slope: Number = 0.0
    for flow in reversed(flows):
        slope = slope * discount + value
        value = value * discount + flow
    return value, slope


def _bisect_rate(flows: Sequence[float], low: float, high: float) -> float:
    rising = npv(flows, low) < 0
    for _ in range(200):
        middle = (low + high) / 2
        if (npv(flows, middle) < 0) == rising:
            low = middle
        else:
            high = middle
    return (low + high) / 2
