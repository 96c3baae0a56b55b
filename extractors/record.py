"""The JSON form of what was read: one record per article, lossless in both directions.

It knows field names, their order and how numbers are printed, nothing of how a fact is found. The order of fields is
the order a person reads in `market-pulse extract --json`; absent facts are `null`, never left out.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, TypeVar

from extractors.closed_sets import (
    CapacityKind,
    DealStatus,
    DealType,
    Direction,
    LeaseForm,
    PartyKind,
    PartyRole,
    Precision,
    Qualifier,
    Session,
    Stage,
    Where,
)
from extractors.models import (
    Article,
    Evidence,
    Extraction,
    Mention,
    OtherParty,
    PartialDate,
    Progress,
    Reaction,
    Rename,
)

Json = dict[str, Any]
E = TypeVar("E")


def extraction_to_json(extraction: Extraction, *, article: Article | None = None) -> Json:
    """Return the record of one article; with `article`, the record also carries the title and text it was read from."""
    record: Json = {
        "id": extraction.id,
        "url": extraction.url,
        "is_deal_article": extraction.is_deal_article,
        "deals": [mention_to_json(mention) for mention in extraction.deals],
        "reactions": [reaction_to_json(reaction) for reaction in extraction.reactions],
        "points": {"bull": list(extraction.bull), "bear": list(extraction.bear)},
        "notes": list(extraction.notes),
        "progress": [progress_to_json(told) for told in extraction.progress],
        "renames": [rename_to_json(told) for told in extraction.renames],
    }
    if article is not None:
        record |= {"title": article.title, "text": article.text}
    return record


def extraction_from_json(record: Mapping[str, Any]) -> Extraction:
    """Read a record back; keys that are not the record's own (title, text, …) are ignored."""
    points = record.get("points") or {}
    return Extraction(
        id=record.get("id"),
        url=record.get("url"),
        is_deal_article=bool(record.get("is_deal_article")),
        deals=tuple(mention_from_json(deal) for deal in record.get("deals") or ()),
        reactions=tuple(map(reaction_from_json, record.get("reactions") or ())),
        bull=tuple(points.get("bull") or ()),
        bear=tuple(points.get("bear") or ()),
        notes=tuple(record.get("notes") or ()),
        progress=tuple(map(progress_from_json, record.get("progress") or ())),
        renames=tuple(rename_from_json(told) for told in record.get("renames") or ()),
    )


def mention_to_json(mention: Mention) -> Json:
    """Return one deal as the record prints it."""
    return {
        "primary": mention.primary,
        "provider": mention.provider,
        "provider_kind": mention.provider_kind.value,
        "customer": mention.customer,
        "customer_kind": mention.customer_kind.value,
        "miner_hyperscaler": mention.miner_hyperscaler,
        "deal_type": mention.deal_type.value,
        "status": mention.status.value,
        "value_usd": plain_number(mention.value_usd),
        "value_qualifier": mention.value_qualifier,
        "value_max_usd": plain_number(mention.value_max_usd),
        "value_original": plain_number(mention.value_original),
        "value_currency": mention.value_currency,
        "term_years": plain_number(mention.term_years),
        "term_max_years": plain_number(mention.term_max_years),
        "announced_on": date_to_json(mention.announced_on),
        "delivery_start": date_to_json(mention.delivery_start),
        "delivery_end": date_to_json(mention.delivery_end),
        "capacity_mw": plain_number(mention.capacity_mw),
        "capacity_kind": mention.capacity_kind,
        "capacity_max_mw": plain_number(mention.capacity_max_mw),
        "gpu_models": list(mention.gpu_models),
        "gpu_count": mention.gpu_count,
        "site": mention.site,
        "annual_value_usd": plain_number(mention.annual_value_usd),
        "prepayment_pct": plain_number(mention.prepayment_pct),
        "noi_margin_pct": plain_number(mention.noi_margin_pct),
        "other_parties": [{"name": party.name, "role": party.role.value} for party in mention.other_parties],
        "escalator_pct": plain_number(mention.escalator_pct),
        "lease_form": mention.lease_form,
        "capex_usd": plain_number(mention.capex_usd),
        "energy_source": mention.energy_source,
        "evidence": {field: [evidence_to_json(e) for e in proofs] for field, proofs in mention.evidence.items()},
        "confidence": round(mention.confidence, 3),
    }


def mention_from_json(deal: Mapping[str, Any]) -> Mention:
    """Read one deal back; a missing field reads as not stated."""
    evidence = deal.get("evidence") or {}
    return Mention(
        primary=bool(deal["primary"]),
        provider=deal.get("provider"),
        customer=deal.get("customer"),
        provider_kind=PartyKind(deal["provider_kind"]),
        customer_kind=PartyKind(deal["customer_kind"]),
        miner_hyperscaler=bool(deal["miner_hyperscaler"]),
        deal_type=DealType(deal["deal_type"]),
        status=DealStatus(deal["status"]),
        value_usd=_decimal(deal.get("value_usd")),
        value_qualifier=_member(Qualifier, deal.get("value_qualifier")),
        value_max_usd=_decimal(deal.get("value_max_usd")),
        value_original=_decimal(deal.get("value_original")),
        value_currency=deal.get("value_currency"),
        term_years=_float(deal.get("term_years")),
        term_max_years=_float(deal.get("term_max_years")),
        announced_on=date_from_json(deal.get("announced_on")),
        delivery_start=date_from_json(deal.get("delivery_start")),
        delivery_end=date_from_json(deal.get("delivery_end")),
        capacity_mw=_float(deal.get("capacity_mw")),
        capacity_kind=_member(CapacityKind, deal.get("capacity_kind")),
        capacity_max_mw=_float(deal.get("capacity_max_mw")),
        gpu_models=tuple(deal.get("gpu_models") or ()),
        gpu_count=deal.get("gpu_count"),
        site=deal.get("site"),
        annual_value_usd=_decimal(deal.get("annual_value_usd")),
        prepayment_pct=_float(deal.get("prepayment_pct")),
        noi_margin_pct=_float(deal.get("noi_margin_pct")),
        other_parties=tuple(
            OtherParty(name=party["name"], role=PartyRole(party["role"])) for party in deal.get("other_parties") or ()
        ),
        escalator_pct=_float(deal.get("escalator_pct")),
        lease_form=_member(LeaseForm, deal.get("lease_form")),
        capex_usd=_decimal(deal.get("capex_usd")),
        energy_source=deal.get("energy_source"),
        evidence={field: tuple(evidence_from_json(proof) for proof in proofs) for field, proofs in evidence.items()},
        confidence=float(deal.get("confidence") or 0.0),
    )


