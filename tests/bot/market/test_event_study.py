"""Event days and windows against a table worked out by hand: holidays, after-hours, weekends, exchanges, missing days.

The prices are invented so that every move can be checked in the head. New York and Nasdaq in November 2025: the 27th
is Thanksgiving, the 28th ends at 13:00; winter time, so that 16:00 is 21:00 UTC. Standard hours elsewhere as in
config/market.toml.

      14  17  18  19  20  21 | 24  25  26  28 | Dec 1     2    3    4   5   8
     120 100 102 104 100  90 | 99 110 121 110 |   121 133.1  121  110  99 110
"""

from datetime import UTC, date, datetime

import pytest

from bot.market.event_day import Announcement, announcement, event_day, trading_days
from bot.market.event_study import change, study
from bot.market.tables import load_market_tables
from db.market_records import Move, Window


def days(text: str) -> dict[date, float]:
    """Read "2025-11-14 120, 2025-11-17 100" as closes by day."""
    pairs = (item.split() for item in text.split(","))
    return {date.fromisoformat(day): float(close) for day, close in pairs}


NORTH = days(
    "2025-11-14 120, 2025-11-17 100, 2025-11-18 102, 2025-11-19 104, 2025-11-20 100, 2025-11-21 90, 2025-11-24 99,"
    "2025-11-25 110, 2025-11-26 121, 2025-11-28 110, 2025-12-01 121, 2025-12-02 133.1, 2025-12-03 121, 2025-12-04 110,"
    "2025-12-05 99, 2025-12-08 110"
)
#: The end of summer time in New York: 31 October closes at 20:00 UTC, 3 November at 21:00 UTC.
AUTUMN = days("2025-10-30 50, 2025-10-31 40, 2025-11-03 44, 2025-11-04 55")
#: Sydney in summer time, 16:10 is 05:10 UTC.
SYDNEY = days("2025-11-21 2, 2025-11-24 3, 2025-11-25 6")
#: 13 October is Thanksgiving in Canada and an ordinary Monday in New York.
TORONTO = days("2025-10-10 10, 2025-10-14 12, 2025-10-15 15")
NEW_YORK_OCTOBER = days("2025-10-10 20, 2025-10-13 25, 2025-10-14 30")
#: 25 and 26 December are holidays in London; summer time is over, 16:35 is 16:35 UTC.
LONDON = days("2025-12-23 8, 2025-12-24 10, 2025-12-29 9, 2025-12-30 18")
TOKYO = days("2025-11-20 200, 2025-11-21 210, 2025-11-25 189")

#: exchange, closes, when it became known ("day" = only the day is), event day, move on it in percent.
TABLE = [
    pytest.param("NASDAQ", NORTH, "2025-11-24T12:00:00", "2025-11-24", 10.0, id="before-the-open"),
    pytest.param("NASDAQ", NORTH, "2025-11-24T20:59:59", "2025-11-24", 10.0, id="a-second-before-the-close"),
    pytest.param("NASDAQ", NORTH, "2025-11-24T21:00:00", "2025-11-25", 100 / 9, id="at-the-close"),
    pytest.param("NASDAQ", NORTH, "2025-11-24T21:05:00", "2025-11-25", 100 / 9, id="after-hours"),
    pytest.param("NASDAQ", NORTH, "2025-11-25T01:00:00", "2025-11-25", 100 / 9, id="next-day-in-utc-same-evening-there"),
    pytest.param("NASDAQ", NORTH, "2025-11-22T15:00:00", "2025-11-24", 10.0, id="saturday"),
    pytest.param("NASDAQ", NORTH, "2025-11-23T23:00:00", "2025-11-24", 10.0, id="sunday-evening"),
    pytest.param("NASDAQ", NORTH, "2025-11-21T21:30:00", "2025-11-24", 10.0, id="friday-after-hours"),
    pytest.param("NASDAQ", NORTH, "2025-11-26T22:00:00", "2025-11-28", -100 / 11, id="eve-of-a-holiday-after-hours"),
    pytest.param("NASDAQ", NORTH, "2025-11-27T15:00:00", "2025-11-28", -100 / 11, id="on-a-holiday"),
    pytest.param("NASDAQ", NORTH, "2025-11-28T17:59:00", "2025-11-28", -100 / 11, id="half-day-before-its-close"),
    pytest.param("NASDAQ", NORTH, "2025-11-28T18:30:00", "2025-12-01", 10.0, id="half-day-after-its-early-close"),
    pytest.param("NYSE", NORTH, "2025-12-02T14:00:00", "2025-12-02", 10.0, id="the-other-exchange-of-the-calendar"),
    pytest.param("NASDAQ", NORTH, "day 2025-11-25", "2025-11-25", 100 / 9, id="only-the-day-is-known"),
    pytest.param("NASDAQ", NORTH, "day 2025-11-23", "2025-11-24", 10.0, id="only-a-sunday-is-known"),
    pytest.param("NASDAQ", NORTH, "day 2025-11-27", "2025-11-28", -100 / 11, id="only-a-holiday-is-known"),
    pytest.param("NASDAQ", AUTUMN, "2025-10-31T20:30:00", "2025-11-03", 10.0, id="summer-time-after-the-close"),
    pytest.param("NASDAQ", AUTUMN, "2025-11-03T20:30:00", "2025-11-03", 10.0, id="winter-time-before-the-close"),
    pytest.param("ASX", SYDNEY, "2025-11-24T04:00:00", "2025-11-24", 50.0, id="sydney-afternoon"),
    pytest.param("ASX", SYDNEY, "2025-11-24T05:30:00", "2025-11-25", 100.0, id="sydney-after-the-auction"),
    pytest.param("ASX", SYDNEY, "2025-11-23T21:00:00", "2025-11-24", 50.0, id="sunday-in-utc-monday-in-sydney"),
    pytest.param("TSX", TORONTO, "2025-10-13T14:00:00", "2025-10-14", 20.0, id="holiday-in-toronto"),
    pytest.param("NASDAQ", NEW_YORK_OCTOBER, "2025-10-13T14:00:00", "2025-10-13", 25.0, id="no-holiday-in-new-york"),
    pytest.param("TSX", TORONTO, "2025-10-14T20:00:00", "2025-10-15", 25.0, id="toronto-at-the-close"),
    pytest.param("LSE", LONDON, "2025-12-24T16:40:00", "2025-12-29", -10.0, id="london-over-christmas"),
    pytest.param("LSE", LONDON, "2025-12-29T16:32:00", "2025-12-29", -10.0, id="london-during-the-closing-auction"),
    pytest.param("TYO", TOKYO, "2025-11-21T06:00:00", "2025-11-21", 5.0, id="tokyo-before-half-past-three"),
    pytest.param("TYO", TOKYO, "2025-11-21T06:45:00", "2025-11-25", -10.0, id="tokyo-after-it-and-a-holiday-on-monday"),
]  # fmt: skip


