"""The past in the order it was told: a row of the history at each step of its life, a stored article when published.

Pure. A row is told as it stood then: before its announcement only who talks with whom, at the announcement every
figure its sources give, afterwards each further status on its day.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from db.history_rows import HistoryEvent, HistoryRow, HistorySource, announcement, bare
from db.replay import StoredReading
from extractors.closed_sets import DealStatus
from extractors.models import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something told at a moment: a row as it stood then, or an article. `day` is how exactly the moment is known."""

    at: datetime
    day: PartialDate | None
    row: HistoryRow | None = None
    reading: StoredReading | None = None


def in_order(rows: Iterable[HistoryRow], readings: Iterable[StoredReading]) -> list[Step]:
    """Return everything that was told, oldest first; at the same moment history goes before articles."""
    steps = [step for row in rows for step in history_steps(row)]
    steps += [Step(at=reading.told_at, day=None, reading=reading) for reading in readings]
    return sorted(steps, key=lambda step: (step.at, step.reading is not None))


def history_steps(row: HistoryRow) -> Iterator[Step]:
    """Yield a row at each step of its life."""
    base = announcement(row)
    if base is None:
        assert row.facts.announced_on is not None  # noqa: S101 - a row without events has a day; the file is checked
        base = HistoryEvent(status=row.facts.status, on=row.facts.announced_on)
        yield _told(row, base, (), sources=_at_once(row.sources, base.on))
        return
    for count, event in enumerate(row.events, 1):
        told = row.events[:count]
        if base not in told:
            yield _told(replace(row, reactions=()), event, told, sources=_talk(row.sources, event.on), quiet=True)
        else:
            later = told[told.index(base) + 1 :]
            sources = (*_at_once(row.sources, base.on), *(_voice(row.sources, e) for e in later))
            yield _told(row, event, told, sources=sources)


def _told(
    row: HistoryRow,
    event: HistoryEvent,
    events: Sequence[HistoryEvent],
    *,
    sources: tuple[HistorySource, ...],
    quiet: bool = False,
) -> Step:
    facts = bare(row.facts, status=event.status) if quiet else replace(row.facts, status=_status(events, event))
    as_then = replace(row, facts=facts, events=tuple(events), sources=sources)
    return Step(at=_noon(event.on), day=event.on, row=as_then)


def _status(events: Sequence[HistoryEvent], event: HistoryEvent) -> DealStatus:
    return events[-1].status if events else event.status


def _at_once(sources: Sequence[HistorySource], on: PartialDate) -> tuple[HistorySource, ...]:
    """Let all pages tell on the day itself, as the press did whose words they keep."""
    return tuple(replace(source, published=on) for source in sources)


def _talk(sources: Sequence[HistorySource], on: PartialDate) -> tuple[HistorySource, ...]:
    return tuple(replace(source, published=on, supports=("parties", "events")) for source in sources[:1])


def _voice(sources: Sequence[HistorySource], event: HistoryEvent) -> HistorySource:
    """Return who tells a later step: a page that supports it, apart from what it told before."""
    teller = next((source for source in sources if "events" in source.supports), sources[0])
    return replace(teller, url=f"{teller.url}#{event.on.date}", published=event.on, supports=("events",))


def _noon(day: PartialDate) -> datetime:
    return datetime.fromisoformat(f"{day.date}T12:00:00").replace(tzinfo=UTC)
