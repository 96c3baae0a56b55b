"""What a stored deal is worth: unit prices, its place among peers, what the company gives up and must spend.

Works on plain facts of a deal and the peers passed in. Everything needed to compute it again is in the result.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import Any

import numpy as np

from bot.capacity import MODEL_VERSION
from bot.capacity.assumptions import Assumptions, Correlation, read_row
from bot.capacity.checks import OUTLIER_Z, network_notes, warnings, z_scores
from bot.capacity.contract import Answer, answer
from bot.capacity.estimate import UNITS, Figure, figure, open_book, points, round_stably
from bot.capacity.hardware import Gpu
from bot.capacity.lease import Number
from bot.capacity.peers import Peer, concentration, percentile
from bot.capacity.priors import Book
from bot.capacity.project import mining_fleet, mining_hashprice
from bot.capacity.question import Firmness, Question, QuestionError, Use, read_question
from bot.capacity.solve import Origin

DRAWS = 8_000

_USES = {"hosting_lease": Use.LEASE, "cloud_contract": Use.CLOUD}
#: Deals that may be a lease or a cloud; the figures decide.
_UNDECIDED = frozenset({"joint_venture", "partnership"})
_FACTS = (
    "value_usd",
    "value_max_usd",
    "term_years",
    "term_max_years",
    "annual_value_usd",
    "prepayment_pct",
    "noi_margin_pct",
    "escalator_pct",
    "capex_usd",
    "gpu_count",
    "lease_form",
)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class DealFacts:
    """The facts of a deal that the model reads. `basis_known` is false when the text says only "MW"."""

    question: Question
    provider: str | None = None
    customer: str | None = None
    basis_known: bool = True
    peers: tuple[Peer, ...] = field(default_factory=tuple)


def read_facts(mention: object) -> DealFacts | None:
    """Read the facts of a mention-like value by attribute; None for a deal that sells no compute or space."""
    deal_type = str(getattr(mention, "deal_type", ""))
    if deal_type not in _USES and deal_type not in _UNDECIDED:
        return None
    given = {name: _plain(getattr(mention, name, None)) for name in _FACTS}
    kind = str(getattr(mention, "capacity_kind", None) or "unspecified")
    given["mw_gross" if kind == "gross" else "mw_it"] = getattr(mention, "capacity_mw", None)
    announced = getattr(mention, "announced_on", None)
    question = _lenient(given | _models(mention) | {"use": _USES.get(deal_type)}, getattr(announced, "date", announced))
    qualifier = getattr(mention, "value_qualifier", None)
    if question.value_usd is not None and qualifier is not None:
        question = question.having(firmness={"value_usd": Firmness(str(qualifier))})
    return DealFacts(
        question=question,
        provider=getattr(mention, "provider", None),
        customer=getattr(mention, "customer", None),
        basis_known=kind != "unspecified" or getattr(mention, "capacity_mw", None) is None,
    )


def value_deal(
    facts: DealFacts, assumptions: Assumptions, *, peers: Sequence[Peer] = (), draws: int = DRAWS
) -> Valuation | None:
    """Value a deal; None when neither its size nor its value is stated."""
    facts = replace(facts, question=_with_known_model(facts.question, assumptions), peers=tuple(peers))
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
        assumptions=_snapshot(book),
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
    return value_deal(facts, _restore(assumptions), peers=peers, draws=inputs["draws"])


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


def _snapshot(book: Book) -> dict[str, Any]:
    """Return the rows that were looked at, and the fixed facts beside them, as plain JSON."""
    models = {book.gpu.key: book.gpu} if book.gpu else {}
    if book.gpu and "h100" in book.assumptions.gpus:
        models["h100"] = book.assumptions.gpus["h100"]
    followers = (pair for pair in book.assumptions.correlations if pair.second in book.consulted)
    vintages = book.assumptions.price_vintages
    return {
        "rows": {key: row.as_json() for key, row in book.consulted.items()},
        "gpus": {key: asdict(gpu) | {"aliases": list(gpu.aliases)} for key, gpu in models.items()},
        "correlations": [asdict(pair) for pair in followers],
        "price_vintages": {key: [list(p) for p in points] for key, points in vintages.items() if key in models},
        "constants": dict(book.assumptions.constants),
    }


def _restore(plain: Mapping[str, Any]) -> Assumptions:
    return Assumptions(
        rows={key: read_row(key, row) for key, row in plain["rows"].items()},
        gpus={key: _gpu(row) for key, row in plain["gpus"].items()},
        correlations=tuple(Correlation(**pair) for pair in plain["correlations"]),
        price_vintages={k: tuple((str(d), float(f)) for d, f in v) for k, v in plain["price_vintages"].items()},
        constants=dict(plain["constants"]),
    )


def _gpu(row: Mapping[str, Any]) -> Gpu:
    known = {f.name for f in fields(Gpu)}
    given: dict[str, Any] = {key: value for key, value in row.items() if key in known}
    return Gpu(**given | {"aliases": tuple(given["aliases"])})


def _models(mention: object) -> dict[str, Any]:
    """Return the GPU model when there is exactly one; several cannot be told apart by count."""
    models = tuple(getattr(mention, "gpu_models", ()) or ())
    return {"gpu_model": models[0]} if len(models) == 1 else {}


def _lenient(given: Mapping[str, Any], announced: object) -> Question:
    """Build a question from facts read by machine: a fact the model refuses is left out, not fatal."""
    as_of = date.fromisoformat(str(announced)) if announced else None
    kept: dict[str, Any] = {}
    for name, value in given.items():
        if value is None:
            continue
        try:
            Question(**kept, **{name: value})
        except QuestionError:
            continue
        kept[name] = value
    return Question(**kept, as_of=as_of)


def _with_known_model(question: Question, assumptions: Assumptions) -> Question:
    if question.gpu_model is None:
        return question
    try:
        return question.having(gpu_model=assumptions.gpu(question.gpu_model).name)
    except QuestionError:
        return question.having(gpu_model=None)


def _plain(value: Any) -> Any:
    """Turn an amount into a float and a closed-set value into its text."""
    if value is None or isinstance(value, str):
        return None if value is None else str(value)
    return float(value)


def _figure(values: Number, unit: str, *, origin: Origin = Origin.DERIVED) -> Figure:
    low, middle, high = points(np.asarray(values))
    return Figure(p10=low, p50=middle, p90=high, unit=unit, origin=origin)


def _exactly(value: float, unit: str) -> Figure:
    single = round_stably(value)
    return Figure(p10=single, p50=single, p90=single, unit=unit, origin=Origin.DERIVED)
