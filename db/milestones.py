"""Milestones of deals, as the view `v_milestones` lists them: contracted, financed, under construction, energised.

milestones_of(db, deal_ids) -> {deal id: tuple[Milestone, …]}      in the order of their steps and days
"""

from collections.abc import Collection
from datetime import date

from db.claims import chunks
from db.connection import Database
from db.instants import from_text
from db.records import Milestone
from extractors.closed_sets import CapacityKind, Precision
from extractors.models import PartialDate

_COLUMNS = (
    *("milestone", "is_planned", "from_day", "until_day", "precision", "capacity_mw", "capacity_kind"),
    *("first_from_day", "first_until_day", "slipped_days", "statement", "publisher", "evidence_url", "told_at"),
)


def milestones_of(db: Database, deal_ids: Collection[int]) -> dict[int, tuple[Milestone, ...]]:
    """Return the milestones of deals."""
    found: dict[int, tuple[Milestone, ...]] = {}
    for chunk in chunks(deal_ids):
        for deal_id, *values in db.execute(
            f"SELECT deal_id, {', '.join(_COLUMNS)} FROM v_milestones"
            f" WHERE deal_id IN ({', '.join('?' * len(chunk))}) ORDER BY deal_id, step, from_day, capacity_mw",
            chunk,
        ):
            row = dict(zip(_COLUMNS, values, strict=True))
            found[deal_id] = (*found.get(deal_id, ()), _milestone(row))
    return found


def _milestone(row: dict[str, object]) -> Milestone:
    first = row["first_from_day"]
    return Milestone(
        name=str(row["milestone"]),
        planned=bool(row["is_planned"]),
        when=PartialDate(date=str(row["from_day"]), precision=Precision(str(row["precision"]))),
        last_day=date.fromisoformat(str(row["until_day"])),
        capacity_mw=row["capacity_mw"],  # type: ignore[arg-type]
        capacity_kind=None if row["capacity_kind"] is None else CapacityKind(str(row["capacity_kind"])),
        promised_until=date.fromisoformat(str(row["first_until_day"])) if first is not None else None,
        slipped_days=row["slipped_days"],  # type: ignore[arg-type]
        statement=str(row["statement"] or ""),
        publisher=str(row["publisher"] or ""),
        url=None if row["evidence_url"] is None else str(row["evidence_url"]),
        told_at=from_text(row["told_at"]),  # type: ignore[arg-type]
    )
