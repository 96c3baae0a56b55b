"""The facts of a deal as Discord fields: each figure with its unit, basis and qualifier, what it implies, share moves.

What is not stated is left out. Knows no message, no source and no colour.
"""

import re
from collections.abc import Callable, Iterator

from bot.messages.headline import value
from bot.messages.markdown import escape, shorten
from bot.messages.message import Field
from bot.messages.wording import (
    PLAIN,
    Style,
    listed,
    money,
    move,
    number,
    percent,
    period,
    plural,
    power,
    short_money,
    term,
)
from db.records import Conflict, DealRecord, EstimateValue
from extractors.closed_sets import CapacityKind, DealType, LeaseForm, Precision
from extractors.models import Mention, PartialDate

FIELD_NAMES = {
    "value_usd": "Value",
    "value": "Value",
    "capacity_mw": "Capacity",
    "term_years": "Term",
    "customer": "Customer",
    "provider": "Provider",
    "status": "Status",
    "gpu_count": "GPUs",
    "site": "Site",
    "value_max_usd": "Value with options",
    "value_original": "Value",
    "deal_type": "Kind",
    "gpu_models": "GPUs",
    "prepayment_pct": "Prepaid",
    "noi_margin_pct": "NOI margin",
    "escalator_pct": "Escalator",
    "annual_value_usd": "A year",
    "capex_usd": "Capex",
    "announced_on": "Announced",
    "delivery_start": "Delivery from",
    "delivery_end": "Delivery to",
}


_LEASE_FORMS = {
    LeaseForm.TRIPLE_NET: "triple net",
    LeaseForm.MODIFIED_GROSS: "modified gross",
    LeaseForm.GROSS: "gross lease",
    LeaseForm.OTHER: "other form",
}


#: Figures of the stored estimate that an alert shows: key -> (how its unit is said, lowest and highest that ever made
#: sense). Outside, one of the stated figures must have been misread, and the alert says so.
ESTIMATE_LINES = {
    "usd_per_mw_year": ("a MW-year", 1e5, 5e7),
    "usd_per_gpu_hour": ("a GPU-hour", 0.2, 30.0),
}
_CONTRACTS = {DealType.HOSTING_LEASE: " (lease)", DealType.CLOUD_CONTRACT: " (cloud)"}


def fact_fields(facts: Mention, *, style: Style = PLAIN) -> Iterator[Field]:
    """Yield the stated facts, each with its unit, basis and qualifier; what is not stated is left out."""
    for name, words in (
        ("Value", _value_words(facts, style=style)),
        ("Capacity", _capacity_words(facts, style=style)),
        ("Term", _term_words(facts, style=style)),
        ("GPUs", _gpu_words(facts, style=style)),
        ("A year", money(facts.annual_value_usd, style=style) if facts.annual_value_usd is not None else ""),
        ("Prepaid", percent(facts.prepayment_pct, style=style) if facts.prepayment_pct is not None else ""),
        ("NOI margin", percent(facts.noi_margin_pct, style=style) if facts.noi_margin_pct is not None else ""),
        ("Escalator", f"{percent(facts.escalator_pct, style=style)} a year" if facts.escalator_pct is not None else ""),
        ("Lease form", _LEASE_FORMS[facts.lease_form] if facts.lease_form is not None else ""),
        ("Capex", money(facts.capex_usd, style=style) if facts.capex_usd is not None else ""),
        ("Site", escape(shorten(facts.site, 120)) if facts.site else ""),
        ("Delivery", _delivery_words(facts)),
        ("Announced", period(facts.announced_on) if facts.announced_on is not None else ""),
    ):
        if words:
            yield Field(name=name, value=words)
    if facts.other_parties:
        named = [f"{escape(other.name)} ({other.role.value.replace('_', ' ')})" for other in facts.other_parties]
        yield Field(name="Also involved", value=listed(named), inline=False)


def _value_words(facts: Mention, *, style: Style) -> str:
    said = value(facts, style=style)
    lines = [f"**{said}**"] if said else []
    if said and facts.value_usd is not None and facts.value_currency not in {None, "USD"}:
        lines.append(f"≈ US{money(facts.value_usd, style=style)}")
    if facts.value_max_usd is not None:
        lines.append(f"{short_money(facts.value_max_usd, style=style)} with options")
    return "\n".join(lines)


