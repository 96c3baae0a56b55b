"""How loudly each cue speaks for each role of a number. Names ending in < or > ask for the cue before or after it.

The first set is judgement; it is read by `roles` and can be replaced by weights trained on annotated quantities.
"""

from collections.abc import Mapping

from extractors.closed_sets import QuantityKind

Weights = Mapping[str, Mapping[str, float]]

_MONEY: Weights = {
    "value": {
        "bias": 0.4, "worth": 1.6, "contract": 1.0, "contract>": 0.8, "contracted-revenue": 1.6, "revenue": 0.5, "over-term": 1.0, "takeover": 1.2,
        "per-year": -1.6, "per:year": -2.5, "per:month": -2.5, "noi": -2.5, "backstop": -1.5, "loan": -0.5, "reported": -1.2, "market-cap": -2.0,
        "options": -0.7, "options<": -0.4, "could-reach<": -1.2, "could-to<": -1.5, "total-cue<": -0.4, "per-unit": -1.2, "price-target": -1.5, "heading": 0.4, "tiny": -3.0,
        "small": -1.0, "huge": -3.0, "hundreds-of-millions": 0.2, "billions": 0.4, "capex": -0.8, "crypto": -1.0, "further<": -0.2, "backlog": -0.8, "reported<": -0.4, "holdings": -1.0, "invest": -0.5, "goal": -0.4,
        "initial<": 1.0, "upside<": -1.8, "if-exercised>": -1.4, "optional-total": -1.6,
    },
    "value_max": {"bias": -1.0, "initial<": -1.2, "upside<": 2.6, "if-exercised>": 1.8, "optional-total": 1.6, "could-to<": 2.6, "total-to<": 1.2, "could-reach<": 2.0, "could-reach": 0.8, "options": 2.0, "options<": 0.6, "is:up_to": 0.5, "contract": 0.3, "revenue": 0.2, "tiny": -3.0, "total-cue": 0.3, "up-to<": 0.4, "loan": -0.8},
    "annual_value": {"bias": -1.5, "expect": 0.8, "per-year": 1.6, "per:year": 3.0, "revenue": 0.8, "contract": 0.4, "reported": -2.0, "noi": -1.0, "tiny": -2.0, "loan": -0.8, "per-unit": -1.5, "company-wide": -0.4, "market-size": -0.4, "goal": -2.0},
    "monthly_value": {"bias": -2.0, "per:month": 4.0, "per-month": 1.5},
    "noi": {"bias": -1.2, "noi": 4.0, "tiny": -2.0},
    "backstop": {"bias": -1.2, "backstop": 2.8, "backstop<": 0.4, "tiny": -2.0},
    "equipment": {"bias": -1.0, "hardware": 1.2, "buy": 0.9, "hardware<": 0.3, "tiny": -2.0, "contract": -0.3, "takeover": -0.5},
    "financing": {"bias": -0.8, "further<": -0.8, "options": -1.0, "loan": 2.2, "invest": 0.5, "tiny": -2.0, "backstop": -1.0, "revenue": -0.5},
    "stake": {"bias": -1.0, "further<": -0.8, "options": -1.0, "warrants": 1.2, "invest": 2.2, "invest<": 0.6, "tiny": -2.0, "backstop": -0.6},
    "capex": {"bias": -1.2, "capex": 2.4, "per-unit>": -2.5, "campus": 0.2, "tiny": -2.0, "takeover": -0.6},
    "unit_price": {"bias": -1.2, "per:mw": 4.0, "per:gpu": 4.0, "per:kw": 4.0, "per:kwh": 5.0, "per:gpu_hour": 5.0, "per:coin": 3.0, "per-unit>": 2.0, "per:month": 0.4},
    "total": {"bias": -0.9, "coordinated-total": 2.6, "options": -2.5, "could-reach": -1.0, "cumulative": 2.2, "total-to<": 2.4, "total-cue<": 1.4, "total-cue": 0.5, "backlog": 1.0, "contract": 0.2},
    "backlog": {"bias": -1.2, "backlog": 2.4},
    "company_revenue": {"bias": -0.8, "goal": 2.0, "per:year": 0.8, "holdings": 1.6, "reported": 1.8, "revenue": 0.5, "contracted-revenue": -0.8, "over-term": -0.5},
    "market_cap": {"bias": -1.2, "market-cap": 3.2},
    "share_price": {"bias": -1.0, "tiny": 2.4, "share-price": 1.0, "move": 0.6, "per:share": 2.5, "price-target": -0.6},
    "price_target": {"bias": -1.2, "price-target": 3.0, "tiny": 0.8},
    "crypto_price": {"bias": -1.6, "crypto": 1.6, "small": 1.2, "tiny": 0.2, "share-price": 0.3},
    "market_size": {"bias": -1.2, "market-size": 1.6, "huge": 1.5},
    "other": {"bias": 0.0, "small": 0.6},
}  # fmt: skip

