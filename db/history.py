"""The bundled history in the database: each row's sources as articles of the tier `history`, their claims, one deal.

    import_history(db, rows, *, now) -> Imported      idempotent by the row's id; alerts nobody
    import_row(db, row, pages, *, now, …)             one row of it
    research_of(db, deal_id) -> [(id, doubt, day)]    what the rows of a deal leave out, and when they were checked

A row is one deal by research: its mentions are pinned to it, so that two rows never fall together and articles read
later join by ordinary resolution. A row imported anew replaces what it said before and nothing else; a row that left
the file takes its claims along. Where articles told a deal before the history came, the row joins that deal.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from db import mentions, reactions, redraw
from db.claims import insert_claims
from db.connection import Database
from db.deal_state import deal_name
from db.deals import find_deal, records
from db.desk import DealChange, regroup, resolve_again
from db.history_pages import Page, forget_unused, pages_of, store_page
from db.history_rows import HistoryRow, HistorySource, Telling, tellings
from db.instants import to_text
from db.mentions import Placed
from db.records import SourceTier

#: Raise it when the import stores rows differently: every row is then imported anew.
_IMPORT_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import came to: rows new, changed and gone, and the deals they touched."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    deals: tuple[DealChange, ...] = ()


def import_history(db: Database, rows: Sequence[HistoryRow], *, now: datetime) -> Imported:
    """Make the database say what the rows say; rows that did not change are left alone."""
    pages = pages_of(rows)
    with db.atomic():
        known = dict(db.execute("SELECT id, content_hash FROM history_rows").fetchall())
        hashes = {row.id: _hash(row, pages) for row in rows}
        gone = [row_id for row_id in known if row_id not in hashes]
        stale = [row for row in rows if known.get(row.id) != hashes[row.id]]
        changes: dict[int, DealChange] = {}
        for row_id in gone:
            changes |= _by_deal(_remove(db, row_id, now=now))
        for row in stale:
            changes |= _by_deal(import_row(db, row, pages, content_hash=hashes[row.id], now=now))
        if gone or stale:
            forget_unused(db)
            changes = _relinked(db, changes)
    added = sum(row.id not in known for row in stale)
    return Imported(
        added=added, changed=len(stale) - added, removed=len(gone), deals=tuple(changes[at] for at in sorted(changes))
    )


def _hash(row: HistoryRow, pages: Mapping[str, Page]) -> str:
    content = (_IMPORT_VERSION, row, [pages[source.url] for source in row.sources])
    return hashlib.sha256(repr(content).encode()).hexdigest()[:32]


def _by_deal(changes: Iterable[DealChange]) -> dict[int, DealChange]:
    return {change.after.id: change for change in changes}


def _remove(db: Database, row_id: str, *, now: datetime) -> tuple[DealChange, ...]:
    old = mentions.of_history(db, row_id)
    before = {record.id: record for record in records(db, sorted({r.deal_id for r in old if r.deal_id is not None}))}
    _forget(db, row_id)
    db.execute("DELETE FROM history_rows WHERE id = ?", (row_id,))
    return resolve_again(db, {row.item.parties for row in old}, now=now, before=before, silent=True)


def _forget(db: Database, row_id: str) -> None:
    db.execute("DELETE FROM mentions WHERE history_id = ?", (row_id,))
    db.execute("DELETE FROM reactions WHERE history_id = ?", (row_id,))


def import_row(
    db: Database,
    row: HistoryRow,
    pages: Mapping[str, Page],
    *,
    now: datetime,
    content_hash: str = "",
    tier: SourceTier = SourceTier.HISTORY,
) -> tuple[DealChange, ...]:
    """Store one row, in place of what it said before. `tier` is another where the past is played as if it were news."""
    old = mentions.of_history(db, row.id)
    before = {record.id: record for record in records(db, sorted({r.deal_id for r in old if r.deal_id is not None}))}
    home = _known_home(db, row.id)
    _forget(db, row.id)
    for source in row.sources:
        _store_source(db, row, source, pages[source.url], now=now, tier=tier)
    new = mentions.of_history(db, row.id)
    newest = db.execute("SELECT coalesce(max(id), 0) FROM deals").fetchone()[0]
    if home is None:
        home = _find_home(db, new)
    _pin(db, new, home, old)
    _record(db, row, home, content_hash=content_hash, now=now)
    db.execute("UPDATE reactions SET deal_id = ? WHERE history_id = ?", (home, row.id))
    parties = {item.item.parties for item in (*old, *new)}
    changes = resolve_again(db, parties, now=now, before=before, silent=True)
    return tuple(replace(change, before=None) if change.after.id > newest else change for change in changes)


def _known_home(db: Database, row_id: str) -> int | None:
    """Return the deal the row belongs to, followed through merges."""
    found = db.execute("SELECT deal_id FROM history_rows WHERE id = ?", (row_id,)).fetchone()
    return find_deal(db, found[0]) if found and found[0] is not None else None


def _store_source(
    db: Database, row: HistoryRow, source: HistorySource, page: Page, *, now: datetime, tier: SourceTier
) -> None:
    article_id = store_page(db, page, now=now, tier=tier)
    for telling in tellings(row, source):
        _store_telling(db, article_id, row.id, telling)
    if "reactions" in source.supports:
        reactions.insert_reactions(db, article_id, row.reactions, history_id=row.id)


def _store_telling(db: Database, article_id: int, row_id: str, telling: Telling) -> None:
    (mention_id,) = mentions.insert_mentions(db, article_id, [telling.mention])
    insert_claims(db, mention_id, telling.mention, title="", text="", only=telling.fields)
    mentions.mark_history(db, mention_id, row_id, telling.happened_on)


def _find_home(db: Database, new: Sequence[Placed]) -> int:
    """Return the deal that articles told before and the row tells too; a new one where there is none."""
    fresh = redraw.create_deal(db, [row.item for row in new], now=min(row.item.told_at for row in new))
    mentions.pin(db, (row.item.id for row in new), fresh)
    ours = {row.item.id for row in new}
    groups, _ = regroup(db, {row.item.parties for row in new})
    mine = next(group for group in groups if any(row.item.id in ours for row in group))
    told = {row.deal_id for row in mine if row.item.pin is None and row.deal_id is not None}
    other_rows = {row.item.pin for group in groups for row in group if row.item.pin not in {None, fresh}}
    known = sorted(told - other_rows)
    if not known:
        return fresh
    db.execute("UPDATE mentions SET pin_deal_id = NULL WHERE pin_deal_id = ?", (fresh,))
    db.execute("DELETE FROM deals WHERE id = ?", (fresh,))
    return known[0]


def _pin(db: Database, new: Sequence[Placed], home: int, old: Sequence[Placed]) -> None:
    """Fix the row's mentions to its deal; what the operator moved elsewhere stays there."""
    moved = {row.item.article_id: row.item.pin for row in old if row.item.pin is not None}
    for row in new:
        mentions.pin(db, [row.item.id], moved.get(row.item.article_id, home))


