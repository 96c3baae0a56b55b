"""The desk: takes in what was read from an article and keeps one record per deal.

    store_reading(db, *, article_id, extraction, extractor_version, now) -> tuple[DealChange, ...]
        stores mentions, claims, evidence and reactions, resolves what they touch, and returns each deal that changed
        as it was before (None = new) and is after. Reading an article again replaces what it said. Call it inside the
        transaction that stores the article.
    rekey(db, *, now) -> tuple[DealChange, ...]                     after the list of companies changed
    resolve_again(db, parties, *, now) -> tuple[DealChange, ...]    after anything else that may regroup mentions

Resolution itself is pure and lives in `extractors.resolve`; here it is repeated for what a new mention touches: the
mentions of the same pair of parties, and those that name only one of the two.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db import mentions, reactions, redraw, slugs
from db.claims import insert_claims
from db.connection import Database
from db.deals import records
from db.events import add_event
from db.half_named import Elsewhere, place_half_named
from db.handover import hand_over
from db.instants import to_text
from db.mentions import Placed
from db.moves import moved_figures
from db.placing import Members, Placing, place
from db.progress import insert_progress
from db.records import DealRecord
from db.rekeying import Rekeyed, rekey_all, rekey_names
from db.renames import store_renames, unite
from db.versions import forget_versions
from extractors.models import Extraction
from extractors.resolve import resolve_pair


@dataclass(frozen=True, slots=True, kw_only=True)
class DealChange:
    """A deal before (None = new to us) and after. `merged` are the numbers of deals that it swallowed just now."""

    before: DealRecord | None
    after: DealRecord
    merged: tuple[int, ...] = ()


def store_reading(
    db: Database, *, article_id: int, extraction: Extraction, extractor_version: str, now: datetime
) -> tuple[DealChange, ...]:
    """Store what was read from an article and return the deals that changed."""
    with db.atomic():
        old = mentions.of_article(db, article_id)
        _record_reading(db, article_id, extraction, extractor_version, now)
        moved = _rename(db, article_id, extraction)
        if not (old or extraction.deals or extraction.reactions):
            return _regrouped(db, moved, now=now)
        before = _snapshot(db, {row.deal_id for row in old if row.deal_id is not None} | moved.deals)
        mentions.delete_mentions(db, article_id)
        reactions.delete_reactions(db, article_id)
        _insert(db, article_id, extraction)
        _restore_pins(db, article_id, old)
        new = mentions.of_article(db, article_id)
        parties = {row.item.parties for row in (*old, *new)} | moved.parties
        grown = not (old or moved.parties)
        changes = resolve_again(db, parties, now=now, before=before, article_id=article_id, grown=grown)
        reactions.attach(db, article_id)
        return _with_reactions(db, changes) if extraction.reactions else changes


def resolve_again(
    db: Database,
    parties: Iterable[frozenset[str]],
    *,
    now: datetime,
    before: dict[int, DealRecord] | None = None,
    article_id: int | None = None,
    silent: bool = False,
    grown: bool = False,
) -> tuple[DealChange, ...]:
    """Regroup the mentions between these parties and redraw the deals this touches.

    `before` holds records taken earlier, of deals already disturbed. `silent` records no moved figures: what a newer
    edition of the bundled history says did not happen today. `grown`: the mentions only became more.
    """
    before = dict(before or {})
    with db.atomic():
        groups, waiting = regroup(db, set(parties), grown=grown)
        placing = place(groups)
        leaving = [row for row in waiting if row.deal_id is not None]
        disturbed = _disturbed(groups, placing, leaving)
        before |= _snapshot(db, disturbed - before.keys())
        merged = _apply(db, groups, placing, leaving, now=now)
        return _redrawn(db, before, merged, now=now, article_id=article_id, silent=silent)


def regroup(
    db: Database, parties: Collection[frozenset[str]], *, grown: bool = False
) -> tuple[list[Members], list[Placed]]:
    """Resolve again what these parties touch, writing nothing; return the groups and what belongs to none.

    `grown` says that their mentions only became more, which spares reading what cannot have changed.
    """
    pairs = sorted((p for p in parties if len(p) == 2), key=sorted)
    groups: list[list[Placed]] = []
    waiting: list[Placed] = []
    for pair in pairs:
        rows = {row.item.id: row for row in mentions.of_parties(db, pair)}
        found, left = resolve_pair(row.item for row in rows.values())
        groups += [[rows[item.id] for item in members] for members in found]
        waiting += [rows[item.id] for item in left]
    elsewhere = Elsewhere(db=db, pairs=pairs)
    for key in sorted({key for party in parties for key in party}):
        if mentions.has_half(db, key):
            untouched = grown and frozenset({key}) not in parties
            place_half_named(key, groups, waiting, elsewhere=elsewhere, grown=untouched)
    groups += elsewhere.groups.values()
    return [tuple(group) for group in groups], waiting


def _disturbed(groups: Sequence[Members], placing: Placing, leaving: Sequence[Placed]) -> set[int]:
    """Return the known deals that gain or lose mentions."""
    deals: set[int | None] = {row.deal_id for row in leaving} | set(placing.swallowed)
    for group, kept in zip(groups, placing.kept, strict=True):
        moving = [row.deal_id for row in group if kept is None or row.deal_id != kept]
        if moving:
            deals |= {kept, *moving}
    return {deal for deal in deals if deal is not None}


def _apply(
    db: Database, groups: Sequence[Members], placing: Placing, leaving: Sequence[Placed], *, now: datetime
) -> dict[int, tuple[int, ...]]:
    """Move mentions to their deals; return the new deals, and those that swallowed others, with what they swallowed."""
    merged: dict[int, tuple[int, ...]] = {}
    homes: list[int] = []
    for group, kept in zip(groups, placing.kept, strict=True):
        home = kept
        if home is None:
            home = redraw.create_deal(db, [row.item for row in group], now=now)
            merged[home] = ()
        homes.append(home)
        for row in group:
            if row.deal_id != home:
                mentions.set_deal(db, row.item.id, home)
    for row in leaving:
        mentions.set_deal(db, row.item.id, None)
    for loser, at in placing.swallowed.items():
        swallow(db, loser, homes[at], now=now)
        merged[homes[at]] = (*merged.get(homes[at], ()), loser)
    return merged


def swallow(db: Database, loser: int, survivor: int, *, now: datetime) -> dict[str, Any]:
    """Let one deal go into another: its slugs lead there, whatever else it held goes along; return what that was."""
    mentions.move_all(db, loser, survivor)
    slugs.redirect(db, loser, survivor)
    name = db.execute("SELECT name FROM deals WHERE id = ?", (loser,)).fetchone()[0]
    db.execute("UPDATE deals SET merged_into = ? WHERE id = ?", (survivor, loser))
    handed = hand_over(db, loser, survivor)
    db.execute("DELETE FROM deal_links WHERE from_deal_id = ?1 OR to_deal_id = ?1", (loser,))
    db.execute("DELETE FROM deal_search WHERE rowid = ?", (loser,))
    forget_versions(db, loser)
    add_event(db, survivor, at=now, kind="merge", detail=f"one with what was listed as {name}", now=now)
    return handed


def _redrawn(
    db: Database,
    before: dict[int, DealRecord],
    merged: dict[int, tuple[int, ...]],
    *,
    now: datetime,
    article_id: int | None,
    silent: bool,
) -> tuple[DealChange, ...]:
    swallowed = {loser for losers in merged.values() for loser in losers}
    standing = [deal_id for deal_id in dict.fromkeys([*before, *merged]) if deal_id not in swallowed]
    live = [deal_id for deal_id in standing if redraw.redraw(db, deal_id, now=now) is not None]
    changes = []
    for after in records(db, live):
        past = before.get(after.id)
        for kind, detail in () if silent else moved_figures(past, after):
            add_event(db, after.id, at=now, kind=kind, detail=detail, article_id=article_id, now=now)
        changes.append(DealChange(before=past, after=after, merged=merged.get(after.id, ())))
    return tuple(changes)


def _snapshot(db: Database, deal_ids: Collection[int]) -> dict[int, DealRecord]:
    return {record.id: record for record in records(db, sorted(deal_ids))}


def _with_reactions(db: Database, changes: Sequence[DealChange]) -> tuple[DealChange, ...]:
    """Read the records again now that share moves are attached."""
    fresh = _snapshot(db, {change.after.id for change in changes})
    return tuple(
        DealChange(before=change.before, after=fresh[change.after.id], merged=change.merged) for change in changes
    )


def _rename(db: Database, article_id: int, extraction: Extraction) -> Rekeyed:
    """Take in which companies go by another name, and give what was stored before its new keys."""
    title, text = _words_of(db, article_id)
    names = store_renames(db, article_id, extraction.renames, title=title, text=text)
    return rekey_names(db, names) if names else Rekeyed()


def _words_of(db: Database, article_id: int) -> tuple[str, str]:
    title, text = db.execute("SELECT title, coalesce(text, '') FROM articles WHERE id = ?", (article_id,)).fetchone()
    return title, text


def _insert(db: Database, article_id: int, extraction: Extraction) -> None:
    title, text = _words_of(db, article_id)
    ids = mentions.insert_mentions(db, article_id, extraction.deals)
    for mention_id, mention in zip(ids, extraction.deals, strict=True):
        insert_claims(db, mention_id, mention, title=title, text=text)
    insert_progress(db, ids, extraction, title=title, text=text)
    reactions.insert_reactions(db, article_id, extraction.reactions, title=title, text=text)


def _restore_pins(db: Database, article_id: int, old: Sequence[Placed]) -> None:
    """Keep what the operator and earlier resolution decided about mentions that are read again."""
    free = mentions.of_article(db, article_id)
    for past in old:
        same = next((row for row in free if _is_same_deal(past, row)), None)
        if same is None:
            continue
        free.remove(same)
        mentions.pin(db, [same.item.id], past.item.pin)
        mentions.set_deal(db, same.item.id, past.deal_id)


def _is_same_deal(past: Placed, row: Placed) -> bool:
    one, other = past.item, row.item
    return one.parties == other.parties and one.mention.deal_type is other.mention.deal_type


def _record_reading(db: Database, article_id: int, extraction: Extraction, version: str, now: datetime) -> None:
    db.execute(
        "INSERT OR REPLACE INTO readings (article_id, extractor_version, read_at, is_deal_article, bull_points,"
        " bear_points, notes) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            article_id,
            version,
            to_text(now),
            int(extraction.is_deal_article),
            _list(extraction.bull),
            _list(extraction.bear),
            _list(extraction.notes),
        ),
    )


def _list(texts: Sequence[str]) -> str | None:
    return json.dumps(list(texts), ensure_ascii=False) if texts else None


def rekey(db: Database, *, now: datetime) -> tuple[DealChange, ...]:
    """Give mentions the company keys that the list of companies says by now, and regroup those that changed."""
    with db.atomic():
        unite(db)
        return _regrouped(db, rekey_all(db), now=now)


def _regrouped(db: Database, moved: Rekeyed, *, now: datetime) -> tuple[DealChange, ...]:
    """Regroup mentions whose companies have other keys; their deals are drawn anew even where nothing moves."""
    return resolve_again(db, moved.parties, now=now, before=_snapshot(db, moved.deals)) if moved.parties else ()
