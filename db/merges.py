"""The operator's word on what is one deal: correct, merge, split, undo. Recorded with who, when and why.

    correct_deal(db, slug, *, field, value, reason, made_by, now) -> DealChange     accepted at once
    decide_proposal(db, correction_id, *, accept, decided_by, now) -> DealChange | None
    undo_last(db, slug, *, made_by, now) -> (what, DealChange…)                     the last correction, merge or split
    merge_deals(db, survivor, other, *, reason, made_by, now) -> tuple[DealChange, ...]
    split_deal(db, slug, article_ids, *, reason, made_by, now) -> tuple[DealChange, ...]

On `merge_deals` the older deal survives, whichever is named first.
"""

import json
from collections.abc import Collection, Iterable
from datetime import datetime

from db import corrections, mentions, redraw, slugs
from db.connection import Database
from db.deals import records, require_deal
from db.desk import DealChange, resolve_again, swallow
from db.errors import RequestError
from db.events import add_event
from db.handover import take_back
from db.instants import to_text
from db.mentions import Placed
from extractors.resolution.claims import said_text


def correct_deal(
    db: Database, slug: str | int, *, field: str, value: str | None, reason: str, made_by: str, now: datetime
) -> DealChange:
    """Override a field of a deal; the value is written as a person writes it, None = not stated after all."""
    with db.atomic():
        number = propose_correction(db, slug, field=field, value=value, reason=reason, made_by=made_by, now=now)
        change = decide_proposal(db, number, accept=True, decided_by=made_by, now=now)
    if change is None:
        raise RequestError(f"no article tells {slug} any more, so there is nothing to correct")
    return change


def propose_correction(
    db: Database, slug: str | int, *, field: str, value: str | None, reason: str, made_by: str, now: datetime
) -> int:
    """Store a proposal that waits for the operator; return its number."""
    before = require_deal(db, slug)
    corrections.read_value(field, value)
    present = getattr(before.facts, field)
    previous = None if present in {None, ()} else said_text(before.facts, field)
    return corrections.propose(
        db, before.id, field=field, value=value, previous=previous, reason=reason, made_by=made_by, now=now
    )


def decide_proposal(
    db: Database, correction_id: int, *, accept: bool, decided_by: str, now: datetime
) -> DealChange | None:
    """Accept or decline a proposal; None when it was declined."""
    with db.atomic():
        decided = corrections.decide(db, correction_id, accept=accept, decided_by=decided_by, now=now)
        return _redraw_after(db, decided, f"{decided.field} corrected", now=now) if accept else None


def undo_last(db: Database, slug: str | int, *, made_by: str, now: datetime) -> tuple[str, tuple[DealChange, ...]]:
    """Take back what the operator did last to a deal; return it in words with the deals that changed."""
    deal = require_deal(db, slug)
    with db.atomic():
        fixed = corrections.list_corrections(db, deal_id=deal.id, state="accepted")
        act = db.execute(
            "SELECT id, made_at FROM desk_acts WHERE ? IN (deal_id, other_deal_id) AND undone_at IS NULL"
            " ORDER BY made_at DESC, id DESC LIMIT 1",
            (deal.id,),
        ).fetchone()
        last = max(fixed, key=lambda c: (c.decided_at or c.made_at, c.id), default=None)
        if act is not None and (last is None or datetime.fromisoformat(act[1]) >= (last.decided_at or last.made_at)):
            return _undo_act(db, act[0], now=now)
        if last is None:
            raise RequestError(f"nothing was corrected, merged or split on {deal.slug}, so there is nothing to undo")
        undone = corrections.undo(db, last.id, decided_by=made_by, now=now)
        change = _redraw_after(db, undone, f"correction of {undone.field} taken back", now=now)
        return f"the correction of {undone.field}", (change,) if change else ()


def merge_deals(
    db: Database, one: str | int, other: str | int, *, reason: str, made_by: str, now: datetime
) -> tuple[DealChange, ...]:
    """Declare two deals one; the older survives and the other's slug leads to it."""
    deals = [require_deal(db, one), require_deal(db, other)]
    if deals[0].id == deals[1].id:
        raise RequestError(f"{one} and {other} are the same deal already")
    survivor, loser = sorted(deals, key=lambda deal: deal.id)
    with db.atomic():
        members = [*mentions.of_deal(db, survivor.id), *mentions.of_deal(db, loser.id)]
        act = _record_act(db, "merge", survivor.id, loser.id, members, reason=reason, made_by=made_by, now=now)
        mentions.pin(db, (row.item.id for row in members), survivor.id)
        handed = swallow(db, loser.id, survivor.id, now=now)
        db.execute("UPDATE desk_acts SET handed_over = ? WHERE id = ?", (json.dumps(handed), act))
        changes = resolve_again(db, _parties(members), now=now, before={survivor.id: survivor})
    return tuple(
        DealChange(before=change.before, after=change.after, merged=(*change.merged, loser.id))
        if change.after.id == survivor.id
        else change
        for change in changes
    )


