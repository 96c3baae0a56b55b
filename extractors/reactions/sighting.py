"""The places where a line may tell a share move: percentages, and what stands around each, as words.

A list of which only the last number has its sign ("4, 6 and 9%") gives one place for each number. Knows no owner.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from extractors.closed_sets import QuantityKind
from extractors.reading import NAME_MASK, Figure, Line

#: How a figure is written among the words, by what it counts.
_SHAPES = {QuantityKind.PERCENT: "#%", QuantityKind.MONEY: "#$", QuantityKind.POWER: "#mw", QuantityKind.DATE: "#date"}
_WORD = re.compile(rf"{NAME_MASK}+|[a-z\u00c0-\u024f]+(?:[-'’][a-z]+)*|\d[\d.,]*|[^\w\s]")
_ELIDED = re.compile(r"(?<![\w.,$])[+\u2013\u2212-]?(?P<value>\d{1,3}(?:\.\d+)?),? ?(?:, |and |, and )$")


@dataclass(frozen=True)
class Words:
    """The words of a line with figures as their shapes and names as one sign each."""

    line: Line

    @cached_property
    def rows(self) -> list[tuple[int, int, str]]:
        """Return (start, end, word) in order."""
        figures = sorted(self.line.figures, key=lambda one: one.start)
        rows: list[tuple[int, int, str]] = []
        at = 0
        for figure in figures:
            if figure.start < at:
                continue
            rows += self._plain(at, figure.start)
            rows.append((figure.start, figure.end, _SHAPES.get(figure.quantity.kind, "#")))
            at = figure.end
        return rows + list(self._plain(at, len(self.line.masked)))

    @cached_property
    def starts(self) -> list[int]:
        return [start for start, _, _ in self.rows]

    def before(self, position: int, most: int) -> list[str]:
        """Return up to `most` words that end before a position, the nearest first."""
        at = bisect_left(self.starts, position)
        return [word for _, _, word in self.rows[max(0, at - most) : at]][::-1]

    def after(self, position: int, most: int) -> list[str]:
        """Return up to `most` words that start at or behind a position."""
        at = bisect_left(self.starts, position)
        return [word for _, _, word in self.rows[at : at + most]]

    def _plain(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        for match in _WORD.finditer(self.line.masked, start, end):
            word = match[0]
            shape = NAME_MASK if word[0] == NAME_MASK else "#n" if word[0].isdigit() else word
            yield match.start(), match.end(), shape


def percents_of(line: Line) -> list[Figure]:
    """Return the percentages of a line in order, those of lists with one sign for all among them."""
    found = [one for one in line.figures if one.quantity.kind is QuantityKind.PERCENT and one.quantity.value]
    for figure in list(found):
        found += _elided(line, figure, found)
    return sorted(found, key=lambda one: one.start)


def _elided(line: Line, figure: Figure, known: Sequence[Figure]) -> Iterator[Figure]:
    at = figure.start
    while (match := _ELIDED.search(line.masked[max(0, at - 16) : at])) is not None:
        start = max(0, at - 16) + match.start()
        end = max(0, at - 16) + match.end("value")
        if any(one.start < end and start < one.end for one in [*line.figures, *known]):
            return
        yield Figure(
            quantity=replace(figure.quantity, value=float(match["value"]), value_high=None), start=start, end=end
        )
        at = start
