"""Answers from stored deals: selects the deals a question means, and says the fact with its proof.

Pure: a question and deal records in, an answer out. An answer states only what a record holds; what no article
states is said to be unstated, and a question outside that is declined with what can be asked instead.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.ask.question import Question, Topic
from bot.ask.statements import FACTS, Citation, citation, day_of, headline, proofs, reaction_proofs, summary
from bot.messages import wording
from bot.messages.markdown import visible
from bot.messages.measured import measured_lines
from db.records import DealRecord
from extractors.closed_sets import DealStatus

REFUSAL = (
    "I report what articles say; I do not predict prices or give investment advice. "
    "Ask what a deal is worth, how large it is, how long it runs or how the shares moved."
)
PUZZLED = (
    "I could not tell what you ask. Try: “How much is the IREN deal with Microsoft worth?”, "
    "“largest leases by MW this year”, “who are TeraWulf's tenants?”"
)
ADVICE = "no company and no site is called so. Write the name as the news does, or ask without it."
#: Figures stated by these are promises that did not come true, or not yet: they never enter a total.
_NOT_CONTRACTED = frozenset(
    {DealStatus.RUMORED, DealStatus.IN_TALKS, DealStatus.LOI, DealStatus.TERMINATED, DealStatus.REJECTED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is said, how the question was understood, the deals it rests on and the sentences that prove it."""

    text: str
    understood: str
    deals: tuple[DealRecord, ...] = ()
    lines: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    answered: bool = True


def answer(question: Question, deals: Sequence[DealRecord]) -> Answer:
    """Answer a question from deal records; ESTIMATE questions belong to the capacity model, not here."""
    if question.topic in {Topic.REFUSED, Topic.UNKNOWN}:
        text = REFUSAL if question.topic is Topic.REFUSED else PUZZLED
        return Answer(text=text, understood="", answered=False)
    if unheard := [name for name in question.strangers if not any(_is_at(deal, name) for deal in deals)]:
        text = f"I have no stored deal of {wording.listed([f'“{name}”' for name in unheard], joint='or')}: {ADVICE}"
        return Answer(text=text, understood="", answered=False)
    chosen = select(question, deals)
    understood = describe(question)
    if not chosen:
        return Answer(text=f"I have no stored deal that fits: {understood}.", understood=understood, answered=False)
    return _COMPOSERS[question.topic](question, chosen, understood)


def select(question: Question, deals: Iterable[DealRecord]) -> tuple[DealRecord, ...]:
    """Return the deals a question means, newest first; two named companies mean the deals between them."""
    fitting = [deal for deal in deals if _fits(question, deal)]
    between = [deal for deal in fitting if all(_has_party(deal, name) for name in question.companies)]
    if len(question.companies) > 1 and between:
        fitting = between
    return tuple(sorted(fitting, key=lambda deal: (day_of(deal), deal.slug), reverse=True))


def _fits(question: Question, deal: DealRecord) -> bool:
    facts = deal.facts
    return (
        (not question.companies or any(_has_party(deal, name) for name in question.companies))
        and all(_is_at(deal, name) for name in question.strangers)
        and (not question.deal_types or facts.deal_type in question.deal_types)
        and (not question.statuses or facts.status in question.statuses)
        and (not question.gpus or any(_is_named(gpu, facts.gpu_models) for gpu in question.gpus))
        and (question.since is None or day_of(deal) >= question.since)
        and (question.until is None or day_of(deal) < question.until)
    )


def _is_at(deal: DealRecord, name: str) -> bool:
    return name.casefold() in (deal.facts.site or "").casefold()


def _is_named(gpu: str, models: Sequence[str]) -> bool:
    return any(gpu in model.upper() for model in models)


def _has_party(deal: DealRecord, name: str) -> bool:
    parties = (deal.facts.provider, deal.facts.customer)
    return any(party is not None and party.casefold() == name.casefold() for party in parties)