def split_deal(
    db: Database, slug: str | int, article_ids: Collection[int], *, reason: str, made_by: str, now: datetime
) -> tuple[DealChange, ...]:
    """Make what some articles tell a deal of its own."""
    deal = require_deal(db, slug)
    members = mentions.of_deal(db, deal.id)
    leaving = [row for row in members if row.item.article_id in set(article_ids)]
    staying = [row for row in members if row not in leaving]
    if not leaving or not staying:
        known = ", ".join(str(number) for number in sorted({row.item.article_id for row in members}))
        raise RequestError(f"name some but not all of the articles of {deal.slug}: {known}")
    with db.atomic():
        fresh = redraw.create_deal(db, [row.item for row in leaving], now=now)
        _record_act(db, "split", deal.id, fresh, members, reason=reason, made_by=made_by, now=now)
        mentions.pin(db, (row.item.id for row in staying), deal.id)
        mentions.pin(db, (row.item.id for row in leaving), fresh)
        add_event(
            db, deal.id, at=now, kind="split", detail=f"{len(leaving)} mentions became a deal of their own", now=now
        )
        return resolve_again(db, _parties(members), now=now, before={deal.id: deal})


def _undo_act(db: Database, act_id: int, *, now: datetime) -> tuple[str, tuple[DealChange, ...]]:
    kind, deal_id, other_id, pins, handed = db.execute(
        "SELECT kind, deal_id, other_deal_id, pins_before, handed_over FROM desk_acts WHERE id = ?", (act_id,)
    ).fetchone()
    before = {record.id: record for record in records(db, [deal_id])}
    members = [*mentions.of_deal(db, deal_id), *mentions.of_deal(db, other_id)]
    for number, (home, pinned) in json.loads(pins).items():
        mentions.pin(db, [int(number)], pinned)
        if db.execute("SELECT 1 FROM mentions WHERE id = ?", (int(number),)).fetchone():
            mentions.set_deal(db, int(number), home)
    if kind == "merge":
        db.execute("UPDATE deals SET merged_into = NULL WHERE id = ?", (other_id,))
        slugs.reclaim(db, other_id)
        take_back(db, json.loads(handed or "{}"), loser=other_id, survivor=deal_id)
    db.execute("UPDATE desk_acts SET undone_at = ? WHERE id = ?", (to_text(now), act_id))
    add_event(db, deal_id, at=now, kind=f"un{kind}", detail=f"the {kind} was taken back", now=now)
    before |= {record.id: record for record in records(db, [other_id])}
    return f"the {kind}", resolve_again(db, _parties(members), now=now, before=before)


def _redraw_after(db: Database, fixed: corrections.Correction, words: str, *, now: datetime) -> DealChange | None:
    before = records(db, [fixed.deal_id])
    said = f"{words}: {fixed.previous or 'not stated'} → {fixed.value or 'not stated'} ({fixed.reason})"
    add_event(db, fixed.deal_id, at=now, kind="correction", detail=said, now=now)
    if redraw.redraw(db, fixed.deal_id, now=now) is None:
        return None
    return DealChange(before=before[0], after=records(db, [fixed.deal_id])[0])


def _record_act(
    db: Database,
    kind: str,
    deal_id: int,
    other_id: int,
    members: Iterable[Placed],
    *,
    reason: str,
    made_by: str,
    now: datetime,
) -> int:
    pins = {str(row.item.id): (row.deal_id, row.item.pin) for row in members}
    cursor = db.execute(
        "INSERT INTO desk_acts (kind, deal_id, other_deal_id, pins_before, reason, made_by, made_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (kind, deal_id, other_id, json.dumps(pins), reason, made_by, to_text(now)),
    )
    return int(cursor.lastrowid or 0)


def _parties(members: Iterable[Placed]) -> set[frozenset[str]]:
    return {row.item.parties for row in members}
