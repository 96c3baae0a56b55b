"""What is news: the decision whether a changed deal raises an alert, and of which kind.

Pure: old record, new record and `now` in, an event or None out. The rules are DESIGN's "Alert mention" and "Material
change". A deal whose change is no news is still edited silently where it was announced. Which channel hears an event
is decided in `bot.delivery.watching`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from db.records import DealRecord, ReportedReaction, Source
from extractors.closed_sets import DealStatus
from extractors.models import Mention
from extractors.periods import first_day, is_later, last_day

#: Feeds stamp articles some hours ahead when they get a time zone wrong; more than this is no date at all.
FUTURE = timedelta(hours=24)

#: No site is late by more when its new date is told for the first time.
FURTHEST_SLIP = timedelta(days=4 * 365)

AGREED = frozenset({DealStatus.SIGNED, DealStatus.EXPANDED, DealStatus.CLOSED})
RUMOURED = frozenset({DealStatus.RUMORED, DealStatus.IN_TALKS, DealStatus.LOI})
ENDED = frozenset({DealStatus.TERMINATED, DealStatus.REJECTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The operator's thresholds: how old an article may be, how far a shown figure must move to be news."""

    max_age: timedelta = timedelta(hours=72)
    material_share: Decimal = Decimal("0.10")


DEFAULT_RULES = Rules()


class Change(Protocol):
    """A deal before (None = it is new to us) and after an article was read."""

    @property
    def before(self) -> DealRecord | None: ...
    @property
    def after(self) -> DealRecord: ...


class EventKind(StrEnum):
    """What a watch may ask to hear."""

    NEW = "new"
    CHANGE = "change"
    RUMOUR = "rumour"
    REACTION = "reaction"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A shown fact that moved; None = not stated before, or no longer."""

    field: str
    before: object | None
    after: object | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsEvent:
    """Why a deal is news now. `reactions` are the share moves that were not known before."""

    kind: EventKind
    at: datetime
    changes: tuple[FieldChange, ...] = ()
    reactions: tuple[ReportedReaction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A decision with its reason, for `/watch why`."""

    event: NewsEvent | None
    reason: str


def decide(
    change: Change, *, now: datetime, article: Source | None = None, alerting: bool = True, rules: Rules = DEFAULT_RULES
) -> NewsEvent | None:
    """Return the event a changed deal raises, None when it is no news. `article` is the one that brought the change."""
    return judge(change, now=now, article=article, alerting=alerting, rules=rules).event


def judge(
    change: Change, *, now: datetime, article: Source | None = None, alerting: bool = True, rules: Rules = DEFAULT_RULES
) -> Verdict:
    """Decide like `decide`, and say why in words."""
    before, after = change.before, change.after
    if reason := _silence(after, article, alerting=alerting) or _staleness(after, article, now=now, rules=rules):
        return Verdict(event=None, reason=reason)
    facts = after.facts
    known = before.facts if before is not None and before.facts.alerts else None
    changes = material_changes(known, facts, share=rules.material_share) if known is not None else ()
    if kind := _first_kind(known, facts):
        return _verdict(kind, now, changes, reason=f"first time the deal is {facts.status.value}")
    if changes:
        names = ", ".join(moved.field for moved in changes)
        return _verdict(EventKind.CHANGE, now, changes, reason=f"material change: {names}")
    if (fresh := _new_reactions(before, after)) and known is not None:
        event = NewsEvent(kind=EventKind.REACTION, at=now, reactions=fresh)
        return Verdict(event=event, reason="a share move not known before")
    return Verdict(event=None, reason=_poverty(facts) or "nothing moved materially; the sent alert is edited silently")


def _verdict(kind: EventKind, now: datetime, changes: tuple[FieldChange, ...], *, reason: str) -> Verdict:
    return Verdict(event=NewsEvent(kind=kind, at=now, changes=changes), reason=reason)


def _silence(after: DealRecord, article: Source | None, *, alerting: bool) -> str:
    facts = after.facts
    stages = (
        (after.is_history, "the deal belongs to the bundled history"),
        (not alerting, "its feed is read for the record only"),
        (article is not None and article.duplicate_of is not None, "the article copies one we already have"),
        (article is not None and not article.primary, "the article only mentions the deal in passing"),
        (not facts.primary, "no article has the deal as its subject"),
        (not facts.miner_hyperscaler, "it is not a miner supplying an AI user"),
        (not facts.alerts, f"deals of type {facts.deal_type.value} never alert"),
    )
    return next((reason for silent, reason in stages if silent), "")