def describe(question: Question) -> str:
    """Say how a question was understood, so that a reader can correct it."""
    parts = [question.topic.value.replace("_", " ")]
    kinds = sorted(wording.TYPE_WORDS[kind] for kind in question.deal_types)
    parts.append(f"of {wording.listed(kinds, joint='or')}s" if kinds else "of deals")
    if question.statuses:
        parts.append(f"({wording.listed(sorted(wording.STATUS_WORDS[s] for s in question.statuses), joint='or')})")
    if question.companies:
        parts.append(f"with {wording.listed(list(question.companies))}")
    if question.strangers:
        parts.append(f"at {wording.listed(list(question.strangers))}")
    if question.gpus:
        parts.append(f"on {wording.listed(list(question.gpus))}")
    if question.since:
        parts.append(f"since {question.since:%d %b %Y}".replace(" 0", " "))
    if question.until:
        parts.append(f"before {question.until:%d %b %Y}".replace(" 0", " "))
    return " ".join(parts)


def _fact_answer(question: Question, deals: Sequence[DealRecord], understood: str) -> Answer:
    read, field, unstated = FACTS[question.topic]
    shown = deals[: question.limit]
    lines = tuple(f"{headline(deal)}: {read(deal.facts) or unstated}" for deal in shown)
    citations = tuple(cite for deal in shown for cite in proofs(deal, field)[:1])
    stated = read(shown[0].facts)
    text = (
        f"{headline(shown[0])}: {stated or unstated}." if len(shown) == 1 else f"{wording.plural(len(deals), 'deal')}:"
    )
    return Answer(
        text=text, understood=understood, deals=tuple(shown), lines=lines if len(shown) > 1 else (), citations=citations
    )


def _list_answer(question: Question, deals: Sequence[DealRecord], understood: str) -> Answer:
    shown = deals[: question.limit]
    text = f"{wording.plural(len(deals), 'deal')}" + (f", the {len(shown)} newest:" if len(shown) < len(deals) else ":")
    return Answer(text=text, understood=understood, deals=tuple(shown), lines=tuple(map(summary, shown)))


def _evidence_answer(question: Question, deals: Sequence[DealRecord], understood: str) -> Answer:
    deal = deals[0]
    proofs: dict[tuple[str, str], Citation] = {}
    for claim in deal.claims:
        if claim.shown and claim.evidence:
            cite = citation(deal, claim)
            proofs.setdefault((cite.sentence, cite.publisher), cite)
    count = len([s for s in deal.sources if s.duplicate_of is None])
    text = f"{headline(deal)}: {wording.plural(count, 'independent source')}."
    return Answer(text=text, understood=understood, deals=(deal,), citations=tuple(proofs.values())[: question.limit])


def _reaction_answer(question: Question, deals: Sequence[DealRecord], understood: str) -> Answer:
    moves = [
        (deal, reported)
        for deal in deals
        for reported in deal.reactions
        if not question.companies or reported.reaction.company in question.companies or len(question.companies) > 1
    ]
    if not moves:
        text = "No source reports a share move for it."
        return Answer(text=text, understood=understood, deals=tuple(deals[:1]), lines=_measured(deals[:1]))
    shown = moves[: question.limit]
    told = {deal.slug: deal for deal, _ in shown}
    lines = tuple(f"{r.reaction.company} {wording.move(r.reaction)} ({headline(deal)})" for deal, r in shown)
    citations = tuple(cite for deal, r in shown for cite in reaction_proofs(deal, r))
    return Answer(
        text=f"{lines[0]}." if len(lines) == 1 else f"{wording.plural(len(moves), 'share move')}:",
        understood=understood,
        deals=tuple(told.values()),
        lines=(*(lines if len(lines) > 1 else ()), *_measured(tuple(told.values()))),
        citations=citations,
    )


def _measured(deals: Sequence[DealRecord]) -> tuple[str, ...]:
    """Say what was measured for the one deal that is meant; of several it would be a table, which `measure` prints."""
    lines = measured_lines(deals[0]) if len(deals) == 1 else []
    return ("Measured from daily closes:", *map(visible, lines)) if lines else ()


def _parties_answer(question: Question, deals: Sequence[DealRecord], understood: str) -> Answer:
    wants_customers = question.topic is Topic.CUSTOMERS
    names: dict[str, list[DealRecord]] = {}
    for deal in deals:
        own, other = _sides(deal, wants_customers=wants_customers)
        if not question.companies or own in question.companies:
            names.setdefault(other or "unnamed", []).append(deal)
    lines = tuple(f"{name}: {wording.plural(len(found), 'deal')}" for name, found in names.items())
    noun = "customer" if wants_customers else "provider"
    text = f"{wording.plural(len(names), noun)}: {wording.listed(list(names))}." if names else f"No stored {noun} fits."
    return Answer(text=text, understood=understood, deals=tuple(deals), lines=lines, answered=bool(names))


