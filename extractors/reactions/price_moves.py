"""Share moves told in two prices: "went from $21.30 to $24.05", "changed hands at $4.02, from $3.10".

Knows the verbs of trading and the order of the two prices; does not know whose share it is.
"""

import re
from itertools import pairwise

from extractors.closed_sets import Direction, QuantityKind
from extractors.reading import Figure, Line

#: The earlier price comes first: "ended Monday at $8.65, last traded at $11.90".
_FORWARD = re.compile(
    r"\b(?:went|moved|traded|climbed|ran|ticked|was bid|changed hands) from $|\b(?:ended|closed|finished)\b[^.;$]{0,25} at $"
)
#: The later price comes first: "changed hands at $4.02 around noon, from $3.10".
_BACKWARD = re.compile(r"\b(?:changed hands|traded|trades|last|stood|was|opened|closed|ended)\b[^.;$]{0,20} at $")
_TO = re.compile(
    r"[^.;$]{0,30} to $|[^.;$]{0,20}, (?:and )?(?:last|then|now|it) ?(?:traded|trades|changed hands|stood)? ?(?:at )?$"
)
_FROM = re.compile(r"[^.;$]{0,30},? (?:up |down )?from $")
#: No share costs more; larger amounts are deals.
_DEAREST = 5000.0


def price_move(line: Line) -> tuple[Figure, Figure, Direction] | None:
    """Return the earlier and the later price of the move a line tells in two prices, and its direction."""
    prices = [one for one in line.figures if one.quantity.kind is QuantityKind.MONEY and _is_price(one)]
    for one, other in pairwise(prices):
        before, between = line.masked[: one.start], line.masked[one.end : other.start]
        if _FORWARD.search(before) and _TO.fullmatch(between):
            return one, other, _direction(one, other)
        if _BACKWARD.search(before) and _FROM.fullmatch(between):
            return other, one, _direction(other, one)
    return None


def _is_price(figure: Figure) -> bool:
    value = figure.quantity.value
    return value is not None and 0 < value < _DEAREST


def _direction(earlier: Figure, later: Figure) -> Direction:
    first, last = earlier.quantity.value or 0.0, later.quantity.value or 0.0
    return Direction.UP if last > first else Direction.DOWN if last < first else Direction.FLAT
