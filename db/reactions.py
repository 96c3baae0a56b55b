"""Reactions: share-price moves as articles report them, attached to the deal the article is about.

insert_reactions(db, article_id, reactions, *, title, text, history_id)
delete_reactions(db, article_id)
attach(db, article_id)                           reactions_of(db, deal_ids) -> {deal id: tuple[ReportedReaction, …]}
"""

import json
from collections.abc import Collection, Sequence
from typing import Any

from db.claims import chunks, proven_sentence
from db.companies import keys_of
from db.connection import Database
from db.instants import from_text
from db.records import ReportedReaction
from extractors.closed_sets import Direction, Qualifier, Session
from extractors.models import Reaction
from extractors.record import evidence_from_json, evidence_to_json
from extractors.resolve import party_key
from extractors.text.proof_link import text_directive

_COLUMNS = (
    *("company", "ticker", "direction", "pct", "qualifier", "session", "deal_related", "price_from", "price_to"),
    "evidence",
)


def insert_reactions(
    db: Database,
    article_id: int,
    reactions: Sequence[Reaction],
    *,
    title: str = "",
    text: str = "",
    history_id: str | None = None,
) -> None:
    """Store the share moves of an article; the sentences are taken from its title and text.

    `history_id` is the row of the bundled history they come from.
    """
    keys = keys_of(db, (reaction.company for reaction in reactions))
    for reaction in reactions:
        sentence = proven_sentence(reaction.evidence, title=title, text=text)
        values = {
            "article_id": article_id,
            "name": f"{reaction.company} {reaction.direction.value}" + (f" {reaction.pct:g} %" if reaction.pct else ""),
            "company": reaction.company,
            "company_key": party_key(reaction.company, keys),
            "ticker": reaction.ticker,
            "direction": reaction.direction.value,
            "pct": reaction.pct,
            "qualifier": reaction.qualifier,
            "session": reaction.session.value,
            "deal_related": int(reaction.deal_related),
            "price_from": reaction.price_from,
            "price_to": reaction.price_to,
            "evidence": json.dumps([evidence_to_json(proof) for proof in reaction.evidence], ensure_ascii=False),
            "sentence": sentence,
            "text_directive": text_directive(sentence or "", within=text) or None,
            "history_id": history_id,
        }
        marks = ", ".join(f":{column}" for column in values)
        db.execute(f"INSERT INTO reactions ({', '.join(values)}) VALUES ({marks})", values)


def delete_reactions(db: Database, article_id: int) -> None:
    """Forget the share moves of an article, before it is read anew."""
    db.execute("DELETE FROM reactions WHERE article_id = ?", (article_id,))


def attach(db: Database, article_id: int) -> None:
    """Attach an article's share moves to its primary deals: the mover's own, else the article's only one."""
    deals = db.execute(
        "SELECT deal_id, provider_key, customer_key FROM mentions"
        " WHERE article_id = ? AND is_primary = 1 AND deal_id IS NOT NULL ORDER BY position",
        (article_id,),
    ).fetchall()
    for reaction_id, company_key in db.execute(
        "SELECT id, company_key FROM reactions WHERE article_id = ?", (article_id,)
    ).fetchall():
        own = [deal_id for deal_id, provider, customer in deals if company_key in {provider, customer}]
        only = {deal_id for deal_id, _, _ in deals}
        chosen = own[0] if own else (only.pop() if len(only) == 1 else None)
        db.execute("UPDATE reactions SET deal_id = ? WHERE id = ?", (chosen, reaction_id))


def reactions_of(db: Database, deal_ids: Collection[int]) -> dict[int, tuple[ReportedReaction, ...]]:
    """Return the share moves attached to deals, earliest first; those of copied articles are left out."""
    found: dict[int, tuple[ReportedReaction, ...]] = {}
    for chunk in chunks(deal_ids):
        rows = db.execute(
            f"SELECT r.deal_id, r.article_id, a.published_at, r.sentence, r.text_directive, r.company_key,"
            f" {', '.join(f'r.{column}' for column in _COLUMNS)}"
            " FROM reactions AS r JOIN articles AS a ON a.id = r.article_id"
            f" WHERE r.deal_id IN ({', '.join('?' * len(chunk))}) AND a.duplicate_of IS NULL"
            " ORDER BY coalesce(a.published_at, a.fetched_at), r.id",
            chunk,
        )
        for deal_id, article_id, published_at, sentence, directive, key, *values in rows:
            reported = ReportedReaction(
                reaction=_reaction(dict(zip(_COLUMNS, values, strict=True))),
                article_id=article_id,
                published_at=from_text(published_at),
                sentence=sentence,
                text_directive=directive,
                company_key=key,
            )
            found[deal_id] = (*found.get(deal_id, ()), reported)
    return found


def reactions_by_article(db: Database) -> dict[int, tuple[Reaction, ...]]:
    """Return the share moves that articles told, by article; those of the bundled history are left out."""
    found: dict[int, tuple[Reaction, ...]] = {}
    rows = db.execute(
        f"SELECT article_id, {', '.join(_COLUMNS)} FROM reactions WHERE history_id IS NULL ORDER BY article_id, id"
    )
    for article_id, *values in rows:
        told = _reaction(dict(zip(_COLUMNS, values, strict=True)))
        found[article_id] = (*found.get(article_id, ()), told)
    return found


def _reaction(row: dict[str, Any]) -> Reaction:
    return Reaction(
        company=row["company"],
        direction=Direction(row["direction"]),
        ticker=row["ticker"],
        pct=row["pct"],
        qualifier=None if row["qualifier"] is None else Qualifier(row["qualifier"]),
        session=Session(row["session"]),
        deal_related=bool(row["deal_related"]),
        price_from=row["price_from"],
        price_to=row["price_to"],
        evidence=tuple(evidence_from_json(proof) for proof in json.loads(row["evidence"])),
    )