def reaction_to_json(reaction: Reaction) -> Json:
    """Return one share-price move as the record prints it."""
    return {
        "company": reaction.company,
        "ticker": reaction.ticker,
        "direction": reaction.direction.value,
        "pct": plain_number(reaction.pct),
        "price_from": plain_number(reaction.price_from),
        "price_to": plain_number(reaction.price_to),
        "qualifier": reaction.qualifier,
        "session": reaction.session.value,
        "deal_related": reaction.deal_related,
        "evidence": [evidence_to_json(proof) for proof in reaction.evidence],
    }


def reaction_from_json(reaction: Mapping[str, Any]) -> Reaction:
    """Read one share-price move back."""
    return Reaction(
        company=reaction["company"],
        ticker=reaction.get("ticker"),
        direction=Direction(reaction["direction"]),
        pct=_float(reaction.get("pct")),
        price_from=_float(reaction.get("price_from")),
        price_to=_float(reaction.get("price_to")),
        qualifier=_member(Qualifier, reaction.get("qualifier")),
        session=Session(reaction.get("session") or Session.UNSPECIFIED),
        deal_related=bool(reaction.get("deal_related")),
        evidence=tuple(evidence_from_json(proof) for proof in reaction.get("evidence") or ()),
    )


def progress_to_json(told: Progress) -> Json:
    """Return one statement of what has happened on site; `deal` counts the record's deals from 0."""
    return {
        "deal": told.deal,
        "stage": told.stage.value,
        "capacity_mw": plain_number(told.capacity_mw),
        "on": date_to_json(told.on),
        "evidence": [evidence_to_json(proof) for proof in told.evidence],
    }


def progress_from_json(told: Mapping[str, Any]) -> Progress:
    """Read one statement of progress back."""
    on = told["on"]
    return Progress(
        deal=told["deal"],
        stage=Stage(told["stage"]),
        capacity_mw=_float(told.get("capacity_mw")),
        on=PartialDate(date=on["date"], precision=Precision(on["precision"])),
        evidence=tuple(evidence_from_json(proof) for proof in told.get("evidence") or ()),
    )


def rename_to_json(told: Rename) -> Json:
    """Return one change of a company's name."""
    return {"old": told.old, "new": told.new, "evidence": [evidence_to_json(proof) for proof in told.evidence]}


def rename_from_json(told: Mapping[str, Any]) -> Rename:
    """Read one change of a company's name back."""
    return Rename(old=told["old"], new=told["new"], evidence=tuple(map(evidence_from_json, told.get("evidence") or ())))


def evidence_to_json(evidence: Evidence) -> Json:
    """Return one proof: where, from which to which character, the words, and the rule that read them."""
    return {
        "in": evidence.where.value,
        "start": evidence.start,
        "end": evidence.end,
        "text": evidence.text,
        "rule": evidence.rule,
    }


def evidence_from_json(proof: Mapping[str, Any]) -> Evidence:
    """Read one proof back."""
    return Evidence(
        where=Where(proof["in"]),
        start=proof["start"],
        end=proof["end"],
        text=proof["text"],
        rule=proof.get("rule") or "",
    )


def date_to_json(date: PartialDate | None) -> Json | None:
    """Return `{"date", "precision"}`, or None."""
    return None if date is None else {"date": date.date, "precision": date.precision.value}


def date_from_json(date: Mapping[str, Any] | None) -> PartialDate | None:
    """Read a date and its precision back."""
    return None if date is None else PartialDate(date=date["date"], precision=Precision(date["precision"]))


def article_from_json(line: Mapping[str, Any]) -> Article:
    """Read `{"id", "title", "text", "published", "url"}`, all but `text` optional.

    `published` is a day or an ISO 8601 time; without an offset it is taken as UTC. A time that cannot be read counts as
    not stated, because an article is worth reading without its date.
    """
    identifier = line.get("id")
    return Article(
        text=str(line["text"]),
        id=None if identifier is None else str(identifier),
        title=str(line.get("title") or ""),
        published=_instant(line.get("published")),
        url=line.get("url"),
    )


def article_to_json(article: Article) -> Json:
    """Return an article as one line of the extractor's input."""
    published = None if article.published is None else article.published.isoformat()
    return {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "published": published,
        "url": article.url,
    }


def plain_number(number: Decimal | float | None) -> int | float | None:
    """Print 9700000000 rather than 9.7E+9 or 9700000000.0, and 1.5 as 1.5."""
    if number is None:
        return None
    return int(number) if number == int(number) else float(number)


def _instant(published: object) -> datetime | None:
    if not isinstance(published, str):
        return None
    try:
        moment = datetime.fromisoformat(published.strip())
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _decimal(number: float | str | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _float(number: float | None) -> float | None:
    return None if number is None else float(number)


def _member(kind: Callable[[str], E], name: str | None) -> E | None:
    return None if name is None else kind(name)
