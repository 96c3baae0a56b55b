"""The dated history of a deal's facts: what its mentions came to, from each day on which something new was published.

    write_versions(db, deal_id, items, conclusion, tiers)     from the mentions and dated corrections, written anew
    forget_versions(db, deal_id)
    fill_versions(db) -> int                                   for deals stored before there were versions

A correction counts from the day it was accepted; which mentions are one deal is judged by what is known today. Asking
the past is `db.past`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any

from db import mentions
from db.connection import Database
from db.corrections import Override, overrides_of
from db.deal_state import shown_claims, state_columns
from db.records import SourceTier
from extractors.resolve import Conclusion, StoredMention, conclude


def write_versions(
    db: Database,
    deal_id: int,
    items: Sequence[StoredMention],
    conclusion: Conclusion,
    tiers: Mapping[int, SourceTier],
) -> None:
    """Replace a deal's versions where they changed; `conclusion` is what all its mentions say today."""
    claim_ids = {
        (mention_id, field): number
        for number, mention_id, field in db.execute(
            "SELECT id, mention_id, field FROM claims WHERE deal_id = ?", (deal_id,)
        )
    }
    wanted = _dated(deal_id, list(_versions(items, conclusion, overrides_of(db, deal_id), tiers, claim_ids)))
    columns = tuple(wanted[0]) if wanted else ()
    rows = [tuple(version.values()) for version in wanted]
    if columns and rows == _present(db, deal_id, columns):
        return
    forget_versions(db, deal_id)
    for row in rows:
        marks = ", ".join("?" * len(columns))
        db.execute(f"INSERT INTO deal_versions ({', '.join(columns)}) VALUES ({marks})", row)


def forget_versions(db: Database, deal_id: int) -> None:
    """Delete a deal's versions, because it was withdrawn or merged."""
    db.execute("DELETE FROM deal_versions WHERE deal_id = ?", (deal_id,))


def fill_versions(db: Database) -> int:
    """Write the versions of live deals that have none; return how many deals that were."""
    bare = db.execute(
        "SELECT id FROM deals WHERE merged_into IS NULL AND is_withdrawn = 0"
        " AND NOT EXISTS (SELECT 1 FROM deal_versions AS v WHERE v.deal_id = deals.id)"
    ).fetchall()
    for (deal_id,) in bare:
        items = [row.item for row in mentions.of_deal(db, deal_id)]
        accepted = {one.field: one.value for one in overrides_of(db, deal_id)}
        with db.atomic():
            write_versions(db, deal_id, items, conclude(items, corrections=accepted), mentions.tiers_of(db, deal_id))
    return len(bare)


def _versions(
    items: Sequence[StoredMention],
    conclusion: Conclusion,
    overrides: Sequence[Override],
    tiers: Mapping[int, SourceTier],
    claim_ids: Mapping[tuple[int, str], int],
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (day, columns) for each day on which something was published or corrected, oldest first."""
    days = sorted({_day(item) for item in items} | {one.day for one in overrides})
    for day in days:
        known = [item for item in items if _day(item) <= day]
        if not any(item.mention.primary or item.pin is not None for item in known):
            continue
        corrected = {one.field: one.value for one in overrides if one.day <= day}
        seen = conclusion if day == days[-1] else conclude(known, corrections=corrected)
        articles = {item.article_id for item in known}
        shown = shown_claims(known, seen, corrected=corrected.keys())
        yield (
            day,
            state_columns(known, seen, {number: tier for number, tier in tiers.items() if number in articles})
            | {
                "parties": json.dumps([[party.name, party.role.value] for party in seen.facts.other_parties]),
                "shown_claims": json.dumps(sorted({claim_ids[key] for key in shown if key in claim_ids})),
            },
        )


def _dated(deal_id: int, versions: Sequence[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Keep the versions that differ from the one before; each is known until the next."""
    kept: list[tuple[str, dict[str, Any]]] = []
    for day, columns in versions:
        if not kept or kept[-1][1] != columns:
            kept.append((day, columns))
    ends = [day for day, _ in kept[1:]]
    return [
        {"deal_id": deal_id, "known_from": day, "known_until": until} | columns
        for (day, columns), until in zip(kept, [*ends, None], strict=True)
    ]


def _present(db: Database, deal_id: int, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    rows = db.execute(
        f"SELECT {', '.join(columns)} FROM deal_versions WHERE deal_id = ? ORDER BY known_from", (deal_id,)
    )
    return rows.fetchall()


def _day(item: StoredMention) -> str:
    return item.told_at.astimezone(UTC).date().isoformat()
