"""Lay an article out: title and text cut into lines, each with its parties, figures and clauses.

The one place where the finders of names and numbers meet; decides nothing itself.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from extractors.closed_sets import PartyKind, Where
from extractors.models import PartySpan, Quantity
from extractors.parties.focus import Cast, place_actants
from extractors.reading import Actor, Figure, Line, Reading
from extractors.text.clauses import find_breaks, subjects_by_order
from extractors.text.sentences import sentences

T = TypeVar("T", PartySpan, Quantity)

_OPERATORS = frozenset({PartyKind.MINER, PartyKind.DEVELOPER})
_WORDS = re.compile(r"[a-z0-9]+")
#: A "sentence" longer than this is a table or a broken text; rules over it would cost more than they find.
_LONGEST = 1200
#: Lines beyond this are not read: no article is that long, and time must stay linear.
_MOST_LINES = 1500


def lay_out(reading: Reading, parties: Sequence[PartySpan], quantities: Sequence[Quantity]) -> None:
    """Fill `reading.lines` and `reading.actors`."""
    cast = Cast()
    spans = {where: _Placed(parties, where) for where in Where}
    numbers = {where: _Placed(quantities, where) for where in Where}
    title_words = frozenset(_WORDS.findall(reading.title.lower()))
    for index, (where, start, end, block, finished) in enumerate(_pieces(reading)):
        source = reading.title if where is Where.TITLE else reading.text
        text = source[start:end]
        inside = [(span, span.start - start) for span in spans[where].within(start, end)]
        topic = _topic(cast, reading.lines)
        masked, actants = place_actants(text, inside, line=index, cast=cast, topic=topic)
        breaks = find_breaks(masked)
        words = frozenset(_WORDS.findall(text.lower()))
        repeats = (
            where is Where.TEXT
            and index < 8
            and len(words) > 3
            and len(words & title_words) > 0.8 * max(len(words), len(title_words))
        )
        reading.lines.append(
            Line(
                index=index, where=where, start=start, end=end, text=text, masked=masked, paragraph=block,
                heading=where is Where.TITLE or not finished, repeats_title=repeats, actants=actants,
                figures=tuple(Figure(quantity=one, start=one.start - start, end=one.end - start) for one in numbers[where].within(start, end)),
                breaks=breaks, subjects=subjects_by_order(masked, actants, breaks),
                topic=topic,
            )
        )  # fmt: skip
    reading.actors = cast.actors


def _topic(cast: Cast, lines: Sequence[Line]) -> Actor | None:
    """Return whom "the company" means when its sentence names nobody before.

    The operator that was the subject of one of the last lines, or else the one in the headline, or else the one, or
    the party, last spoken of.
    """
    for line in reversed(lines[-3:]):
        leading = [
            one.actor
            for one in line.actants
            if one.actor.kind in _OPERATORS and one.actor.id in line.subjects and one.actor.name
        ]
        if leading and line.where is not Where.TITLE:
            return leading[0]
    titled = [
        one.actor
        for line in lines[:1]
        if line.where is Where.TITLE
        for one in line.actants
        if one.actor.kind in _OPERATORS and not one.modifier
    ]
    if len({actor.id for actor in titled}) == 1:
        return titled[0]
    number = len(lines)
    return (
        cast.recent(number, kinds=_OPERATORS, reach=4)
        or cast.recent(number, kinds=None, reach=3)
        or cast.recent(number, kinds=_OPERATORS, reach=40)
    )


def _pieces(reading: Reading) -> Iterator[tuple[Where, int, int, int, bool]]:
    if reading.title.strip():
        yield Where.TITLE, 0, len(reading.title), -1, False
    for number, sentence in enumerate(sentences(reading.text)):
        if number >= _MOST_LINES:
            return
        end = min(sentence.end, sentence.start + _LONGEST)
        yield Where.TEXT, sentence.start, end, sentence.block, sentence.finished


class _Placed(Generic[T]):
    """Things with a place, sorted, so that those of one line are found without looking at all."""

    def __init__(self, things: Sequence[T], where: Where) -> None:
        self._things: list[T] = sorted(
            (one for one in things if one.where is where), key=lambda one: (one.start, one.end)
        )
        self._starts: list[int] = [one.start for one in self._things]

    def within(self, start: int, end: int) -> list[T]:
        found = self._things[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return [one for one in found if one.end <= end]
