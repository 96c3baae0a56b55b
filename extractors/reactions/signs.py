"""Share moves written as a sign: "$ORRN +15%", "stock +38%", "Premarket: -3%".

Knows names, share words and sessions before a signed percentage; a sign behind anything else is no move.
"""

import re
from collections.abc import Iterator, Sequence

from extractors.closed_sets import Direction
from extractors.reactions.movers import Move
from extractors.reading import Actor, Figure, Line

#: A line without this holds no signed move.
SIGN = re.compile(r"(?:^|[\s(§])(?:[+\u2013\u2212-]\s?|minus\s|plus\s)\d")
#: Between a name and its signed percentage: a symbol, or a remark and a comma.
_GAP = re.compile(
    r"[\s$():.,=|+\u2013\u2212-]*(?:[a-z]{2,5}\)?\$?)?[\s$():|+\u2013\u2212-]*|(?:\s?\([^)]*\))? (?:is|was|has|had) [^.;%,]{3,45}, [+\u2013\u2212-]?"
)
_SHARE_SIGN = re.compile(
    r"(?:\b(?:the stock|stock|shares?|tape|reaction|pre-?market|after[- ]hours|pre|closed|it closed)(?:'s| did| is| was)?[\s:]*|^\W*)(?P<sign>[+\u2013\u2212-]|\bminus|\bplus)\s?\d[\d.,]*\s?(?:%|per\s?cent)$"
)


def signed(line: Line, percents: Sequence[Figure]) -> Iterator[Move]:
    """Yield moves written as a sign behind a name or ticker: "$ORRN +15%"."""
    for figure in percents:
        sign = next((char for char in line.text[max(0, figure.start - 2) : figure.start + 1] if char in "+-\u2212"), "")
        owner = next((actant for actant in reversed(line.actants) if actant.end <= figure.start), None)
        if sign and owner is not None and _GAP.fullmatch(line.masked[owner.end : figure.start]):
            direction = Direction.UP if sign == "+" else Direction.DOWN
            yield Move(
                actor=owner.actor,
                direction=direction,
                line=line,
                start=owner.start,
                end=figure.end,
                figure=figure,
                rule="reaction.sign",
            )


def signed_alone(line: Line, percents: Sequence[Figure], spoken: Actor | None) -> Iterator[Move]:
    """Yield moves written as a sign behind "stock" or a session, whoever it is: "stock +38%", "Premarket: +18%"."""
    for figure in percents:
        match = _SHARE_SIGN.search(line.masked[max(0, figure.start - 40) : figure.end])
        if match is None:
            continue
        named = [one for one in line.actants if one.end <= figure.start and not one.implied and not one.modifier]
        own = next((one.actor for one in named if one.actor == spoken), None)
        actor = own or (named[0].actor if len({one.actor.id for one in named}) == 1 else spoken)
        if actor is not None:
            yield Move(
                actor=actor,
                direction=Direction.UP if match["sign"] in {"+", "plus"} else Direction.DOWN,
                line=line,
                start=figure.start,
                end=figure.end,
                figure=figure,
                rule="reaction.sign",
            )
