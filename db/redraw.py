"""Writes what a deal's mentions say into its row: facts, claims shown, steps, tier, links, search words.

    redraw(db, deal_id, *, now) -> Conclusion | None     None: no mention is left, the deal is withdrawn
    write_links(db, deal_id)                             how it relates to the company's other deals
    create_deal(db, members, *, now) -> int

Knows how a conclusion becomes rows; which mentions belong to the deal is decided before.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from db import mentions, search, slugs
from db.claims import show
from db.connection import Database
from db.corrections import accepted
from db.deal_rows import fact_columns
from db.events import write_steps
from db.instants import to_text
from db.mentions import Placed
from db.records import SourceTier
from db.tiers import evidence_tier
from extractors.closed_sets import DealStatus, DealType, PartyKind
from extractors.models import Mention
from extractors.resolution.claims import said_text
from extractors.resolution.links import Side, link_kind
from extractors.resolve import Conclusion, StoredMention, conclude, party_key


def create_deal(db: Database, members: Sequence[StoredMention], *, now: datetime) -> int:
    """Store a new deal for some mentions, with the slug it keeps for good."""
    facts = conclude(members).facts
    day = _day(facts, members)
    slug = slugs.new_slug(db, facts, day=day)
    columns = fact_columns(facts) | {
        "slug": slug,
        "name": deal_name(facts),
        "day": day,
        "evidence_tier": "",
        "source_count": 0,
        "article_count": 0,
        "first_seen_at": to_text(now),
        "updated_at": to_text(now),
    }
    marks = ", ".join(f":{column}" for column in columns)
    cursor = db.execute(f"INSERT INTO deals ({', '.join(columns)}) VALUES ({marks})", columns)
    deal_id = int(cursor.lastrowid or 0)
    slugs.claim_slug(db, slug, deal_id)
    return deal_id


def redraw(db: Database, deal_id: int, *, now: datetime) -> Conclusion | None:
    """Bring a deal's row in line with its mentions and corrections."""
    placed = mentions.of_deal(db, deal_id)
    if not any(row.item.mention.primary or row.item.pin is not None for row in placed):
        _withdraw(db, deal_id, placed)
        return None
    items = [row.item for row in placed]
    corrections = accepted(db, deal_id)
    conclusion = conclude(items, corrections=corrections)
    _write_row(db, deal_id, items, conclusion, now=now)
    show(db, deal_id, _shown(items, conclusion, corrected=corrections.keys()))
    write_steps(db, deal_id, conclusion.steps, now=now)
    _write_parties(db, deal_id, conclusion.facts)
    write_links(db, deal_id)
    _index(db, deal_id)
    return conclusion


def _shown(
    items: Sequence[StoredMention], conclusion: Conclusion, *, corrected: Collection[str]
) -> Iterator[tuple[int, str]]:
    """Yield the claims (mention, field) that say what the deal shows; a corrected field may have none."""
    facts = conclusion.facts
    for said in conclusion.said:
        if said.shown and (said.field not in corrected or said.text == said_text(facts, said.field)):
            yield said.item.id, said.field
    for item in items:
        if item.mention.status is facts.status:
            yield item.id, "status"
        if item.mention.gpu_models and set(item.mention.gpu_models) <= set(facts.gpu_models):
            yield item.id, "gpu_models"


def deal_name(facts: Mention) -> str:
    """Name a deal by its sides."""
    return f"{_side(facts.provider, facts.provider_kind)} – {_side(facts.customer, facts.customer_kind)}"


def _side(name: str | None, kind: PartyKind) -> str:
    if name:
        return name
    return (
        "unnamed party"
        if kind in {PartyKind.UNDISCLOSED, PartyKind.OTHER}
        else f"unnamed {kind.value.replace('_', ' ')}"
    )


def _day(facts: Mention, members: Sequence[StoredMention]) -> str:
    if facts.announced_on is not None:
        return facts.announced_on.date
    return min(item.told_at for item in members).astimezone(UTC).date().isoformat()


def _withdraw(db: Database, deal_id: int, left: Sequence[Placed]) -> None:
    for row in left:
        mentions.set_deal(db, row.item.id, None)
    db.execute("UPDATE deals SET is_withdrawn = 1 WHERE id = ? AND merged_into IS NULL", (deal_id,))
    db.execute("DELETE FROM deal_links WHERE from_deal_id = ?1 OR to_deal_id = ?1", (deal_id,))
    db.execute("DELETE FROM deal_events WHERE deal_id = ? AND is_computed = 1", (deal_id,))
    search.forget_deal(db, deal_id)


def _write_row(
    db: Database, deal_id: int, items: Sequence[StoredMention], conclusion: Conclusion, *, now: datetime
) -> None:
    facts = conclusion.facts
    tiers = {
        article_id: SourceTier(tier)
        for article_id, tier in db.execute(
            "SELECT DISTINCT a.id, a.tier FROM mentions AS m JOIN articles AS a ON a.id = m.article_id"
            " WHERE m.deal_id = ?",
            (deal_id,),
        )
    }
    keys = _keys(facts, items)
    columns = fact_columns(facts) | {
        "name": deal_name(facts),
        "provider_key": keys[0],
        "customer_key": keys[1],
        "day": _day(facts, items),
        "evidence_tier": evidence_tier(conclusion, tiers),
        "source_count": conclusion.sources,
        "article_count": len(tiers),
        "conflicts": json.dumps([[dispute.field, dispute.values] for dispute in conclusion.disputes]),
        "is_history": int(set(tiers.values()) == {SourceTier.HISTORY}),
        "is_withdrawn": 0,
        "merged_into": None,
    }
    _update_if_changed(db, deal_id, columns, now=now)