def _sides(deal: DealRecord, *, wants_customers: bool) -> tuple[str | None, str | None]:
    facts = deal.facts
    return (facts.provider, facts.customer) if wants_customers else (facts.customer, facts.provider)


def _count_answer(question: Question, deals: Sequence[DealRecord], understood: str) -> Answer:
    shown = deals[: question.limit]
    return Answer(
        text=f"{wording.plural(len(deals), 'deal')}.",
        understood=understood,
        deals=tuple(shown),
        lines=tuple(map(summary, shown)),
    )


def _ranking_answer(question: Question, deals: Sequence[DealRecord], understood: str) -> Answer:
    field = question.order or "value_usd"
    stating = [deal for deal in deals if getattr(deal.facts, field) is not None]
    firm = [deal for deal in stating if question.statuses or deal.facts.status not in _NOT_CONTRACTED]
    sign = 1 if question.ascending else -1
    ranked = sorted(firm, key=lambda deal: (sign * float(getattr(deal.facts, field)), deal.slug))[: question.limit]
    if not ranked:
        return Answer(text=f"No fitting deal states its {_ORDER_WORDS[field]}.", understood=understood, answered=False)
    lines = tuple(f"{place}. {summary(deal)}" for place, deal in enumerate(ranked, 1))
    left_out = len(stating) - len(firm)
    tail = f" ({left_out} unsigned or ended left out)" if left_out else ""
    return Answer(text=f"By {_ORDER_WORDS[field]}{tail}:", understood=understood, deals=tuple(ranked), lines=lines)


_ORDER_WORDS = {"value_usd": "base value", "capacity_mw": "megawatts", "term_years": "term", "gpu_count": "GPUs"}


def _total_answer(question: Question, deals: Sequence[DealRecord], understood: str) -> Answer:
    contracted = [deal for deal in deals if deal.facts.status not in _NOT_CONTRACTED]
    if question.topic is Topic.TOTAL_VALUE:
        values = [deal.facts.value_usd for deal in contracted if deal.facts.value_usd is not None]
        text = f"{wording.money(sum(values))} of base value" if values else "No stated base value"
        count = len(values)
    else:
        by_basis = _megawatts_by_basis(contracted)
        text = " + ".join(by_basis.values()) or "No stated megawatts"
        count = sum(deal.facts.capacity_mw is not None for deal in contracted)
    silent = len(contracted) - count
    tail = f" in {wording.plural(count, 'signed deal')}" + (f"; {silent} more do not state it" if silent else "")
    return Answer(
        text=f"{text}{tail}.", understood=understood, deals=tuple(contracted), lines=tuple(map(summary, contracted))
    )


def _megawatts_by_basis(deals: Iterable[DealRecord]) -> dict[str, str]:
    """Add up megawatts per basis; critical IT and gross power are never added together."""
    totals: dict[str, float] = {}
    for deal in deals:
        if deal.facts.capacity_mw is not None:
            basis = deal.facts.capacity_kind.value if deal.facts.capacity_kind else "unspecified"
            totals[basis] = totals.get(basis, 0.0) + deal.facts.capacity_mw
    words = {"it": " critical IT", "gross": " gross", "unspecified": " of unstated basis"}
    return {basis: f"{wording.power(total)}{words[basis]}" for basis, total in sorted(totals.items())}


_COMPOSERS: dict[Topic, Callable[[Question, Sequence[DealRecord], str], Answer]] = {
    **dict.fromkeys(FACTS, _fact_answer),
    Topic.LIST: _list_answer,
    Topic.EVIDENCE: _evidence_answer,
    Topic.REACTION: _reaction_answer,
    Topic.CUSTOMERS: _parties_answer,
    Topic.PROVIDERS: _parties_answer,
    Topic.COUNT: _count_answer,
    Topic.RANKING: _ranking_answer,
    Topic.TOTAL_CAPACITY: _total_answer,
    Topic.TOTAL_VALUE: _total_answer,
    Topic.ESTIMATE: _list_answer,
}