def _staleness(after: DealRecord, article: Source | None, *, now: datetime, rules: Rules) -> str:
    published = article.published_at if article is not None else None
    if published is None and after.facts.announced_on is not None:
        published = datetime.fromisoformat(after.facts.announced_on.date).replace(tzinfo=UTC)
    if published is None:
        return ""
    if published > now + FUTURE:
        return "the article's date lies in the future"
    hours = rules.max_age.total_seconds() / 3600
    return f"the article is older than {hours:.0f} hours" if now - published > rules.max_age else ""


def _first_kind(known: Mention | None, facts: Mention) -> EventKind | None:
    """Name the event of a stage the deal reaches for the first time; a rumour that is signed is new."""
    if facts.status in AGREED:
        first = known is None or (known.status in RUMOURED) or not is_complete(known)
        return EventKind.NEW if first and is_complete(facts) else None
    if known is not None:
        return None
    return EventKind.RUMOUR if facts.status in RUMOURED else EventKind.CHANGE


def is_complete(facts: Mention) -> bool:
    """Tell whether a deal says enough for a `new`: a provider and one of customer, value, MW, GPUs, term."""
    terms = (facts.customer, _base_value(facts), facts.capacity_mw, facts.gpu_count, facts.term_years)
    return facts.provider is not None and any(term is not None for term in terms)


def _poverty(facts: Mention) -> str:
    return "" if is_complete(facts) else "it states no provider, or nothing beside the provider"


def material_changes(
    before: Mention, after: Mention, *, share: Decimal = DEFAULT_RULES.material_share
) -> tuple[FieldChange, ...]:
    """Return the shown facts that moved materially (DESIGN, "Material change"); figures by more than `share`."""
    return tuple(_moved(before, after, share))


def _moved(before: Mention, after: Mention, share: Decimal) -> Iterator[FieldChange]:
    if before.status is not after.status:
        yield FieldChange(field="status", before=before.status, after=after.status)
    for field in ("provider", "customer"):
        old, new = getattr(before, field), getattr(after, field)
        if new is not None and old != new:
            yield FieldChange(field=field, before=old, after=new)
    for field, read in _FIGURES.items():
        old, new = read(before), read(after)
        stated_first = field == "value" and old is None and new is not None
        if stated_first or _differs(old, new, share):
            yield FieldChange(field=field, before=old, after=new)
    yield from slips(before, after)


def slips(before: Mention, after: Mention) -> Iterator[FieldChange]:
    """Yield delivery dates that moved back: to a later period, not to a finer word for the same one.

    A date that comes nearer is shown in silence, and one that leaps by years was misread: the end of a term, mostly.
    """
    for field in ("delivery_start", "delivery_end"):
        old, new = getattr(before, field), getattr(after, field)
        if old is None or new is None or not is_later(new, old):
            continue
        if first_day(new) - last_day(old) <= FURTHEST_SLIP:
            yield FieldChange(field=field, before=old, after=new)


def _base_value(facts: Mention) -> Decimal | None:
    return facts.value_usd if facts.value_usd is not None else facts.value_original


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


_FIGURES: dict[str, Callable[[Mention], Decimal | None]] = {
    "value": _base_value,
    "capacity_mw": lambda facts: _decimal(facts.capacity_mw),
    "term_years": lambda facts: _decimal(facts.term_years),
}


def _differs(old: Decimal | None, new: Decimal | None, share: Decimal) -> bool:
    if old is None or new is None:
        return False
    return abs(old - new) > share * max(abs(old), abs(new))


def _new_reactions(before: DealRecord | None, after: DealRecord) -> tuple[ReportedReaction, ...]:
    known = {_key(reported) for reported in before.reactions} if before is not None else set()
    return tuple(r for r in after.reactions if r.reaction.deal_related and _key(r) not in known)


def _key(reported: ReportedReaction) -> tuple[str, str, str]:
    reaction = reported.reaction
    return reaction.company.casefold(), reaction.direction.value, reaction.session.value