def _capacity_words(facts: Mention, *, style: Style) -> str:
    lines = []
    if facts.capacity_mw is not None:
        lines.append(f"**{power(facts.capacity_mw, kind=facts.capacity_kind, style=style)}**")
        if facts.capacity_kind in {None, CapacityKind.UNSPECIFIED}:
            lines.append("IT or gross not said")
    if facts.capacity_max_mw is not None:
        lines.append(f"{power(facts.capacity_max_mw, style=style)} with options")
    return "\n".join(lines)


def _term_words(facts: Mention, *, style: Style) -> str:
    lines = [f"**{term(facts.term_years, style=style)}**"] if facts.term_years is not None else []
    if facts.term_max_years is not None:
        lines.append(f"{term(facts.term_max_years, style=style)} with options")
    return "\n".join(lines)


def _gpu_words(facts: Mention, *, style: Style) -> str:
    models = escape(", ".join(facts.gpu_models))
    if facts.gpu_count is None:
        return models
    return " × ".join(filter(None, [number(facts.gpu_count, style=style), models]))


def _delivery_words(facts: Mention) -> str:
    start = f"from {period(facts.delivery_start)}" if facts.delivery_start is not None else ""
    end = f"to {period(facts.delivery_end)}" if facts.delivery_end is not None else ""
    if start and end and start[5:] == end[3:]:
        return start[5:]
    return " ".join(filter(None, [start, end]))


def implied_lines(deal: DealRecord, *, style: Style = PLAIN) -> list[str]:
    """Say what the facts imply, with the model's range where a figure is not derived from stated facts alone."""
    return [
        _implied(figure, unit, sensible=low <= figure.p50 <= high, contract=contract, style=style)
        for key, (unit, low, high) in ESTIMATE_LINES.items()
        if (figure := deal.estimate.get(key)) is not None
        for contract in (_CONTRACTS.get(deal.facts.deal_type, "") if key == "usd_per_mw_year" else "",)
    ]


def _implied(figure: EstimateValue, unit: str, *, sensible: bool, contract: str, style: Style) -> str:
    said = f"**{_usd(figure.p50, style=style)}** {unit}{contract}"
    if not sensible:
        return f"{said} — ⚠ not plausible: one of the figures above must mean something else"
    if figure.p90 - figure.p10 < 0.005 * abs(figure.p50):
        return f"{said} — from stated figures"
    return f"{said} — model range {_usd(figure.p10, style=style)} to {_usd(figure.p90, style=style)}"


def _usd(amount: float, *, style: Style) -> str:
    if abs(amount) >= 1e6:
        return f"${number(amount / 1e6, decimals=2, style=style)} million"
    return f"${number(amount, decimals=2, style=style, keep_zeros=True)}"


def reaction_lines(deal: DealRecord, *, style: Style = PLAIN) -> list[str]:
    """Say each reported share move, those tied to the deal first; one line per company, direction and session."""
    lines = []
    for reported in sorted(deal.reactions, key=lambda r: not r.reaction.deal_related):
        reaction = reported.reaction
        name = f"**{escape(reaction.company)}**" + (f" ({escape(reaction.ticker)})" if reaction.ticker else "")
        note = "" if reaction.deal_related else " — not tied to this deal"
        lines.append(f"{name} {move(reaction, style=style)}{note}")
    return list(dict.fromkeys(lines))


def field_name(field: str) -> str:
    """Name a field as people do."""
    return FIELD_NAMES.get(field, field.replace("_", " ").capitalize())


def conflict_line(conflict: Conflict, *, style: Style = PLAIN) -> str:
    """Say what the sources disagree on: "Capacity: **200 MW** (3 sources), 250 MW (1 source)"."""
    said = [
        f"{'**' if at == 0 else ''}{escape(claim_words(conflict.field, text, style=style))}{'**' if at == 0 else ''} "
        f"({plural(count, 'source')})"
        for at, (text, count) in enumerate(conflict.values)
    ]
    return f"{field_name(conflict.field)}: {', '.join(said)}"


def claim_words(field: str, text: str, *, style: Style) -> str:
    """Say a claim's stored value with its unit, a date no more precisely than it is known."""
    if dated := _DATED.fullmatch(text):
        return period(PartialDate(date=dated["day"], precision=Precision(dated["precision"] or "day")))
    try:
        amount = float(text)
    except ValueError:
        return text.replace("_", " ")
    for ending, say in _SAID_BY_ENDING.items():
        if field.endswith(ending):
            return say(amount, style=style)
    return number(amount, decimals=2, style=style)


_DATED = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)(?: \((?P<precision>day|month|quarter|half|year)\))?")
_SAID_BY_ENDING: dict[str, Callable[..., str]] = {
    "_usd": money,
    "value": money,
    "_mw": power,
    "_years": term,
    "_pct": percent,
}
