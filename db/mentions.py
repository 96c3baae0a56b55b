"""Mentions: one row per deal an article states, with the keys they are found by.

    insert_mentions(db, article_id, mentions) -> list[int]     delete_mentions(db, article_id)
    of_pair(db, a, b) / of_half(db, key) / of_deal(db, deal_id) / of_article(db, article_id) / of_history(db, row_id)
        -> list[Placed]
    named_with(db, key, *, apart_from) -> list[Placed]         has_half(db, key) -> bool
    tiers_of(db, deal_id) -> {article: tier}
    set_deal(db, mention_id, deal_id)                           pin(db, mention_ids, deal_id)

Knows rows and keys; what belongs together is decided in `extractors.resolve`.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from db.companies import keys_of
from db.connection import Database
from db.deal_rows import partial_date
from db.records import SourceTier
from extractors.models import Mention, PartialDate
from extractors.record import mention_from_json, mention_to_json
from extractors.resolve import StoredMention, block_of, party_key

#: How much a kind of source is believed; researched history counts like a newswire.
AUTHORITY = {
    SourceTier.FILING: 0,
    SourceTier.PRESS_RELEASE: 0,
    SourceTier.NEWSWIRE: 1,
    SourceTier.HISTORY: 1,
    SourceTier.TRADE_PRESS: 2,
    SourceTier.BLOG: 3,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A stored mention and the deal it belongs to now."""

    item: StoredMention
    deal_id: int | None


_SELECT = """
SELECT m.id, m.article_id, m.deal_id, m.pin_deal_id, m.provider_key, m.customer_key, m.record,
       coalesce(a.published_at, a.fetched_at), a.tier, a.publisher, a.duplicate_of,
       m.happened_on, m.happened_on_precision
FROM mentions AS m JOIN articles AS a ON a.id = m.article_id
"""


def insert_mentions(db: Database, article_id: int, mentions: Sequence[Mention]) -> list[int]:
    """Store an article's mentions, not yet belonging to a deal; return their ids."""
    keys = keys_of(db, (name for mention in mentions for name in (mention.provider, mention.customer)))
    ids = []
    first = db.execute(
        "SELECT coalesce(max(position) + 1, 0) FROM mentions WHERE article_id = ?", (article_id,)
    ).fetchone()[0]
    for position, mention in enumerate(mentions, first):
        sides = (party_key(mention.provider, keys), party_key(mention.customer, keys))
        # The evidence has rows of its own.
        record = json.dumps(mention_to_json(replace(mention, evidence={})), ensure_ascii=False)
        cursor = db.execute(
            "INSERT INTO mentions (article_id, position, name, is_primary, provider_key, customer_key, provider_block,"
            " customer_block, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article_id,
                position,
                f"{mention.provider or 'unnamed'} – {mention.customer or 'unnamed'}",
                int(mention.primary),
                *sides,
                *(None if side is None else block_of(side) for side in sides),
                record,
            ),
        )
        ids.append(int(cursor.lastrowid or 0))
    return ids


def delete_mentions(db: Database, article_id: int) -> None:
    """Forget what an article said, before it is read anew."""
    db.execute("DELETE FROM mentions WHERE article_id = ?", (article_id,))


def of_pair(db: Database, one: str, other: str) -> list[Placed]:
    """Return the mentions between two named parties, whichever side each takes."""
    both = _load(db, "m.provider_block = ? AND m.customer_block = ?", one, other)
    return both if one == other else both + _load(db, "m.provider_block = ? AND m.customer_block = ?", other, one)


def of_half(db: Database, key: str) -> list[Placed]:
    """Return the mentions that name this party and no other."""
    return (
        _load(db, "m.provider_block = ? AND m.customer_block IS NULL", key)
        + _load(db, "m.customer_block = ? AND m.provider_block IS NULL", key)
        + _load(db, "m.provider_block = ? AND m.customer_block = ?", key, key)
    )


def has_half(db: Database, key: str) -> bool:
    """Tell whether any mention names this party and no other."""
    row = db.execute(
        "SELECT EXISTS (SELECT 1 FROM mentions WHERE provider_block = ?1 AND (customer_block IS NULL OR customer_block = ?1))"
        " OR EXISTS (SELECT 1 FROM mentions WHERE customer_block = ?1 AND provider_block IS NULL)",
        (key,),
    ).fetchone()
    return bool(row[0])


def named_with(db: Database, key: str, *, apart_from: Collection[frozenset[str]] = ()) -> list[Placed]:
    """Return the mentions of this party with another named one that belong to a deal, leaving out some pairs."""
    found = _load(db, "m.provider_block = ? AND m.customer_block IS NOT NULL AND m.deal_id IS NOT NULL", key)
    found += _load(db, "m.customer_block = ? AND m.provider_block IS NOT NULL AND m.deal_id IS NOT NULL", key)
    return [row for row in found if len(row.item.parties) == 2 and row.item.parties not in apart_from]


