"""A round of measuring on a real database: what is due, what is asked again, what is stored, what failure leaves."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.market.measuring import Outcome, fetch, record
from bot.market.planning import plan
from bot.market.price_source import PricesError
from bot.market.tables import BTC, load_market_tables
from db import companies, deals, market, prices, publish
from db.connection import Database, open_database, open_memory
from db.market_records import Cause, MeasuredReaction, Window
from db.records import SourceTier
from extractors.closed_sets import DealType, Direction, PartyKind, Qualifier, Session
from extractors.models import Company, PartialDate, Precision, Reaction, Ticker
from tests.db.conftest import Newsroom, mention

TABLES = load_market_tables()
#: The newsroom tells its deals on Wednesday 4 March 2026 at 12:00 UTC, before the open in New York.
EVENT = date(2026, 3, 4)
LATER = datetime(2026, 4, 1, tzinfo=UTC)
WAIT = timedelta(hours=12)
NORTHGATE = Company(
    key="northgate-digital", name="Northgate Digital", kind=PartyKind.MINER, tickers=(Ticker(exchange="NASDAQ", symbol="NGD"),)
)  # fmt: skip
REDWOOD = Company(key="redwood-ai", name="Redwood AI", kind=PartyKind.AI_LAB)


def path(start: float, event: float, after: float) -> dict[date, float]:
    """Return closes on every weekday of February and March 2026: flat, one jump on the event day, one level after."""
    weekdays = [day for n in range(59) if (day := date(2026, 2, 1) + timedelta(days=n)).weekday() < 5]
    return {day: start if day < EVENT else event if day == EVENT else after for day in weekdays}


class Exchange:
    """A price source that knows some shares and remembers what it was asked."""

    name = "csv"

    def __init__(self, known: Mapping[str, Mapping[date, float]]) -> None:
        self.known = known
        self.asked: list[str] = []

    def closes(self, symbol: str, first: date, last: date) -> Mapping[date, float]:
        self.asked.append(symbol)
        if symbol not in self.known:
            raise PricesError(f"no file of {symbol}")
        return {day: close for day, close in self.known[symbol].items() if first <= day <= last}


@pytest.fixture
def db() -> Iterator[Database]:
    database = open_memory()
    companies.sync_companies(database, [NORTHGATE, REDWOOD])
    yield database
    database.close()


@pytest.fixture
def newsroom(db: Database) -> Newsroom:
    return Newsroom(db)


@pytest.fixture
def source() -> Exchange:
    peers = {share: path(10, 11, 11) for share in ("NASDAQ:MARA", "NASDAQ:RIOT", "NASDAQ:CLSK")}
    return Exchange({"NASDAQ:NGD": path(50, 60, 54), BTC: path(80000, 76000, 80000), **peers})


def measure(db: Database, source: Exchange, *, now: datetime = LATER, only: set[int] | None = None) -> Outcome:
    wanted = plan(db, TABLES, source=source.name, now=now, wait=WAIT, only=only)
    return record(db, TABLES, wanted, fetch(source, wanted), source=source.name, now=now)


def only_one(db: Database) -> MeasuredReaction:
    (deal,) = [deal for deal in deals.list_deals(db) if deal.facts.customer == "Redwood AI"]
    (measured,) = deal.measured
    return measured


def test_a_deal_is_measured_with_bitcoin_and_peers(newsroom: Newsroom, db: Database, source: Exchange) -> None:
    newsroom.publish(mention())
    assert measure(db, source).measured == 1
    measured = only_one(db)
    moves = {move.window: move for move in measured.moves}
    assert (measured.company, measured.event_day, measured.time_known) == ("Northgate Digital", EVENT, True)
    assert [round(moves[w].pct, 6) for w in Window] == [20.0, 0.0, -10.0, 8.0]
    day = moves[Window.DAY]
    assert (day.btc_pct, day.peers_pct, day.peer_count) == (pytest.approx(-5), pytest.approx(10), 3)
    row = db.execute(
        "SELECT measured_pct, minus_btc_points, minus_peers_points FROM v_measured_reactions WHERE window = 'day'"
    ).fetchone()
    assert row == (20.0, 25.0, 10.0)


def test_what_is_complete_is_not_asked_again(newsroom: Newsroom, db: Database, source: Exchange) -> None:
    newsroom.publish(mention())
    measure(db, source)
    assert plan(db, TABLES, source="csv", now=LATER + timedelta(days=9), wait=WAIT).due == ()
    (deal,) = deals.list_deals(db)
    assert len(plan(db, TABLES, source="csv", now=LATER, wait=WAIT, only={deal.id}).due) == 1
    assert len(plan(db, TABLES, source="yahoo", now=LATER, wait=WAIT).due) == 1


def test_open_windows_wait_and_shares_are_asked_once_a_while(
    newsroom: Newsroom, db: Database, source: Exchange
) -> None:
    newsroom.publish(mention())
    evening = datetime(2026, 3, 5, 22, tzinfo=UTC)
    measure(db, source, now=evening)
    assert [move.window for move in only_one(db).moves] == [Window.DAY, Window.BEFORE]
    asked = len(source.asked)
    measure(db, source, now=evening + WAIT / 2)
    assert len(source.asked) == asked
    measure(db, source, now=LATER)
    assert len(source.asked) == 2 * asked
    assert only_one(db).is_complete


def test_before_the_close_nothing_is_measured_yet(newsroom: Newsroom, db: Database, source: Exchange) -> None:
    newsroom.publish(mention())
    source.known = {share: {d: c for d, c in closes.items() if d < EVENT} for share, closes in source.known.items()}
    assert measure(db, source, now=datetime(2026, 3, 4, 20, tzinfo=UTC)).unmeasured == 1
    assert (only_one(db).event_day, only_one(db).reason) == (None, "no session has closed since")


def test_a_share_without_prices_does_no_harm(newsroom: Newsroom, db: Database, source: Exchange) -> None:
    newsroom.publish(mention())
    del source.known["NASDAQ:NGD"]  # type: ignore[attr-defined]
    outcome = measure(db, source)
    assert outcome.failures["NASDAQ:NGD"] == "no file of NASDAQ:NGD"
    assert only_one(db).reason == "no prices of NASDAQ:NGD"
    assert prices.fetches(db)["NASDAQ:NGD"].is_ok is False
    assert prices.closes_of(db, BTC)


def test_prices_kept_before_outlive_a_failure(newsroom: Newsroom, db: Database, source: Exchange) -> None:
    newsroom.publish(mention())
    measure(db, source)
    (deal,) = deals.list_deals(db)
    measure(db, Exchange({}), now=LATER + timedelta(days=1), only={deal.id})
    assert only_one(db).moves


def test_a_halted_share_is_not_measured_over_the_gap(newsroom: Newsroom, db: Database, source: Exchange) -> None:
    newsroom.publish(mention())
    source.known["NASDAQ:NGD"].pop(EVENT)  # type: ignore[attr-defined]
    measure(db, source)
    measured = only_one(db)
    assert measured.event_day == EVENT
    assert "has no close on 2026-03-04" in measured.reason
    assert [move.window for move in measured.moves] == [Window.BEFORE, Window.AROUND]


def test_what_else_happened_is_named(newsroom: Newsroom, db: Database, source: Exchange) -> None:
    newsroom.publish(mention())
    newsroom.publish(
        mention(customer="Note Holders", customer_kind=PartyKind.OTHER, deal_type=DealType.FINANCING, value_usd=Decimal(10**9)),
        day=0.1,
    )  # fmt: skip
    newsroom.publish(mention(customer="Blue Cloud"), day=5)
    measure(db, source)
    found = [(c.cause, c.name, c.sessions_away) for c in only_one(db).confounders]
    assert found == [
        (Cause.FINANCING, "Northgate Digital – Note Holders", 0),
        (Cause.DEAL, "Northgate Digital – Blue Cloud", 3),
    ]


def test_results_are_named_from_the_titles_of_articles(newsroom: Newsroom, db: Database, source: Exchange) -> None:
    newsroom.publish(mention())
    db.execute("UPDATE articles SET title = 'Northgate Digital reports fourth quarter 2025 results'")
    measure(db, source)
    assert [(c.cause, c.sessions_away) for c in only_one(db).confounders] == [(Cause.EARNINGS, 0)]


def test_history_knows_days_only(newsroom: Newsroom, db: Database, source: Exchange) -> None:
    newsroom.publish(mention(), tier=SourceTier.HISTORY)
    measure(db, source)
    assert (only_one(db).time_known, only_one(db).event_day) == (False, EVENT)


def test_a_recap_is_measured_on_the_day_it_names(newsroom: Newsroom, db: Database, source: Exchange) -> None:
    newsroom.publish(mention(announced_on=PartialDate(date="2026-03-04", precision=Precision.DAY)), day=9)
    measure(db, source)
    assert only_one(db).event_day == EVENT


def test_reported_and_measured_stand_side_by_side(newsroom: Newsroom, db: Database, source: Exchange) -> None:
    rose = Reaction(
        company="Northgate Digital", direction=Direction.UP, pct=30.0, qualifier=Qualifier.AT_LEAST,
        session=Session.INTRADAY, deal_related=True,
    )  # fmt: skip
    newsroom.publish(mention(), reactions=(rose, replace(rose, pct=20.0, session=Session.PREMARKET)))
    measure(db, source)
    rows = db.execute(
        "SELECT reported_pct, reported_session, measured_pct, measured_minus_reported_points FROM v_reactions_compared"
        " ORDER BY reported_pct"
    ).fetchall()
    assert rows == [(20.0, "premarket", 20.0, None), (30.0, "intraday", 20.0, -10.0)]


def test_the_past_knows_only_closes_and_events_of_its_day(newsroom: Newsroom, db: Database, source: Exchange) -> None:
    newsroom.publish(mention())
    newsroom.publish(mention(customer="Blue Cloud"), day=5)
    measure(db, source)
    slug = "northgate-digital-redwood-ai-2026-03"
    then = deals.require_deal(db, slug, as_of=datetime(2026, 3, 5, 23, tzinfo=UTC)).measured[0]
    assert ([move.window for move in then.moves], then.confounders) == ([Window.DAY, Window.BEFORE], ())
    assert deals.require_deal(db, slug, as_of=datetime(2026, 3, 30, tzinfo=UTC)).measured[0].is_complete
    assert len(only_one(db).confounders) == 1


def test_an_edition_holds_moves_and_no_prices(tmp_path: Path, source: Exchange) -> None:
    own = open_database(tmp_path / "own.db")
    companies.sync_companies(own, [NORTHGATE, REDWOOD])
    Newsroom(own).publish(mention())
    measure(own, source)
    publish.publish(own, tmp_path / "edition.db", now=LATER)
    own.close()
    edition = open_database(tmp_path / "edition.db", read_only=True)
    assert edition.execute("SELECT count(*), count(price_from), count(price_to) FROM market_moves").fetchone() == (
        4,
        0,
        0,
    )
    assert edition.execute(
        "SELECT (SELECT count(*) FROM prices) + (SELECT count(*) FROM price_fetches)"
    ).fetchone() == (0,)
    assert only_one(edition).moves[0].price_from is None
    edition.close()


def test_only_listed_parties_of_a_kind_with_a_basket_count(newsroom: Newsroom, db: Database) -> None:
    newsroom.publish(mention())
    assert [party.symbol for party in market.listed_parties(db, [PartyKind.MINER])] == ["NASDAQ:NGD"]
    assert market.listed_parties(db, [PartyKind.AI_LAB]) == []
