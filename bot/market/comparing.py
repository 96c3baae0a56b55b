"""A reported move beside the measured one: which of them speak of the same window, and how far apart they are.

    pairs(deal) -> list[Pair]            each reported move of a party with what was measured of the same day
    differ(reported, move) -> bool | None       whether a reader should be told; None = not of the same day and window

Pure. Neither is corrected by the other: an article may speak of a high of the day, of premarket, of a rounded number.
"""

from dataclasses import dataclass
from datetime import timedelta

from bot.messages.wording import signed_pct
from db.market_records import MeasuredReaction, Move, Window
from db.records import DealRecord, ReportedReaction
from extractors.closed_sets import Direction, Qualifier, Session

#: What a whole-day move can be held against; premarket and after-hours prices, weeks and years cannot.
_SAME_DAY = frozenset({Session.CLOSE, Session.INTRADAY, Session.UNSPECIFIED})
#: Two readings of one move: rounding, a close a few minutes apart.
_TOLERANCE_POINTS = 1.0
_TOLERANCE_SHARE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One reported move and the measured day move of the same company. `differs` as `differ` has it."""

    reported: ReportedReaction
    measured: MeasuredReaction
    move: Move
    differs: bool | None


def day_move(measured: MeasuredReaction) -> Move | None:
    """Return the move on the event day, None where it was not measured."""
    return next((move for move in measured.moves if move.window is Window.DAY), None)


def pairs(deal: DealRecord) -> list[Pair]:
    """Put each reported move that is tied to the deal beside the measured one of the same company."""
    by_key = {measured.company_key: measured for measured in deal.measured}
    found = []
    for reported in deal.reactions:
        measured = by_key.get(reported.company_key or "")
        move = day_move(measured) if measured else None
        if measured is not None and move is not None and reported.reaction.deal_related:
            found.append(Pair(reported=reported, measured=measured, move=move, differs=differ(reported, move)))
    return found


def differ(reported: ReportedReaction, move: Move) -> bool | None:
    """Tell whether the two are further apart than rounding explains; None where they cannot be compared.

    An article speaks of the day it appears on, or of the day before; of which event it speaks is not known.
    """
    reaction, said = reported.reaction, signed_pct(reported.reaction)
    told_on = reported.published_at.date() if reported.published_at else None
    if reaction.session not in _SAME_DAY or told_on not in {move.to_day, move.to_day + timedelta(days=1)}:
        return None
    if said is None:
        # "Shares rose" alone: only the direction can be wrong.
        return (reaction.direction is Direction.UP) != (move.pct > 0)
    slack = max(_TOLERANCE_POINTS, _TOLERANCE_SHARE * abs(said))
    beyond = (abs(move.pct) - abs(said)) if said * move.pct > 0 else -abs(move.pct - said)
    match reaction.qualifier:
        case Qualifier.AT_LEAST:
            return beyond < -slack
        case Qualifier.UP_TO:
            return beyond > slack or said * move.pct < 0
        case Qualifier.APPROX:
            return abs(move.pct - said) > 2 * slack
        case _:
            return abs(move.pct - said) > slack