def of_deal(db: Database, deal_id: int) -> list[Placed]:
    """Return the mentions of a deal."""
    return _load(db, "m.deal_id = ?", deal_id)


def of_deals(db: Database, deal_ids: Collection[int]) -> dict[int, list[Placed]]:
    """Return the mentions of several deals, by deal."""
    found: dict[int, list[Placed]] = {deal_id: [] for deal_id in deal_ids}
    for row in _load(db, "m.deal_id IN (SELECT value FROM json_each(?))", json.dumps(list(found))):
        found[row.deal_id or 0].append(row)
    return found


def of_article(db: Database, article_id: int) -> list[Placed]:
    """Return the mentions of an article, in its order."""
    return _load(db, "m.article_id = ?", article_id)


def tiers_of(db: Database, deal_id: int) -> dict[int, SourceTier]:
    """Return what kind of source each article of a deal is."""
    rows = db.execute(
        "SELECT DISTINCT a.id, a.tier FROM mentions AS m JOIN articles AS a ON a.id = m.article_id WHERE m.deal_id = ?",
        (deal_id,),
    )
    return {article_id: SourceTier(tier) for article_id, tier in rows}


def of_parties(db: Database, parties: frozenset[str]) -> list[Placed]:
    """Return the mentions between exactly these named parties; of nobody when there are none."""
    if len(parties) == 2:
        one, other = sorted(parties)
        return of_pair(db, one, other)
    return of_half(db, next(iter(parties))) if parties else []


def of_history(db: Database, history_id: str) -> list[Placed]:
    """Return the mentions that come from a row of the bundled history."""
    return _load(db, "m.history_id = ?", history_id)


def mark_history(db: Database, mention_id: int, history_id: str, happened_on: PartialDate | None) -> None:
    """Mark a mention as coming from a row of the bundled history, with the day its status was reached."""
    day, precision = (happened_on.date, happened_on.precision.value) if happened_on else (None, None)
    db.execute(
        "UPDATE mentions SET history_id = ?, happened_on = ?, happened_on_precision = ? WHERE id = ?",
        (history_id, day, precision, mention_id),
    )


def set_deal(db: Database, mention_id: int, deal_id: int | None) -> None:
    """Put a mention and its claims into a deal, or into none."""
    db.execute("UPDATE mentions SET deal_id = ? WHERE id = ?", (deal_id, mention_id))
    db.execute("UPDATE claims SET deal_id = ?, is_shown = 0 WHERE mention_id = ?", (deal_id, mention_id))


def move_all(db: Database, from_deal: int, to_deal: int) -> None:
    """Put what is left of one deal into another."""
    db.execute("UPDATE mentions SET deal_id = ? WHERE deal_id = ?", (to_deal, from_deal))
    db.execute("UPDATE claims SET deal_id = ?, is_shown = 0 WHERE deal_id = ?", (to_deal, from_deal))


def pin(db: Database, mention_ids: Iterable[int], deal_id: int | None) -> None:
    """Fix mentions to a deal on the operator's word; None lets resolution decide again."""
    for mention_id in mention_ids:
        db.execute("UPDATE mentions SET pin_deal_id = ? WHERE id = ?", (deal_id, mention_id))


def set_keys(db: Database, mention_id: int, provider_key: str | None, customer_key: str | None) -> None:
    """Give a mention the keys its parties have by now."""
    sides = (provider_key, customer_key)
    db.execute(
        "UPDATE mentions SET provider_key = ?, customer_key = ?, provider_block = ?, customer_block = ? WHERE id = ?",
        (*sides, *(None if side is None else block_of(side) for side in sides), mention_id),
    )


def _load(db: Database, where: str, *values: Any) -> list[Placed]:
    return [_placed(row) for row in db.execute(f"{_SELECT} WHERE {where} ORDER BY m.article_id, m.position", values)]


@lru_cache(maxsize=4096)
def _mention(record: str) -> Mention:
    """Read a mention's record; those of the deals in the news are read again with every article."""
    return mention_from_json(json.loads(record))


def _placed(row: tuple[Any, ...]) -> Placed:
    item = StoredMention(
        id=row[0],
        article_id=row[1],
        pin=row[3],
        provider_key=row[4],
        customer_key=row[5],
        mention=_mention(row[6]),
        told_at=datetime.fromisoformat(row[7]),
        authority=AUTHORITY[SourceTier(row[8])],
        publisher=row[9],
        copy_of=row[10],
        happened_on=partial_date(row[11], row[12]),
    )
    return Placed(item=item, deal_id=row[2])
