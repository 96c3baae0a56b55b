"""Writes what a deal's mentions say into its row: facts, claims shown, steps, tier, links, search words.

    redraw(db, deal_id, *, now) -> Conclusion | None     None: no mention is left, the deal is withdrawn
    write_links(db, deal_id)                             how it relates to the company's other deals
    create_deal(db, members, *, now) -> int

Knows how a conclusion becomes rows; which mentions belong to the deal is decided before.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from db import mentions, search, slugs
from db.claims import show
from db.connection import Database
from db.corrections import accepted
from db.deal_rows import fact_columns
from db.deal_state import deal_name, first_day, shown_claims, state_columns
from db.events import write_steps
from db.instants import to_text
from db.mentions import Placed
from db.versions import forget_versions, write_versions
from extractors.closed_sets import DealStatus, DealType
from extractors.models import Mention
from extractors.resolution.links import Side, link_kind
from extractors.resolve import Conclusion, StoredMention, conclude


def create_deal(db: Database, members: Sequence[StoredMention], *, now: datetime) -> int:
    """Store a new deal for some mentions, with the slug it keeps for good."""
    facts = conclude(members).facts
    day = first_day(facts, members)
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
    tiers = mentions.tiers_of(db, deal_id)
    current = state_columns(items, conclusion, tiers) | {"is_withdrawn": 0, "merged_into": None}
    _update_if_changed(db, deal_id, current, now=now)
    show(db, deal_id, shown_claims(items, conclusion, corrected=corrections.keys()))
    write_steps(db, deal_id, conclusion.steps, now=now)
    _write_parties(db, deal_id, conclusion.facts)
    write_versions(db, deal_id, items, conclusion, tiers)
    write_links(db, deal_id)
    _index(db, deal_id)
    return conclusion


def _withdraw(db: Database, deal_id: int, left: Sequence[Placed]) -> None:
    for row in left:
        mentions.set_deal(db, row.item.id, None)
    db.execute("UPDATE deals SET is_withdrawn = 1 WHERE id = ? AND merged_into IS NULL", (deal_id,))
    db.execute("DELETE FROM deal_links WHERE from_deal_id = ?1 OR to_deal_id = ?1", (deal_id,))
    db.execute("DELETE FROM deal_events WHERE deal_id = ? AND is_computed = 1", (deal_id,))
    forget_versions(db, deal_id)
    search.forget_deal(db, deal_id)


def _update_if_changed(db: Database, deal_id: int, columns: dict[str, Any], *, now: datetime) -> None:
    present = db.execute(f"SELECT {', '.join(columns)} FROM deals WHERE id = ?", (deal_id,)).fetchone()
    if present == tuple(columns.values()):
        return
    setters = ", ".join(f"{column} = :{column}" for column in columns)
    db.execute(
        f"UPDATE deals SET {setters}, updated_at = :updated_at WHERE id = :id",
        columns | {"updated_at": to_text(now), "id": deal_id},
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
