"""The facts of a deal as a question to the model. Reads a mention-like value by attribute; imports no other room."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.capacity.assumptions import Assumptions
from bot.capacity.peers import Peer
from bot.capacity.question import Firmness, Question, QuestionError, Use

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


def with_known_model(question: Question, assumptions: Assumptions) -> Question:
    """Return the question with the GPU model's own name, or without a model that is not known."""
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
