"""The facts of one mention in words, for the terminal and the explaining page. Knows names of facts, not layout."""

from collections.abc import Callable, Iterator

from bot.messages import wording
from extractors.models import Mention

_POWERS = ("capacity_mw", "capacity_max_mw")
_WRITERS: dict[str, Callable[..., str]] = {
    **dict.fromkeys(("value_usd", "value_max_usd", "annual_value_usd", "capex_usd"), wording.money),
    **dict.fromkeys(("prepayment_pct", "noi_margin_pct", "escalator_pct"), wording.percent),
    **dict.fromkeys(("term_years", "term_max_years"), wording.term),
    **dict.fromkeys(("announced_on", "delivery_start", "delivery_end"), wording.period),
    **dict.fromkeys(_POWERS, wording.power),
    "gpu_models": ", ".join,
    "gpu_count": wording.number,
}
LABELS = {
    "value_usd": "value",
    "value_max_usd": "with all options",
    "annual_value_usd": "a year",
    "capex_usd": "capex",
    "term_years": "term",
    "term_max_years": "term with options",
    "capacity_mw": "capacity",
    "capacity_max_mw": "capacity at most",
    "gpu_models": "GPU models",
    "gpu_count": "GPUs",
    "site": "site",
    "announced_on": "announced",
    "delivery_start": "delivery from",
    "delivery_end": "delivery to",
    "prepayment_pct": "prepaid",
    "noi_margin_pct": "NOI margin",
    "escalator_pct": "escalator",
    "lease_form": "lease form",
    "energy_source": "energy",
}


def title_of(deal: Mention) -> str:
    """Name a mention in one line: parties, type, status."""
    provider = deal.provider or wording.unnamed(deal.provider_kind)
    customer = deal.customer or wording.unnamed(deal.customer_kind)
    return f"{provider} → {customer}: {wording.TYPE_WORDS[deal.deal_type]}, {wording.STATUS_WORDS[deal.status]}"


def facts_in_words(deal: Mention) -> Iterator[tuple[str, str, str]]:
    """Yield field, label and words of every fact the text states, other parties last."""
    for field, label in LABELS.items():
        if words := fact_in_words(deal, field):
            yield field, label, words
    for party in deal.other_parties:
        yield "other_parties", party.role.value.replace("_", " "), party.name


def fact_in_words(deal: Mention, field: str) -> str | None:
    """Say one fact of a mention, None when the text does not state it."""
    value = getattr(deal, field)
    if value is None or value == ():
        return None
    words = _WRITERS.get(field, str)(value)
    if field == "value_usd":
        return wording.qualified(words, deal.value_qualifier)
    if field in _POWERS and deal.capacity_kind:
        return wording.power(value, kind=deal.capacity_kind)
    return words
