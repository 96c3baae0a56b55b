"""The dated history of a deal: statuses reached, figures that moved, corrections, merges.

write_steps(db, deal_id, steps, *, now)                 the steps that follow from the mentions, written anew
add_event(db, deal_id, *, at, kind, detail, …, now)     what happened at the desk
events_of(db, deal_ids) -> {deal id: tuple[DealEvent]}  oldest first
"""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from db.claims import chunks
from db.connection import Database
from db.instants import to_text
from db.records import DealEvent
from extractors.resolution.lifecycle import Step


def write_steps(db: Database, deal_id: int, steps: Sequence[Step], *, now: datetime) -> None:
    """Replace a deal's computed steps when they changed."""
    wanted = [
        (step.day, step.precision.value, step.status.value, _detail(step), step.item.article_id) for step in steps
    ]
    present = db.execute(
        "SELECT at, precision, kind, detail, article_id FROM deal_events WHERE deal_id = ? AND is_computed = 1"
        " ORDER BY id",
        (deal_id,),
    ).fetchall()
    if present == wanted:
        return
    db.execute("DELETE FROM deal_events WHERE deal_id = ? AND is_computed = 1", (deal_id,))
    for at, precision, kind, detail, article_id in wanted:
        db.execute(
            "INSERT INTO deal_events (deal_id, at, precision, kind, detail, article_id, is_computed, recorded_at)"
            " VALUES (?, ?, ?, ?, ?, ?, 1, ?)",
            (deal_id, at, precision, kind, detail, article_id, to_text(now)),
        )


def add_event(
    db: Database, deal_id: int, *, at: datetime, kind: str, detail: str, article_id: int | None = None, now: datetime
) -> None:
    """Record something that does not follow from the mentions alone."""
    db.execute(
        "INSERT INTO deal_events (deal_id, at, kind, detail, article_id, is_computed, recorded_at)"
        " VALUES (?, ?, ?, ?, ?, 0, ?)",
        (deal_id, to_text(at), kind, detail, article_id, to_text(now)),
    )


def events_of(db: Database, deal_ids: Collection[int]) -> dict[int, tuple[DealEvent, ...]]:
    """Return the history of deals, oldest first."""
    found: dict[int, tuple[DealEvent, ...]] = {}
    for chunk in chunks(deal_ids):
        for deal_id, at, kind, detail, article_id in db.execute(
            "SELECT deal_id, at, kind, detail, article_id FROM deal_events"
            f" WHERE deal_id IN ({', '.join('?' * len(chunk))}) ORDER BY deal_id, at, id",
            chunk,
        ):
            event = DealEvent(at=_instant(at), kind=kind, detail=detail, article_id=article_id)
            found[deal_id] = (*found.get(deal_id, ()), event)
    return found


def _detail(step: Step) -> str:
    return f"{step.status.value.replace('_', ' ')}, as {step.item.publisher or 'an article'} has it"


def _instant(text: str) -> datetime:
    when = datetime.fromisoformat(text)
    return when if when.tzinfo else when.replace(tzinfo=UTC)
