"""A deal as it was known on a day: concluded anew from the articles published until then.

    seen_from(db, deal, as_of) -> DealRecord | None     None: nobody had told it yet

Knows the past only through what is stored: publication dates, and the dates of corrections.
"""

from dataclasses import replace
from datetime import UTC, datetime

from db import mentions
from db.claims import evidence_of
from db.connection import Database
from db.corrections import accepted
from db.records import Conflict, DealRecord
from db.redraw import deal_name
from db.tiers import evidence_tier
from extractors.resolve import conclude


def seen_from(db: Database, deal: DealRecord, as_of: datetime) -> DealRecord | None:
    """Return the deal as the articles published until then tell it."""
    known = [row.item for row in mentions.of_deal(db, deal.id) if row.item.told_at <= as_of]
    if not any(item.mention.primary for item in known):
        return None
    conclusion = conclude(known, corrections=accepted(db, deal.id, until=as_of))
    articles = {item.article_id for item in known}
    shown = {(said.item.article_id, said.field) for said in conclusion.said if said.shown}
    claims = tuple(
        replace(claim, shown=(claim.article_id, claim.field) in shown)
        for claim in deal.claims
        if claim.article_id in articles
    )
    sources = tuple(source for source in deal.sources if source.article_id in articles)
    return replace(
        deal,
        name=deal_name(conclusion.facts),
        facts=replace(conclusion.facts, evidence=evidence_of(claims)),
        updated_at=min(deal.updated_at, as_of.astimezone(UTC)),
        evidence_tier=evidence_tier(conclusion, {source.article_id: source.tier for source in sources}),
        sources=sources,
        claims=claims,
        conflicts=tuple(Conflict(field=dispute.field, values=dispute.values) for dispute in conclusion.disputes),
        reactions=tuple(reported for reported in deal.reactions if reported.article_id in articles),
        events=tuple(event for event in deal.events if event.at <= as_of),
        estimate={},
    )
