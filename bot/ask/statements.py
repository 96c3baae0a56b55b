"""What can be said of one deal in a line, and the sentences that prove it. Pure; knows no question's selection."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.ask.question import Topic
from bot.messages import wording
from bot.messages.sourcing import proof_url, reaction_sentence, reaction_url, sentence_of
from db.records import Claim, DealRecord, ReportedReaction, Source
from extractors.models import Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The sentence that proves a statement, and where it stands: the address leads to the sentence itself."""

    sentence: str
    publisher: str
    url: str | None


def day_of(deal: DealRecord) -> date:
    announced = deal.facts.announced_on
    return date.fromisoformat(announced.date) if announced else deal.first_seen_at.date()


def headline(deal: DealRecord) -> str:
    """Name a deal in one line: parties, type, status, day."""
    facts = deal.facts
    provider = facts.provider or wording.unnamed(facts.provider_kind)
    customer = facts.customer or wording.unnamed(facts.customer_kind)
    return f"{provider} → {customer}, {wording.TYPE_WORDS[facts.deal_type]}, {wording.STATUS_WORDS[facts.status]}"


def _value(facts: Mention) -> str | None:
    if facts.value_usd is not None:
        return wording.qualified(wording.money(facts.value_usd), facts.value_qualifier)
    if facts.value_original is not None and facts.value_currency:
        return wording.qualified(
            wording.money(facts.value_original, currency=facts.value_currency), facts.value_qualifier
        )
    return None


def value_in_full(facts: Mention) -> str | None:
    base = _value(facts)
    if facts.value_max_usd is None:
        return base
    most = f"{wording.money(facts.value_max_usd)} with all options"
    return f"{base}, up to {most}" if base else f"up to {most}, its base value is not stated"


def _capacity(facts: Mention) -> str | None:
    return None if facts.capacity_mw is None else wording.power(facts.capacity_mw, kind=facts.capacity_kind)


def _term(facts: Mention) -> str | None:
    if facts.term_years is None:
        return None
    base = wording.term(facts.term_years)
    return f"{base}, {wording.term(facts.term_max_years)} with all options" if facts.term_max_years else base


def _gpus(facts: Mention) -> str | None:
    models = wording.listed(list(facts.gpu_models))
    if facts.gpu_count is None:
        return models or None
    return f"{wording.number(facts.gpu_count)} {models or 'GPUs'}"


def _when(facts: Mention) -> str | None:
    return wording.period(facts.announced_on) if facts.announced_on else None


def _delivery(facts: Mention) -> str | None:
    start, end = (wording.period(day) if day else None for day in (facts.delivery_start, facts.delivery_end))
    if start and end:
        return f"from {start} to {end}"
    return f"from {start}" if start else f"until {end}" if end else None


def _prepayment(facts: Mention) -> str | None:
    return None if facts.prepayment_pct is None else f"{wording.percent(facts.prepayment_pct)} paid in advance"


#: topic -> (how the fact reads, the mention's field that proves it, the words when it is not stated)
FACTS: dict[Topic, tuple[Callable[[Mention], str | None], str, str]] = {
    Topic.VALUE: (value_in_full, "value_usd", "no source states its value"),
    Topic.CAPACITY: (_capacity, "capacity_mw", "no source states its megawatts"),
    Topic.TERM: (_term, "term_years", "no source states its term"),
    Topic.GPUS: (_gpus, "gpu_count", "no source states its GPUs"),
    Topic.SITE: (lambda facts: facts.site, "site", "no source states its site"),
    Topic.WHEN: (_when, "announced_on", "no source states its date"),
    Topic.DELIVERY: (_delivery, "delivery_start", "no source states its delivery"),
    Topic.PREPAYMENT: (_prepayment, "prepayment_pct", "no source states a prepayment"),
    Topic.STATUS: (lambda facts: wording.STATUS_WORDS[facts.status], "status", "no source states its status"),
}


def summary(deal: DealRecord) -> str:
    facts = deal.facts
    figures = [figure for figure in (value_in_full(facts), _capacity(facts), _term(facts)) if figure]
    return f"{day_of(deal):%Y-%m-%d} · {headline(deal)}" + (f": {' · '.join(figures)}" if figures else "")


def proofs(deal: DealRecord, field: str) -> list[Citation]:
    """Return the shown claims of a field with their sentences, then any other; longest-trusted first."""
    claims = sorted((c for c in deal.claims if c.field == field and c.evidence), key=lambda claim: not claim.shown)
    return [citation(deal, claim) for claim in claims]


def citation(deal: DealRecord, claim: Claim) -> Citation:
    source = _source(deal, claim.article_id)
    return Citation(sentence=sentence_of(claim), publisher=_publisher(source), url=proof_url(source, claim))


def reaction_proofs(deal: DealRecord, reported: ReportedReaction) -> list[Citation]:
    """Return the sentence that reports a share move, none where the article did not keep it."""
    source, sentence = _source(deal, reported.article_id), reaction_sentence(reported)
    if not sentence:
        return []
    return [Citation(sentence=sentence, publisher=_publisher(source), url=reaction_url(source, reported))]


def _source(deal: DealRecord, article_id: int) -> Source | None:
    return next((s for s in deal.sources if s.article_id == article_id), None)


def _publisher(source: Source | None) -> str:
    return source.publisher if source else "unknown source"