def known(text: str) -> Announcement:
    """Read "2025-11-24T12:00:00" (UTC), or "day 2025-11-24"."""
    at = datetime.fromisoformat(text.removeprefix("day ")).replace(tzinfo=UTC)
    return Announcement(at=at, time_known=not text.startswith("day "))


def measured(closes: dict[date, float], event: str, **others: object) -> dict[Window, Move]:
    """Study a share on its own calendar."""
    given = {"btc": {}, "peers": (), "at_least": 3, "sessions": sorted(closes)} | others
    found = study(closes, event=date.fromisoformat(event), **given)  # type: ignore[arg-type]
    return {move.window: move for move in found}


@pytest.mark.parametrize(("code", "closes", "when", "day", "pct"), TABLE)
def test_the_event_day_and_its_move(code, closes, when, day, pct):
    found = event_day(known(when), load_market_tables().exchanges[code].hours, sorted(closes))
    assert found == date.fromisoformat(day)
    assert measured(closes, day)[Window.DAY].pct == pytest.approx(pct)


@pytest.mark.parametrize(
    "when",
    [
        pytest.param("2025-12-08T22:00:00", id="no-session-has-closed-since"),
        pytest.param("2025-11-01T12:00:00", id="prices-begin-two-weeks-later"),
    ],
)
def test_no_event_day_without_prices(when):
    assert event_day(known(when), load_market_tables().exchanges["NASDAQ"].hours, sorted(NORTH)) is None


@pytest.mark.parametrize(
    ("event", "window", "first", "last", "pct"),
    [
        pytest.param("2025-11-24", Window.BEFORE, "2025-11-14", "2025-11-21", -25.0, id="five-before"),
        pytest.param("2025-11-24", Window.AFTER, "2025-11-24", "2025-12-02", 34.4444, id="five-after-over-the-holiday"),
        pytest.param("2025-11-24", Window.AROUND, "2025-11-14", "2025-12-02", 10.9167, id="all-eleven"),
        pytest.param("2025-11-28", Window.BEFORE, "2025-11-19", "2025-11-26", 16.3462, id="five-before-the-half-day"),
        pytest.param("2025-11-28", Window.AFTER, "2025-11-28", "2025-12-05", -10.0, id="five-after-the-half-day"),
        pytest.param("2025-11-28", Window.AROUND, "2025-11-19", "2025-12-05", -4.8077, id="around-the-half-day"),
    ],
)
def test_windows_count_sessions_not_days(event, window, first, last, pct):
    move = measured(NORTH, event)[window]
    assert (move.from_day.isoformat(), move.to_day.isoformat()) == (first, last)
    assert move.pct == pytest.approx(pct, abs=1e-4)


