"""Which channel hears which news: a watch's wishes, stage by stage, each with the reason a person can read.

Pure. Quiet hours do not refuse an alert, they hold it back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.delivery.news import NewsEvent
from bot.messages.local_time import quiet_until
from bot.messages.wording import TYPE_WORDS, NumberFormat, Style, listed, money, percent, power
from db.records import DealRecord
from db.watches import Watch
from extractors.models import Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One wish of a watch, held against one deal."""

    name: str
    passed: bool
    reason: str


def match(
    watch: Watch,
    event: NewsEvent,
    deal: DealRecord,
    *,
    published_at: datetime | None = None,
    min_confidence: float = 0.0,
) -> bool:
    """Tell whether a watch hears an event. `min_confidence` is the operator's floor below every watch's own."""
    return all(s.passed for s in stages(watch, event, deal, published_at=published_at, min_confidence=min_confidence))


def stages(
    watch: Watch,
    event: NewsEvent,
    deal: DealRecord,
    *,
    published_at: datetime | None = None,
    min_confidence: float = 0.0,
) -> Iterator[Stage]:
    """Yield every stage with its outcome, in the order they are asked."""
    style = style_of(watch)
    yield Stage(
        name="open", passed=watch.disabled_at is None, reason=watch.disabled_reason or "the channel is reachable"
    )
    yield _start(watch, published_at)
    heard = listed([kind.replace("_", " ") for kind in watch.events], joint="and")
    yield Stage(
        name="event", passed=event.kind.value in watch.events, reason=f"this is a {event.kind.value}; it hears {heard}"
    )
    yield _companies(watch, deal.facts)
    types = listed([TYPE_WORDS[t] for t in TYPE_WORDS if t.value in watch.deal_types])
    yield Stage(
        name="kind",
        passed=not watch.deal_types or deal.facts.deal_type.value in watch.deal_types,
        reason=f"the deal is of the kind “{TYPE_WORDS[deal.facts.deal_type]}”; it hears {types or 'every kind'}",
    )
    yield _size(watch, deal.facts, style)
    floor = max(watch.min_confidence, min_confidence)
    yield Stage(
        name="confidence",
        passed=deal.facts.confidence >= floor,
        reason=f"{percent(deal.facts.confidence * 100)} sure, at least {percent(floor * 100)} wanted",
    )


def _start(watch: Watch, published_at: datetime | None) -> Stage:
    late = published_at is None or watch.starts_at is None or published_at >= watch.starts_at
    when = "after" if late else "before"
    return Stage(name="start", passed=late, reason=f"the article came {when} the watch was set up")


def _companies(watch: Watch, facts: Mention) -> Stage:
    parties = {name.casefold() for name in (facts.provider, facts.customer) if name}
    wanted = {name.casefold() for name in watch.companies}
    hears = listed(list(watch.companies), joint="or") or "every company"
    return Stage(name="company", passed=not wanted or bool(parties & wanted), reason=f"it hears {hears}")


def _size(watch: Watch, facts: Mention, style: Style) -> Stage:
    """Pass when one of the wanted minimums is met; a figure no article states meets none."""
    wishes = []
    if watch.min_value_usd is not None:
        met = facts.value_usd is not None and facts.value_usd >= watch.min_value_usd
        wishes.append((met, f"at least {money(watch.min_value_usd, style=style)}"))
    if watch.min_capacity_mw is not None:
        met = facts.capacity_mw is not None and facts.capacity_mw >= watch.min_capacity_mw
        wishes.append((met, f"at least {power(watch.min_capacity_mw, style=style)}"))
    wanted = listed([words for _, words in wishes], joint="or")
    return Stage(
        name="size", passed=not wishes or any(met for met, _ in wishes), reason=f"it hears {wanted or 'every size'}"
    )


def held_until(watch: Watch, *, now: datetime) -> datetime | None:
    """Return when the watch's quiet hours end, None outside them."""
    return quiet_until(now, start=watch.quiet_from, end=watch.quiet_until, zone=watch.time_zone)


def style_of(watch: Watch) -> Style:
    """Return how a channel wants its numbers and times; an unknown format reads as English."""
    known = watch.number_format in NumberFormat.__members__.values()
    return Style(numbers=NumberFormat(watch.number_format) if known else NumberFormat.EN, timezone=watch.time_zone)
