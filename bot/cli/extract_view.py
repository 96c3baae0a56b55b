"""How `extract` shows one article to a person: its deals with facts and sentences, share moves, notes."""

from collections.abc import Callable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot import wording
from extractors.models import Article, Extraction, Mention

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
_LABELS = {
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


def show_extraction(article: Article, extraction: Extraction) -> None:
    """Print what was read from one article."""
    console = Console()
    console.rule(Text(article.title or article.id or "article", style="bold"), align="left")
    if not extraction.deals:
        console.print("No deal of the kind Market Pulse follows.", style="dim")
    for deal in extraction.deals:
        console.print(_deal_table(deal))
    for reaction in extraction.reactions:
        related = "" if reaction.deal_related else "  (not about the deal)"
        console.print(Text(f"{reaction.company} {wording.move(reaction)}{related}"))
    for sign, points in (("+", extraction.bull), ("−", extraction.bear)):
        for point in points:
            console.print(Text(f" {sign} {point}"))
    for note in extraction.notes:
        console.print(Text(f"note: {note}", style="yellow"))


def _deal_table(deal: Mention) -> Table:
    provider = deal.provider or f"an unnamed {deal.provider_kind.value}"
    customer = deal.customer or f"an unnamed {deal.customer_kind.value}"
    place = "" if deal.primary else " (background)"
    title = f"{provider} → {customer}: {wording.TYPE_WORDS[deal.deal_type]}, {wording.STATUS_WORDS[deal.status]}{place}"
    table = Table("fact", "as stated", "sentence", title=Text(title, style="bold"), title_justify="left")
    for field, label in _LABELS.items():
        if words := fact_in_words(deal, field):
            proof = deal.evidence.get(field, ())
            table.add_row(label, Text(words), Text(_shortened(proof[0].text) if proof else "", style="dim"))
    for party in deal.other_parties:
        table.add_row(party.role.value, Text(party.name), "")
    return table


def _shortened(sentence: str, limit: int = 160) -> str:
    return sentence if len(sentence) <= limit else sentence[:limit].rsplit(" ", 1)[0] + " …"


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
