"""The rows that cross the border of this room, as frozen values. No SQL here; the aggregates fill and read them.

Times are aware UTC datetimes, money is Decimal, None = not stated.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from db.market_records import MeasuredReaction
from extractors.closed_sets import CapacityKind, Qualifier
from extractors.models import Evidence, Mention, PartialDate, Reaction


class SourceTier(StrEnum):
    """What kind of source an article is, best first; decides which claim of a field is shown."""

    FILING = "filing"
    PRESS_RELEASE = "press_release"
    NEWSWIRE = "newswire"
    TRADE_PRESS = "trade_press"
    BLOG = "blog"
    HISTORY = "history"


class EntryState(StrEnum):
    """Where an entry stands on its way to an article."""

    NEW = "new"
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """One item of a feed, waiting to be read. `content` is the feed's own HTML or text, possibly a summary only."""

    id: int
    feed_id: int
    guid: str
    url: str | None
    title: str
    content: str
    content_is_full: bool
    published_at: datetime | None
    seen_at: datetime
    alerting: bool
    tier: SourceTier
    publisher: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleDraft:
    """An article read from an entry, a file or a URL, ready to be stored."""

    entry_id: int | None
    feed_id: int | None
    url: str | None
    canonical_url: str | None
    title: str
    text: str
    published_at: datetime | None
    fetched_at: datetime
    language: str | None
    publisher: str
    tier: SourceTier
    alerting: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article that tells a deal. `duplicate_of` is the article it copies; copies count once."""

    article_id: int
    url: str | None
    title: str
    publisher: str
    published_at: datetime | None
    tier: SourceTier
    duplicate_of: int | None = None
    primary: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one article states for one field of a deal, with the sentence that says so and where it is on its page."""

    field: str
    value: str
    qualifier: Qualifier | None
    article_id: int
    published_at: datetime | None
    tier: SourceTier
    evidence: Evidence | None
    shown: bool
    sentence: str | None = None
    text_directive: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A field whose sources disagree: each distinct value with the number of independent sources, shown one first."""

    field: str
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DealEvent:
    """One step of a deal's life: a status reached, a material change, a merge, a correction."""

    at: datetime
    kind: str
    detail: str
    article_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedReaction:
    """A share move reported by an article, attached to a deal, with the sentence that says so."""

    reaction: Reaction
    article_id: int
    published_at: datetime | None
    sentence: str | None = None
    text_directive: str | None = None
    company_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateValue:
    """One figure of a stored estimate."""

    p10: float
    p50: float
    p90: float
    unit: str
    origin: str  # stated | derived | assumed


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A date of a deal that is planned or reached.

    `name` is contracted, financed, under_construction, energising (first capacity) or energised. `promised_until` is
    the last day of what was promised first; `slipped_days` counts from there to the end stated now, None where the
    two periods overlap. `url` leads to the sentence `statement` where that is one.
    """

    name: str
    planned: bool
    when: PartialDate
    last_day: date
    capacity_mw: float | None
    capacity_kind: CapacityKind | None
    promised_until: date | None
    slipped_days: int | None
    statement: str
    publisher: str
    url: str | None
    told_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DealRecord:
    """A deal: what all its mentions together say. `facts` holds the shown values in the shape of a mention."""

    id: int
    slug: str
    name: str
    facts: Mention
    first_seen_at: datetime
    updated_at: datetime
    evidence_tier: str
    sources: tuple[Source, ...] = ()
    claims: tuple[Claim, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    reactions: tuple[ReportedReaction, ...] = ()
    measured: tuple[MeasuredReaction, ...] = ()
    events: tuple[DealEvent, ...] = ()
    estimate: Mapping[str, EstimateValue] = field(default_factory=dict)
    is_history: bool = False
    milestones: tuple[Milestone, ...] = ()


__all__ = [
    "ArticleDraft",
    "Claim",
    "Conflict",
    "DealEvent",
    "DealRecord",
    "EntryRow",
    "EntryState",
    "EstimateValue",
    "Milestone",
    "ReportedReaction",
    "Source",
    "SourceTier",
]
