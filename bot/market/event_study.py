"""How a share moved around an event day, and how bitcoin and its peers moved meanwhile.

    study(closes, sessions, event, *, btc, peers, at_least) -> tuple[Move, ...]     one per window that has closed

Pure. Moves are signed percents between two closing prices; "less bitcoin" and "less its peers" are plain differences in
percentage points, without a beta: with a dozen sessions to look at, an estimated beta would be noise made to look exact.
A share without a close on either end of a window has no move there. Bitcoin trades every day and a peer may have
had a holiday, so their last close of at most `STALE_DAYS` before stands for a missing one. The bitcoin of a day is its
close at midnight UTC, some hours after the share's.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from db.market_records import Move, Window

Closes = Mapping[date, float]
#: The longest gap that a holiday or a weekend explains.
STALE_DAYS = 4


#: (from the close of this session, to the close of that one).
SPANS = {Window.DAY: (-1, 0), Window.BEFORE: (-6, -1), Window.AFTER: (0, 5), Window.AROUND: (-6, 5)}


def study(
    closes: Closes, sessions: Sequence[date], event: date, *, btc: Closes, peers: Sequence[Closes], at_least: int
) -> tuple[Move, ...]:
    """Measure every window that the sessions and the share's closes cover."""
    at = sessions.index(event)
    found = []
    for window, (first, last) in SPANS.items():
        if at + first < 0 or at + last >= len(sessions):
            continue
        ends = sessions[at + first], sessions[at + last]
        if all(day in closes for day in ends):
            found.append(_move(window, closes, ends, btc=btc, peers=peers, at_least=at_least))
    return tuple(found)


def _move(
    window: Window, closes: Closes, ends: tuple[date, date], *, btc: Closes, peers: Sequence[Closes], at_least: int
) -> Move:
    moved = [pct for peer in peers if (pct := change(peer, *ends)) is not None]
    return Move(
        window=window,
        from_day=ends[0],
        to_day=ends[1],
        price_from=closes[ends[0]],
        price_to=closes[ends[1]],
        pct=_pct(closes[ends[0]], closes[ends[1]]),
        btc_pct=change(btc, *ends),
        peers_pct=sum(moved) / len(moved) if len(moved) >= at_least else None,
        peer_count=len(moved),
    )


def change(closes: Closes, first: date, last: date) -> float | None:
    """Return the percent between two days, a short gap bridged by the close before it; None where prices lack."""
    start, end = _known(closes, first), _known(closes, last)
    return None if start is None or end is None else _pct(start, end)


def _known(closes: Closes, day: date) -> float | None:
    days = (day - timedelta(days=back) for back in range(STALE_DAYS + 1))
    return next((closes[known] for known in days if known in closes), None)


def _pct(start: float, end: float) -> float:
    return 100.0 * (end / start - 1.0)
