"""What speaks for and against: bullish and bearish points as the article lists or says them.

Knows headings ("Pros (Bullish Points)", "Risks"), the bullets under them, and sentences that name a risk or an upside
in so many words. Takes the sentence as it stands; weighs nothing.
"""

import re
from collections.abc import Sequence

from extractors.reading import Line

_MOST = 8
_BULL_HEAD = re.compile(
    r"^\W*(?:\w+\s){0,3}?(?:pros\b|bullish|bull case|upside|strengths|opportunit|tailwinds|the good|positives|what could go right|reasons to (?:buy|be optimistic)|advantages|benefits|why it matters for bulls)",
)
_BEAR_HEAD = re.compile(
    r"^\W*(?:\w+\s){0,3}?(?:cons\b|bearish|bear case|risks?\b|downside|weaknesses|threats|headwinds|the bad|negatives|what could go wrong|concerns|challenges|caveats|red flags|reasons to worry)",
)
_BULL = re.compile(
    r"\b(?:bulls (?:say|argue|point|note|see)|the bull case|on the bullish side|bullish (?:point|case|argument|read)|the upside (?:is|lies|case)|on the plus side)\b"
)
_BEAR = re.compile(
    r"\b(?:bears (?:say|argue|point|note|counter|warn)|the bear case|on the bearish side|bearish (?:point|case|argument)|the (?:main |key |biggest )?(?:risk|downside|danger|catch|concern) (?:is|lies|remains)|(?:analysts|critics|skeptics|sceptics) (?:warn|caution)|on the downside|concentration risk|execution risk|key risks? include)\b"
)
_BULLET = re.compile(r"^\s*(?:[-*\u2022\u25cf\u25aa\u2013\u2014+]|\d{1,2}[.)])\s*")


def find_points(lines: Sequence[Line]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the bullish and the bearish points, in order, each once."""
    bull: list[str] = []
    bear: list[str] = []
    current: list[str] | None = None
    for line in lines:
        heading = _heading(line)
        if heading:
            current = bull if heading == "bull" else bear if heading == "bear" else None
            continue
        if current is not None and _in_list(line, lines):
            _add(current, line.text)
            continue
        current = None
        if _BULL.search(line.masked):
            _add(bull, line.text)
        elif _BEAR.search(line.masked):
            _add(bear, line.text)
    return tuple(bull[:_MOST]), tuple(bear[:_MOST])


def _heading(line: Line) -> str | None:
    """Return which list a heading opens; "none" for a heading of something else."""
    if not line.heading or len(line.text) > 80 or _BULLET.match(line.text):
        return None
    if _BULL_HEAD.search(line.masked):
        return "bull"
    return "bear" if _BEAR_HEAD.search(line.masked) else "none"


def _in_list(line: Line, lines: Sequence[Line]) -> bool:
    """Tell whether a line is an item of the list its heading opened: a bullet, or a line of its own."""
    if _BULLET.match(line.text):
        return True
    alone = sum(other.paragraph == line.paragraph for other in lines[max(0, line.index - 3) : line.index + 4]) == 1
    return alone and len(line.text) < 240


def _add(points: list[str], text: str) -> None:
    point = " ".join(_BULLET.sub("", text).split())
    if len(point) > 15 and point not in points:
        points.append(point)
