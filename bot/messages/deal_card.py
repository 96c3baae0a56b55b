"""One deal from five sides: facts, evidence, history, share reactions, the model's value. Pure.

Buttons carry the deal in their ids, so a tab turns after a restart too.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.delivery.news import NewsEvent
from bot.messages.facts import claim_words, field_name, reaction_lines
from bot.messages.headline import headline
from bot.messages.limits import MAX_DESCRIPTION, fit
from bot.messages.markdown import escape, join_lines, link, plain, shorten
from bot.messages.measured import measured_lines
from bot.messages.message import Button, ButtonStyle, Embed, Message
from bot.messages.render import COLOURS, DISCLAIMER, alert_message
from bot.messages.sourcing import (
    QUOTE_LIMIT,
    TIER_ORDER,
    proof_url,
    reaction_sentence,
    reaction_url,
    sentence_of,
    source_lines,
)
from bot.messages.wording import PLAIN, Style, millions, moment, number
from bot.milestones import lines
from db.records import Claim, DealRecord, EstimateValue, Source

TABS = {
    "facts": "Facts",
    "evidence": "Evidence",
    "history": "History",
    "reactions": "Reactions",
    "value": "Value",
}
#: The figures of a stored estimate that are shown, in this order.
VALUES = {
    "usd_per_mw_year": "A MW-year",
    "usd_per_mw_year_if_gross": "A MW-year, if the MW are gross",
    "usd_per_mw_year_y1": "A MW-year, first year",
    "usd_per_gpu_hour": "A GPU-hour",
    "rent_usd_per_kw_month": "Rent",
    "gpu_count": "GPUs",
    "mw_it": "Critical IT",
    "mw_gross": "Gross power",
    "noi_usd": "NOI",
    "capex_total_usd": "Capital to build",
    "capital_charge_usd": "Capital charge",
    "npv_usd": "Net present value",
    "irr": "Internal rate of return",
    "payback_years": "Payback",
    "mining_revenue_given_up_usd": "Mining revenue given up",
    "mining_margin_given_up_usd": "Mining margin given up",
    "crossover_hashprice_cash": "Mining would match at a hashprice of",
    "crossover_hashprice_after_capital": "…after the capital charge",
    "z_score": "Distance from its peers",
}
#: The order in which facts are proven; others follow.
_PROVEN_FIRST = (
    "status",
    "provider",
    "customer",
    "value_usd",
    "value_original",
    "value_max_usd",
    "capacity_mw",
    "term_years",
)
#: Sentences quoted below the reported moves; more say the same again.
_QUOTED_REACTIONS = 2
_Lines = Callable[[DealRecord, Style], Iterator[str]]


def deal_tab(
    deal: DealRecord, tab: str, event: NewsEvent, *, style: Style = PLAIN, as_of: str | None = None
) -> Message:
    """Draw one side of a deal with the buttons to the others."""
    card = alert_message(deal, event, style=style).embeds[0]
    if tab != "facts":
        lines = list(_LINES[tab](deal, style))
        text = join_lines(lines, MAX_DESCRIPTION) if lines else _NOTHING[tab]
        card = replace(card, description=text, fields=(), author=f"{TABS[tab]} · {plain(deal.name)}")
    if as_of:
        card = replace(card, footer=f"as known on {as_of} · {card.footer}")
    return Message(embeds=(fit(card),), buttons=deal_buttons(deal.id, tab))


def deal_buttons(deal_id: int, tab: str) -> tuple[Button, ...]:
    """Return the tabs, the shown one marked, and below them what can be done."""
    tabs = tuple(
        Button(
            label=label,
            custom_id=f"mp:tab:{name}:{deal_id}",
            style=ButtonStyle.PRIMARY if name == tab else ButtonStyle.SECONDARY,
        )
        for name, label in TABS.items()
    )
    acts = {"sources": "Sources", "chart": "Chart", "correct": "Suggest a correction"}
    return tabs + tuple(Button(label=label, custom_id=f"mp:{act}:{deal_id}") for act, label in acts.items())


def side_message(deal: DealRecord, tab: str, *, style: Style = PLAIN) -> Message:
    """Draw one side of a deal alone: the answer to a button under an alert."""
    lines = list(_LINES[tab](deal, style))
    embed = Embed(
        title=escape(headline(deal, style=style)),
        author=TABS.get(tab, "Sources"),
        colour=COLOURS[deal.facts.status],
        description=join_lines(lines, MAX_DESCRIPTION) if lines else _NOTHING[tab],
        footer=DISCLAIMER,
    )
    return Message(embeds=(fit(embed),))


def _evidence(deal: DealRecord, style: Style) -> Iterator[str]:
    """Quote one sentence for each shown fact, the words that state it in bold; a sentence stands once for all it proves."""
    by_id = {source.article_id: source for source in deal.sources}
    proven: dict[tuple[int, str], list[Claim]] = {}
    for claim in _best_claims(deal):
        proven.setdefault((claim.article_id, _sentence(claim)), []).append(claim)
    for (article_id, sentence), claims in proven.items():
        said = [f"**{field_name(c.field)}** {escape(claim_words(c.field, c.value, style=style))}" for c in claims]
        yield f"{', '.join(said)}\n> “{_marked(sentence, claims)}” {_place(by_id.get(article_id), claims[0])}"


def _best_claims(deal: DealRecord) -> Iterator[Claim]:
    """Yield the best proven claim of each shown fact: best kind of source, the earliest of its kind."""
    told_in_dollars = any(claim.field == "value_usd" and claim.shown for claim in deal.claims)
    ranked = sorted(
        (c for c in deal.claims if c.shown and c.evidence is not None),
        key=lambda c: (TIER_ORDER.index(c.tier), c.published_at.timestamp() if c.published_at else float("inf")),
    )
    best: dict[str, Claim] = {}
    for claim in ranked:
        best.setdefault(claim.field, claim)
    shown = [field for field in _PROVEN_FIRST if field in best] + [f for f in best if f not in _PROVEN_FIRST]
    yield from (best[field] for field in shown if field != "value_original" or not told_in_dollars)


def _sentence(claim: Claim) -> str:
    return plain(sentence_of(claim))


def _marked(sentence: str, claims: Sequence[Claim]) -> str:
    """Escape a sentence with the proving words in bold."""
    quoted = escape(shorten(sentence, QUOTE_LIMIT))
    words = {escape(plain(claim.evidence.text)) for claim in claims if claim.evidence is not None}
    for word in sorted(words, key=len, reverse=True):
        if word != quoted and f"**{word}" not in quoted:
            quoted = quoted.replace(word, f"**{word}**", 1)
    return quoted


def _place(source: Source | None, claim: Claim) -> str:
    return "" if source is None else f"— {link(source.publisher, proof_url(source, claim))}"


def _history(deal: DealRecord, style: Style) -> Iterator[str]:
    if not any(event.at <= deal.first_seen_at for event in deal.events):
        yield f"{moment(deal.first_seen_at, style=style)} · first seen"
    for event in deal.events:
        yield f"{moment(event.at, style=style)} · {escape(event.detail or event.kind)}"
    if planned := lines(deal):
        yield "**Milestones**"
    yield from (f"{when} · {escape(what)}" for when, what in planned)


def _reactions(deal: DealRecord, style: Style) -> Iterator[str]:
    """Tell what articles report, each with its sentence, and apart from it what the closing prices say."""
    measured = measured_lines(deal, style=style)
    if deal.reactions and measured:
        yield "**As articles report it**"
    yield from (f"- {line}" for line in reaction_lines(deal, style=style))
    yield from _reaction_quotes(deal)
    if measured:
        yield "**Measured from daily closes**"
    yield from measured


def _reaction_quotes(deal: DealRecord) -> Iterator[str]:
    by_id = {source.article_id: source for source in deal.sources}
    told = {reaction_sentence(r): r for r in deal.reactions if r.reaction.deal_related and reaction_sentence(r)}
    for sentence, reported in list(told.items())[:_QUOTED_REACTIONS]:
        source = by_id.get(reported.article_id)
        place = f" — {link(source.publisher, reaction_url(source, reported))}" if source else ""
        yield f"> “{escape(shorten(plain(sentence), QUOTE_LIMIT))}”{place}"


def _value(deal: DealRecord, style: Style) -> Iterator[str]:
    lines = [
        f"**{label}** {span(deal.estimate[key], style=style, with_unit=not label.startswith(('A ', 'GPUs')))}"
        for key, label in VALUES.items()
        if key in deal.estimate
    ]
    if lines:
        yield "-# the middle of the model's range, its 10 % and 90 % points in brackets"
    yield from lines


def span(figure: EstimateValue, *, style: Style = PLAIN, with_unit: bool = True) -> str:
    """Say a figure of the model: the middle, and its range where there is one."""
    dollars = figure.unit.startswith("USD")
    unit = figure.unit.removeprefix("USD").removeprefix("/")
    middle, low, high = (_amount(value, dollars=dollars, style=style) for value in (figure.p50, figure.p10, figure.p90))
    per = "" if unit in {"", "ratio"} or not with_unit else f" per {unit}" if dollars else f" {unit}"
    return f"{middle}{per}" if low == high else f"{middle}{per} ({low} to {high})"


def _amount(value: float, *, dollars: bool, style: Style) -> str:
    if dollars and abs(value) >= 1e6:
        return millions(value, style=style)
    decimals = 0 if abs(value) >= 1000 else 2
    sign = "−" if value < 0 else ""
    return f"{sign}{'$' if dollars else ''}{number(abs(value), decimals=decimals, style=style, keep_zeros=dollars)}"


def _sources(deal: DealRecord, style: Style) -> Iterator[str]:
    yield from (
        f"- {line}" if not line.startswith("-#") else line for line in source_lines(deal, style=style, limit=25)
    )


_LINES: dict[str, _Lines] = {
    "evidence": _evidence,
    "history": _history,
    "reactions": _reactions,
    "value": _value,
    "sources": _sources,
}
_NOTHING = {
    "evidence": "No stored sentence: the texts were not kept.",
    "history": "Nothing has happened since it was announced.",
    "reactions": "No article reports a share move beside this deal, and none was measured.",
    "value": "The articles state too little for the model: it needs megawatts, GPUs or a value.",
    "sources": "No source is stored.",
}