_POWER: Weights = {
    "capacity": {
        "bias": 0.3, "lease-verb": 1.0, "contract": 0.6, "deliver": 0.5, "add": 0.4, "basis:it": 0.5, "initial<": 0.4, "heading": 0.4, "further<": -0.1, "campus>": -0.5,
        "pipeline": -0.5, "company-wide": -0.8, "total-cue<": -0.6, "options": -0.6, "could-reach<": -1.0, "basis:gross": -0.3, "gigawatts": -0.5, "is:up_to": 0.0, "kilowatts": -3.0,
        "per:unit": -1.0, "previous<": -0.1, "over-term": 0.3, "gpu-noun": 0.2,
    },
    "capacity_max": {"bias": -0.9, "could-to<": 2.0, "previous<": -0.8, "options<": 1.0, "options": 0.9, "further<": 0.7, "could-reach<": 1.0, "up-to<": 0.3, "is:up_to": 0.4, "add": 0.1, "invest": -0.5, "loi": 1.0},
    "capacity_alt": {"bias": -1.6, "basis:gross": 0.8, "gross-load": 0.3},
    "phase": {"bias": -0.9, "initial<": 1.0, "start": 0.2, "pipeline": 0.1},
    "campus": {"bias": -0.4, "campus-has<": 1.6, "campus>": 1.3, "campus<": 0.4, "company-wide": 0.3, "gigawatts": 0.4, "basis:it": -0.4, "lease-verb": -0.3, "contract": -0.2},
    "company": {"bias": -0.9, "company-wide": 1.6, "total-cue": 0.2, "gigawatts": 0.3, "pipeline": 0.2},
    "pipeline": {"bias": -1.0, "pipeline": 1.2, "gigawatts": 0.8, "could-reach": 0.4},
    "total": {"bias": -0.8, "coordinated-total": 1.0, "cumulative": 2.0, "total-to<": 2.6, "total-cue<": 1.8, "total-cue": 0.4, "company-wide": 0.2},
    "other": {"bias": -0.3, "power-line": 1.5, "kilowatts": 2.0, "hardware": 0.1},
}  # fmt: skip

_TERM: Weights = {
    "term": {"bias": 0.3, "term-noun>": 1.0, "term-noun": 0.3, "over-term": 0.5, "contract": 0.8, "lease-verb": 0.3, "initial<": 0.3, "ext-noun": -0.5, "rule:term.option": -4.0, "rule:term.ago": -4.0, "rule:term.past": -3.0, "rule:term.within": -2.0, "short": -1.6, "days": -4.0, "long": -2.0, "maturity": -0.4, "heading": 0.4, "no-number": -5.0, "in-years<": -0.6},
    "term_max": {"bias": -1.2, "could-reach": 0.5, "total-cue": 0.8, "up-to<": 0.6, "is:up_to": 0.8, "options": 0.7, "rule:term.option": -3.0, "short": -1.5, "no-number": -5.0},
    "option": {"bias": -1.0, "rule:term.option": 5.0, "ext-noun": 0.8, "further<": 0.4},
    "delivery": {"bias": -0.9, "rule:term.within": 2.0, "deliver": 0.4, "start": 0.3, "finish": 0.2, "short": 0.6, "in-years<": 0.5},
    "history": {"bias": -0.9, "rule:term.ago": 4.0, "rule:term.past": 3.0, "in-years": 0.6, "short": 0.3},
    "other": {"bias": -0.2, "short": 0.8, "long": 1.0, "maturity": 0.5, "in-years": 0.3, "no-number": 3.0},
}  # fmt: skip

_PERCENT: Weights = {
    "share_move": {"bias": -0.4, "move": 1.4, "prepay": -1.0, "margin": -1.0, "share-price": 0.4},
    "prepayment": {"bias": -1.6, "prepay": 3.2},
    "noi_margin": {"bias": -1.6, "margin": 2.0, "noi": 1.6, "reported": -0.8},
    "escalator": {"bias": -1.6, "escalate": 3.4},
    "stake": {"bias": -0.8, "warrants": 1.8, "takeover": 0.5, "invest": 0.4},
    "premium": {"bias": -1.6, "share-price": 0.4},
    "interest": {"bias": -1.2, "interest": 1.4, "loan": 0.5},
    "growth": {"bias": -0.6, "growth": 0.9, "reported": 0.6, "revenue": 0.4},
    "other": {"bias": 0.0},
}  # fmt: skip

_GPU: Weights = {
    "count": {"bias": 0.5, "deliver": 0.6, "contract": 0.6, "buy": 0.4, "further<": 0.3, "add": 0.2, "total-cue": -0.6, "company-wide": -0.8, "heading": 0.3, "no-number": -3.0, "pipeline": -0.4},
    "total": {"bias": -0.4, "total-cue": 1.2, "company-wide": 1.0, "pipeline": 0.4},
    "other": {"bias": 0.0, "no-number": 2.0},
}  # fmt: skip

_DATE: Weights = {
    "announced_on": {"bias": -0.4, "announce<": 0.8, "announce>": 0.5, "rule:date": 0.2, "start": -0.3, "rule:date.by": -2.0, "rule:date.until": -2.0},
    "delivery_start": {"bias": -0.2, "start<": 0.9, "start>": 0.7, "deliver": 0.6, "maturity": -1.0, "rule:date.weekday": -2.5, "finish<": -0.1, "announce<": -0.2},
    "delivery_end": {"bias": -0.6, "finish": 0.9, "deliver": 0.4, "rule:date.by": 0.5, "rule:date.until": 0.9, "rule:date.weekday": -2.5, "maturity": -1.0},
    "maturity": {"bias": -1.2, "maturity": 2.0},
    "background": {"bias": -0.3, "previous": 0.8, "reported": 0.6},
    "other": {"bias": 0.0},
}  # fmt: skip

HAND: Mapping[QuantityKind, Weights] = {
    QuantityKind.MONEY: _MONEY,
    QuantityKind.POWER: _POWER,
    QuantityKind.TERM: _TERM,
    QuantityKind.PERCENT: _PERCENT,
    QuantityKind.GPU: _GPU,
    QuantityKind.DATE: _DATE,
}


def role_weights() -> Mapping[QuantityKind, Weights]:
    """Return the weights in use, by kind of number."""
    return HAND
