"""Measures what is due: asks the price source, keeps what it gave, studies and stores.

    fetch(source, plan) -> Fetched                                  asks; a share that fails is noted       (network)
    record(db, tables, plan, fetched, *, source, now) -> Outcome    keeps the prices, studies, stores       (database)

The steps are apart so that nobody waits for a price source while holding the database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bot.market.confounders import confounders
from bot.market.event_day import event_day, trading_days
from bot.market.event_study import Closes, study
from bot.market.planning import Due, Plan, basket
from bot.market.price_source import PricesError, PriceSource, UnreachableError
from bot.market.tables import BTC, Exchange, MarketTables
from db.connection import Database
from db.market import store_measured
from db.market_records import MeasuredReaction, Window
from db.prices import closes_of, store_closes, store_failure

#: Failures in a row after which a source counts as down.
_PATIENCE = 3
Prices = Mapping[str, Closes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a source gave and what it did not."""

    closes: Prices = field(default_factory=dict)
    failures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a round came to."""

    measured: int = 0
    unmeasured: int = 0
    failures: Mapping[str, str] = field(default_factory=dict)


def fetch(source: PriceSource, wanted: Plan) -> Fetched:
    """Ask a source for the shares of a plan; a share without prices is noted and does no harm.

    A source that does not answer several times in a row is left alone until the next round.
    """
    closes: dict[str, Closes] = {}
    failures: dict[str, str] = {}
    unanswered = 0
    for share, (first, last) in sorted(wanted.to_ask.items()):
        if unanswered == _PATIENCE:
            failures[share] = f"not asked: {source.name} does not answer"
            continue
        try:
            closes[share] = source.closes(share, first, last)
        except PricesError as error:
            failures[share] = str(error)
            unanswered = unanswered + 1 if isinstance(error, UnreachableError) else 0
        else:
            unanswered = 0
    return Fetched(closes=closes, failures=failures)


def record(
    db: Database, tables: MarketTables, wanted: Plan, fetched: Fetched, *, source: str, now: datetime
) -> Outcome:
    """Keep what was fetched, measure what is due with all prices at hand, and store it."""
    with db.atomic():
        _keep(db, wanted, fetched, source=source, now=now)
        prices = {share: closes_of(db, share) for share in wanted.shares}
        found = [(due, _measured(due, _scene(due, tables, prices), source=source, now=now)) for due in wanted.due]
        for due, measured in found:
            store_measured(db, due.party, measured)
    done = sum(bool(measured.moves) for _, measured in found)
    return Outcome(measured=done, unmeasured=len(found) - done, failures=fetched.failures)


def _keep(db: Database, wanted: Plan, fetched: Fetched, *, source: str, now: datetime) -> None:
    for share, (first, last) in wanted.to_ask.items():
        if share in fetched.closes:
            store_closes(db, share, fetched.closes[share], source=source, first=first, last=last, now=now)
        else:
            reason = fetched.failures.get(share, "was not asked")
            store_failure(db, share, source=source, first=first, last=last, reason=reason, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """What one event is studied with. `yardstick` holds the peers' prices, `sessions` the exchange's trading days."""

    exchange: Exchange
    sessions: Sequence[date]
    closes: Closes
    btc: Closes
    yardstick: Sequence[Closes]
    at_least: int


def _scene(due: Due, tables: MarketTables, prices: Prices) -> _Scene:
    exchange = tables.exchanges[due.party.symbol.partition(":")[0]]
    there = {share: tables.exchange_of(share) for share in prices}
    calendar = [prices[share] for share, at in there.items() if at and at.calendar == exchange.calendar]
    # The shares of the other parties moved for the same reason: they are no yardstick.
    peers = [share for share in basket(tables, due.party) if share not in due.fellows]
    return _Scene(
        exchange=exchange,
        sessions=trading_days(calendar),
        closes=prices[due.party.symbol],
        btc=prices[BTC],
        yardstick=[prices[share] for share in peers],
        at_least=tables.baskets[due.party.kind].at_least,
    )


def _measured(due: Due, scene: _Scene, *, source: str, now: datetime) -> MeasuredReaction:
    event = event_day(due.announced, scene.exchange.hours, scene.sessions) if scene.closes else None
    blank = MeasuredReaction(
        company=due.party.company,
        company_key=due.party.company_key,
        symbol=due.party.symbol,
        announced_at=due.announced.at,
        time_known=due.announced.time_known,
        event_day=event,
        reason="" if event else _why_not(due, scene, now=now),
        moves=(),
        confounders=(),
        source=source,
        is_complete=False,
        computed_at=now,
    )
    return blank if event is None else _studied(blank, due, scene, event)


def _studied(blank: MeasuredReaction, due: Due, scene: _Scene, event: date) -> MeasuredReaction:
    moves = study(
        scene.closes, scene.sessions, event, btc=scene.btc, peers=scene.yardstick, at_least=scene.at_least
    )  # fmt: skip
    windows = {move.window for move in moves}
    missing = f"{blank.symbol} has no close on {event} or on the session before"
    return replace(
        blank,
        reason="" if Window.DAY in windows else missing,
        moves=moves,
        confounders=confounders(due.others, hours=scene.exchange.hours, sessions=scene.sessions, event=event),
        is_complete=Window.AFTER in windows,
    )


def _why_not(due: Due, scene: _Scene, *, now: datetime) -> str:
    if not scene.closes:
        return f"no prices of {due.party.symbol}"
    if now.date() - due.announced.day <= timedelta(days=4):
        return "no session has closed since"
    return f"no prices of {due.party.symbol} near {due.announced.day}"
