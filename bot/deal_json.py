"""A deal as a program reads it: the facts as `extract --json` names them, with sources, claims, events and figures."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.messages.sourcing import proof_url
from db.market_records import MeasuredReaction
from db.records import Claim, DealRecord, Source
from extractors.record import mention_to_json, reaction_to_json

Json = dict[str, Any]


def deal_to_json(deal: DealRecord, *, full: bool = False) -> Json:
    """Return a deal as plain values; `full` adds every claim with its sentence and the address of it."""
    facts = mention_to_json(deal.facts)
    evidence = facts.pop("evidence")
    record: Json = {
        "slug": deal.slug,
        "name": deal.name,
        **facts,
        "evidence_tier": deal.evidence_tier,
        "is_history": deal.is_history,
        "first_seen_at": _instant(deal.first_seen_at),
        "updated_at": _instant(deal.updated_at),
        "conflicts": [{"field": c.field, "values": [list(pair) for pair in c.values]} for c in deal.conflicts],
        "sources": [
            {
                "article_id": source.article_id,
                "publisher": source.publisher,
                "title": source.title,
                "url": source.url,
                "published_at": _instant(source.published_at),
                "tier": source.tier.value,
                "primary": source.primary,
                "copy_of": source.duplicate_of,
            }
            for source in deal.sources
        ],
        "reactions": [
            reaction_to_json(r.reaction) | {"article_id": r.article_id, "published_at": _instant(r.published_at)}
            for r in deal.reactions
        ],
        "measured_reactions": [measured_to_json(measured) for measured in deal.measured],
        "events": [
            {"at": _instant(event.at), "kind": event.kind, "detail": event.detail, "article_id": event.article_id}
            for event in deal.events
        ],
        "estimate": {key: asdict(value) for key, value in deal.estimate.items()},
    }
    if full:
        by_id = {source.article_id: source for source in deal.sources}
        claims = [_claim(claim, by_id.get(claim.article_id)) for claim in deal.claims]
        record |= {"evidence": evidence, "claims": claims}
    return record


def _claim(claim: Claim, source: Source | None) -> Json:
    return {
        "field": claim.field,
        "value": claim.value,
        "qualifier": claim.qualifier,
        "shown": claim.shown,
        "article_id": claim.article_id,
        "published_at": _instant(claim.published_at),
        "tier": claim.tier.value,
        "sentence": claim.sentence,
        "evidence_url": proof_url(source, claim),
    }


def measured_to_json(measured: MeasuredReaction) -> Json:
    """Return what was measured for one party as plain values."""
    record: Json = {
        "company": measured.company,
        "symbol": measured.symbol,
        "announced_at": _instant(measured.announced_at),
        "time_known": measured.time_known,
        "event_day": measured.event_day and measured.event_day.isoformat(),
        "reason": measured.reason or None,
        "source": measured.source,
        "confounders": [asdict(found) | {"cause": found.cause.value} for found in measured.confounders],
    }
    moves = [asdict(move) | {"from_day": str(move.from_day), "to_day": str(move.to_day)} for move in measured.moves]
    return record | {"moves": moves}


def _instant(when: datetime | None) -> str | None:
    return None if when is None else when.isoformat().replace("+00:00", "Z")