def _update_if_changed(db: Database, deal_id: int, columns: dict[str, Any], *, now: datetime) -> None:
    present = db.execute(f"SELECT {', '.join(columns)} FROM deals WHERE id = ?", (deal_id,)).fetchone()
    if present == tuple(columns.values()):
        return
    setters = ", ".join(f"{column} = :{column}" for column in columns)
    db.execute(
        f"UPDATE deals SET {setters}, updated_at = :updated_at WHERE id = :id",
        columns | {"updated_at": to_text(now), "id": deal_id},
    )


def _keys(facts: Mention, items: Sequence[StoredMention]) -> tuple[str | None, str | None]:
    """Return the keys of the shown names: those of the mention that uses the name, else the name's own."""
    known = {item.mention.provider: item.provider_key for item in items}
    known |= {item.mention.customer: item.customer_key for item in items}
    return (
        known.get(facts.provider) or party_key(facts.provider, {}),
        known.get(facts.customer) or party_key(facts.customer, {}),
    )


def _write_parties(db: Database, deal_id: int, facts: Mention) -> None:
    db.execute("DELETE FROM deal_parties WHERE deal_id = ?", (deal_id,))
    for party in facts.other_parties:
        db.execute(
            "INSERT OR IGNORE INTO deal_parties (deal_id, name, role) VALUES (?, ?, ?)",
            (deal_id, party.name, party.role.value),
        )


def write_links(db: Database, deal_id: int) -> None:
    """Relate a deal to its company's other deals; where the bundled history says that it expands one, that stands."""
    db.execute("DELETE FROM deal_links WHERE from_deal_id = ?1 OR to_deal_id = ?1", (deal_id,))
    mine = db.execute(f"SELECT {_SIDE} FROM deals WHERE id = ?", (deal_id,)).fetchone()
    neighbours = db.execute(_NEIGHBOURS, {"id": deal_id, "provider": mine[1], "customer": mine[2]}).fetchall()
    for row in neighbours:
        later, earlier = sorted((mine, row), key=lambda deal: (deal[5], deal[0]), reverse=True)
        days = (date.fromisoformat(later[5]) - date.fromisoformat(earlier[5])).days
        if kind := link_kind(_side_of(later), _side_of(earlier), days=days):
            db.execute(
                "INSERT INTO deal_links (from_deal_id, to_deal_id, kind) VALUES (?, ?, ?)", (later[0], earlier[0], kind)
            )
    db.execute(_EXPANSIONS, {"id": deal_id})


def _side_of(row: tuple[Any, ...]) -> Side:
    return Side(provider=row[1], customer=row[2], deal_type=DealType(row[3]), status=DealStatus(row[4]))


_SIDE = "id, provider_key, customer_key, deal_type, status, day"
#: The miner's other deals; the customer's side would join every deal of a hyperscaler.
_NEIGHBOURS = f"""
SELECT {_SIDE} FROM deals
WHERE provider_key = :provider AND id <> :id AND merged_into IS NULL AND is_withdrawn = 0
UNION
SELECT {_SIDE} FROM deals
WHERE customer_key = :provider AND id <> :id AND merged_into IS NULL AND is_withdrawn = 0
  AND deal_type IN ('equipment_purchase', 'power_supply')
UNION
SELECT {_SIDE} FROM deals
WHERE provider_key = :customer AND id <> :id AND merged_into IS NULL AND is_withdrawn = 0
  AND :customer IS NOT NULL AND customer_key = :provider
"""


_EXPANSIONS = """
INSERT OR REPLACE INTO deal_links (from_deal_id, to_deal_id, kind)
SELECT h.deal_id, t.deal_id, 'expands'
FROM history_rows AS h JOIN history_rows AS t ON t.id = h.expands
WHERE :id IN (h.deal_id, t.deal_id) AND h.deal_id <> t.deal_id
"""


def _index(db: Database, deal_id: int) -> None:
    row = db.execute(
        "SELECT slug, name, coalesce(provider, '') || ' ' || coalesce(customer, ''), coalesce(site, '') || ' ' ||"
        " replace(deal_type, '_', ' ') || ' ' || replace(status, '_', ' ') || ' ' || coalesce(gpu_models, '')"
        " FROM deals WHERE id = ?",
        (deal_id,),
    ).fetchone()
    others = [name for (name,) in db.execute("SELECT name FROM deal_parties WHERE deal_id = ?", (deal_id,))]
    said = db.execute(
        "SELECT DISTINCT sentence FROM claims WHERE deal_id = ? AND is_shown = 1 AND sentence IS NOT NULL LIMIT 20",
        (deal_id,),
    )
    search.index_deal(
        db,
        deal_id,
        slug=row[0],
        name=row[1],
        parties=" ".join([row[2], *others]),
        facts=row[3],
        sentences="\n".join(sentence for (sentence,) in said),
    )