@pytest.mark.parametrize(
    ("missing", "event", "windows"),
    [
        pytest.param([], "2025-11-24", {"day", "before", "after", "around"}, id="nothing"),
        pytest.param(["2025-11-24"], "2025-11-24", {"before", "around"}, id="the-event-day-itself"),
        pytest.param(["2025-11-21"], "2025-11-24", {"after", "around"}, id="the-day-before"),
        pytest.param(["2025-12-02"], "2025-11-24", {"day", "before"}, id="the-last-day-of-the-window"),
        pytest.param(["2025-11-19"], "2025-11-24", {"day", "before", "after", "around"}, id="a-day-inside"),
        pytest.param([], "2025-11-18", {"day", "after"}, id="too-near-the-beginning"),
        pytest.param([], "2025-12-04", {"day", "before"}, id="too-near-the-end"),
        pytest.param([], "2025-11-14", {"after"}, id="the-first-day-there-is"),
    ],
)
def test_a_missing_close_leaves_its_windows_unmeasured(missing, event, windows):
    closes = {day: close for day, close in NORTH.items() if day.isoformat() not in missing}
    found = measured(closes, event, sessions=sorted(NORTH))
    assert {window.value for window in found} == windows


BTC = days("2025-11-21 80000, 2025-11-22 81000, 2025-11-23 82000, 2025-11-24 84000")
FLAT, UP, DOWN = (days(f"2025-11-21 50, 2025-11-24 {close}") for close in (50, 55, 48))


@pytest.mark.parametrize(
    ("btc", "peers", "btc_pct", "peers_pct", "count"),
    [
        pytest.param(BTC, [FLAT, UP, DOWN], 5.0, 2.0, 3, id="all-there"),
        pytest.param({k: v for k, v in BTC.items() if k.day != 24}, [], 2.5, None, 0, id="bitcoin-misses-the-day"),
        pytest.param({}, [FLAT, UP], None, None, 2, id="two-peers-are-no-basket"),
        pytest.param(days("2025-11-10 1, 2025-11-24 2"), [], None, None, 0, id="bitcoin-misses-two-weeks"),
        pytest.param(BTC, [FLAT, UP, days("2025-11-20 40, 2025-11-24 48")], 5.0, 10.0, 3, id="a-peer-had-a-holiday"),
        pytest.param(BTC, [FLAT, UP, DOWN, {}], 5.0, 2.0, 3, id="a-peer-not-yet-listed"),
    ],
)
def test_bitcoin_and_peers_over_the_same_days(btc, peers, btc_pct, peers_pct, count):
    move = measured(NORTH, "2025-11-24", btc=btc, peers=peers)[Window.DAY]
    assert (move.btc_pct, move.peers_pct, move.peer_count) == (
        btc_pct if btc_pct is None else pytest.approx(btc_pct),
        peers_pct if peers_pct is None else pytest.approx(peers_pct),
        count,
    )


def test_a_change_over_missing_days_is_none():
    assert change(NORTH, date(2025, 11, 1), date(2025, 11, 24)) is None


def test_holidays_are_read_from_the_prices():
    stray = {**NORTH, date(2025, 11, 27): 120.0}
    young = {day: close for day, close in NORTH.items() if day > date(2025, 11, 25)}
    assert trading_days([stray, NORTH, dict(NORTH)]) == tuple(sorted(NORTH))
    assert trading_days([NORTH, young]) == tuple(sorted(NORTH))
    assert trading_days([]) == ()


@pytest.mark.parametrize(
    ("published", "announced_on", "at", "time_known"),
    [
        pytest.param(["2025-11-24T12:00", "2025-11-24T11:00"], None, "2025-11-24T11:00", True, id="earliest-article"),
        pytest.param(["2025-11-24T12:00"], "2025-11-24", "2025-11-24T12:00", True, id="on-the-day-it-names"),
        pytest.param(["2025-12-20T12:00"], "2025-11-24", "2025-11-24T00:00", False, id="a-later-recap"),
        pytest.param(["2025-11-25T01:00"], "2025-11-24", "2025-11-25T01:00", True, id="the-evening-before-over-there"),
        pytest.param(["2025-11-24T00:00"], None, "2025-11-24T00:00", False, id="midnight-is-a-day-without-a-time"),
        pytest.param(["2025-11-24T00:00", "2025-11-24T21:30"], None, "2025-11-24T21:30", True, id="a-time-of-that-day"),
        pytest.param(["2025-11-24T00:00", "2025-11-26T09:00"], None, "2025-11-24T00:00", False, id="a-time-days-later"),
        pytest.param([], "2025-11-24", "2025-11-24T00:00", False, id="only-the-named-day"),
    ],
)
def test_when_a_deal_became_known(published, announced_on, at, time_known):
    found = announcement(
        [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in published],
        date.fromisoformat(announced_on) if announced_on else None,
        hours=load_market_tables().exchanges["NASDAQ"].hours,
    )
    assert found == Announcement(at=datetime.fromisoformat(at).replace(tzinfo=UTC), time_known=time_known)


def test_nothing_says_when():
    assert announcement([], None, hours=load_market_tables().exchanges["NASDAQ"].hours) is None