def _record(db: Database, row: HistoryRow, home: int, *, content_hash: str, now: datetime) -> None:
    checked = row.checked_on.isoformat() if row.checked_on else None
    db.execute(
        "INSERT OR REPLACE INTO history_rows (id, name, deal_id, expands, doubt, checked_on, content_hash, imported_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (row.id, deal_name(row.facts), home, row.expands, row.doubt, checked, content_hash, to_text(now)),
    )


def _relinked(db: Database, changes: Mapping[int, DealChange]) -> dict[int, DealChange]:
    """Write the links between rows once all of them are there, and read the deals again."""
    for deal_id in changes:
        redraw.write_links(db, deal_id)
    fresh = {record.id: record for record in records(db, sorted(changes))}
    return {
        at: DealChange(before=change.before, after=fresh[at], merged=change.merged)
        for at, change in changes.items()
        if at in fresh
    }


def research_of(db: Database, deal_id: int) -> list[tuple[str, str | None, str | None]]:
    """Return of each row behind a deal its id, what it leaves out and why, and the ISO day of its second reading."""
    rows = db.execute("SELECT id, doubt, checked_on FROM history_rows WHERE deal_id = ? ORDER BY id", (deal_id,))
    return [(row_id, doubt, checked) for row_id, doubt, checked in rows]
