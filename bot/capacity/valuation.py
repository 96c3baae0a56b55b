"""What a stored deal is worth: unit prices, its place among peers, what the company gives up and must spend.

Works on plain facts of a deal and the peers passed in. Everything needed to compute it again is in the result.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from bot.capacity import MODEL_VERSION
from bot.capacity.assumptions import Assumptions
from bot.capacity.checks import OUTLIER_Z, network_notes, warnings, z_scores
from bot.capacity.contract import Answer, answer
from bot.capacity.deal_facts import DealFacts, read_facts, with_known_model
from bot.capacity.estimate import UNITS, Figure, figure, open_book, points, round_stably
from bot.capacity.lease import Number
from bot.capacity.peers import Peer, concentration, percentile
from bot.capacity.priors import Book
from bot.capacity.project import mining_fleet, mining_hashprice
from bot.capacity.question import Question, Use, read_question
from bot.capacity.snapshot import restore, snapshot
from bot.capacity.solve import Origin

__all__ = ["DealFacts", "Valuation", "as_peer", "read_facts", "replay", "value_deal"]

DRAWS = 8_000

#: What is called by another name in a stored estimate.
_STORED_AS = {"price_usd_per_gpu_hour": "usd_per_gpu_hour", "rent_y1_usd_per_mw_year": "usd_per_mw_year_y1"}
_LEFT_OUT = frozenset({"fleet_j_per_th", "bf16_exaflops", "noi_margin_pct"})
_UNIT_PRICES = frozenset(
    {
        "price_usd_per_gpu_hour",
        "rent_usd_per_kw_month",
        "rent_y1_usd_per_kw_month",
        "rent_y1_usd_per_mw_year",
        "usd_per_gross_mw_year",
        "usd_per_mw_year",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Valuation:
    """The stored estimate of a deal. `inputs` and `assumptions` are plain JSON and replay to the same figures."""

    use: Use
    figures: Mapping[str, Figure]
    warnings: tuple[str, ...]
    missing: tuple[str, ...]
    outlier: bool
    inputs: Mapping[str, Any]
    assumptions: Mapping[str, Any]
    model_version: str = MODEL_VERSION


def value_deal(
    facts: DealFacts, assumptions: Assumptions, *, peers: Sequence[Peer] = (), draws: int = DRAWS
) -> Valuation | None:
    """Value a deal; None when neither its size nor its value is stated."""
    facts = replace(facts, question=with_known_model(facts.question, assumptions), peers=tuple(peers))
    book = open_book(facts.question, assumptions, draws=draws)
    found = answer(book)
    if found.missing:
        return None
    figures = {_STORED_AS.get(k, k): figure(k, found) for k in UNITS if _is_told(k, found, facts.question)}
    scores = z_scores(book, found)
    z = scores.get("rent_y1_usd_per_mw_year" if book.use is Use.LEASE else "price_usd_per_gpu_hour")
    said = warnings(book, found)
    if z is not None:
        figures["z_score"] = _exactly(z, "standard deviations")
    figures |= _alternatives(book, found) | _basis(book, found, facts)
    said += network_notes(book)
    figures |= _among_peers(book, figures, facts, said)
    if not facts.basis_known:
        said.append("the basis of the MW is not stated; read as critical IT load, the gross reading stands beside it")
    return Valuation(
        use=book.use,
        figures={name: f for name, f in figures.items() if np.all(np.isfinite((f.p10, f.p50, f.p90)))},
        warnings=tuple(said),
        missing=found.missing,
        outlier=z is not None and abs(z) > OUTLIER_Z,
        inputs=_inputs(facts, draws),
        assumptions=snapshot(book),
    )


def replay(inputs: Mapping[str, Any], assumptions: Mapping[str, Any]) -> Valuation | None:
    """Compute a stored estimate again from its inputs and assumptions."""
    question = read_question(inputs["question"])
    facts = DealFacts(
        question=question,
        provider=inputs["provider"],
        customer=inputs["customer"],
        basis_known=inputs["basis_known"],
    )
    peers = tuple(Peer(**peer) for peer in inputs["peers"])
    return value_deal(facts, restore(assumptions), peers=peers, draws=inputs["draws"])


def as_peer(valuation: Valuation, *, deal_id: str, facts: DealFacts) -> Peer:
    """Return what other deals need to know of this one."""
    return Peer(
        deal_id=deal_id,
        use=valuation.use.value,
        provider=facts.provider,
        customer=facts.customer,
        announced_on=facts.question.as_of.isoformat() if facts.question.as_of else None,
        value_usd=facts.question.value_usd,
        usd_per_mw_year=_comparable(valuation.use, valuation.figures),
    )


def _is_told(name: str, found: Answer, question: Question) -> bool:
    """Tell whether a figure says something of this deal; a unit price of priors alone would be taken for its own."""
    if name not in found.values or name in _LEFT_OUT:
        return False
    if name not in _UNIT_PRICES:
        return True
    priced = question.value_usd or question.annual_value_usd
    return bool(priced and (question.mw_it or question.mw_gross or question.gpu_count))


def _alternatives(book: Book, found: Answer) -> dict[str, Figure]:
    """Return what mining on the same power would earn in a year, and the hashprice at which it would match."""
    if "mw_gross" not in found.values:
        return {}
    mining = replace(book, use=Use.MINING, used=book.used, consulted=book.consulted)
    fleet, price = mining_fleet(mining), mining_hashprice(mining)
    mw = found.values["mw_gross"]
    figures = {
        "mining_revenue_given_up_usd": _figure(fleet.revenue_per_mw(price) * mw, "USD/year"),
        "mining_margin_given_up_usd": _figure(fleet.margin_per_mw(price) * mw, "USD/year"),
        "hashprice_usd_per_ph_day": _figure(price, "USD/PH/day", origin=Origin.ASSUMED),
    }
    if "noi_usd" in found.values:
        noi = found.values["noi_usd"]
        figures["crossover_hashprice_cash"] = _figure(fleet.hashprice_for(noi / mw), "USD/PH/day")
        if "capital_charge_usd" in found.values:
            left = noi - found.values["capital_charge_usd"]
            figures["crossover_hashprice_after_capital"] = _figure(fleet.hashprice_for(left / mw), "USD/PH/day")
    return figures


def _basis(book: Book, found: Answer, facts: DealFacts) -> dict[str, Figure]:
    """Return the other reading of megawatts whose basis the text does not say."""
    if facts.basis_known or "usd_per_mw_year" not in found.values or facts.question.mw_it is None:
        return {}
    ratio = book.draw("gross_per_it")
    return {"usd_per_mw_year_if_gross": _figure(found.values["usd_per_mw_year"] * ratio, "USD/MW IT-year")}


def _among_peers(book: Book, figures: Mapping[str, Figure], facts: DealFacts, said: list[str]) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    own = _comparable(book.use, figures)
    place = percentile(own, facts.peers, use=book.use.value, as_of=facts.question.as_of)
    if place is not None:
        found["peer_percentile"] = _exactly(place.percentile, "%")
        found["peer_count"] = _exactly(place.count, "deals")
    shares = concentration(facts.peers, provider=facts.provider, customer=facts.customer, value=_value(figures))
    if shares is not None:
        found["tenant_share_before_pct"] = _exactly(100 * shares[0], "%")
        found["tenant_share_after_pct"] = _exactly(100 * shares[1], "%")
        if shares[1] > shares[0] and shares[1] > 0.5 and len(facts.peers) > 0:
            said.append(f"{facts.customer} would be {shares[1]:.0%} of {facts.provider}'s contracted value")
    return found


def _comparable(use: Use, figures: Mapping[str, Figure]) -> float | None:
    """Return the unit price that peers are ranked by: year-one rent of a lease, average price of a cloud."""
    found = figures.get("usd_per_mw_year_y1" if use is Use.LEASE else "usd_per_mw_year")
    return found.p50 if found else None


def _value(figures: Mapping[str, Figure]) -> float | None:
    found = figures.get("value_usd")
    return found.p50 if found and found.origin is Origin.STATED else None


def _inputs(facts: DealFacts, draws: int) -> dict[str, Any]:
    return {
        "question": facts.question.as_json(),
        "provider": facts.provider,
        "customer": facts.customer,
        "basis_known": facts.basis_known,
        "peers": [asdict(peer) for peer in facts.peers],
        "draws": draws,
    }


def _figure(values: Number, unit: str, *, origin: Origin = Origin.DERIVED) -> Figure:
    low, middle, high = points(np.asarray(values))
    return Figure(p10=low, p50=middle, p90=high, unit=unit, origin=origin)


def _exactly(value: float, unit: str) -> Figure:
    single = round_stably(value)
    return Figure(p10=single, p50=single, p90=single, unit=unit, origin=Origin.DERIVED)
