"""Which place of an article is a deal's site: the site model weighs every place named against each deal.

Knows places, lines and how close a line is to a deal; the hand-set score of `weights` is one reason among others.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.closed_sets import Where
from extractors.deals.merge import group_of
from extractors.deals.weights import SITE
from extractors.linear import Features, LinearModel, count
from extractors.reading import Draft, Line, Reading
from extractors.roles.binding import Binder
from extractors.sites.finder import SiteSpan
from extractors.text.stems import stems, step

IS_SITE, IS_NONE = "site", "none"
#: A place is the deal's if that is at least this likely.
_LIKELY = 0.45
_NEAR = 40
_CAMPUS = frozenset({"site.named", "site.called", "site.apposed"})
#: A name that only stands where a place may stand says too little by itself.
_WEAK = frozenset({"site.bare", "site.again"})
#: A model that goes by the hand-set score alone, for readers that have learned nothing.
BY_SCORE = LinearModel(labels=(IS_SITE, IS_NONE), bias=(-4.0 * SITE["threshold"], 0.0), weights={"score": (4.0, 0.0)})


@dataclass(frozen=True, slots=True)
class PlaceOffer:
    """One place that may be the site of one deal, and why."""

    site: SiteSpan
    line: Line
    label: str
    features: Features


def choose_site(reading: Reading, number: int, binder: Binder, model: LinearModel) -> PlaceOffer | None:
    """Return the likeliest site of draft `number`, None if none is likely."""
    offers = list(offers_of_places(reading, number, binder))
    chances = [model.chances(offer.features)[IS_SITE] for offer in offers]
    best = max(range(len(offers)), key=lambda at: (chances[at], -at), default=None)
    return None if best is None or chances[best] < _LIKELY else offers[best]


def offers_of_places(reading: Reading, number: int, binder: Binder) -> Iterator[PlaceOffer]:
    """Yield every place of the article with its features as the site of draft `number`."""
    draft = reading.drafts[number]
    placed = [(site, line) for site in reading.sites if (line := _line_at(reading, site.where, site.start)) is not None]
    scores = [_score(site, line, draft, number, binder) for site, line in placed]
    labels = [_completed(site, reading.sites) for site, _ in placed]
    times = Counter(labels)
    for (site, line), label, score in zip(placed, labels, scores, strict=True):
        signs = [*_place(site, line), *_tie(line, draft, number, binder), *_beside(site, line)]
        signs.append(f"rank:{min(3, sum(other > score for other in scores))}")
        signs.append(f"times:{step(times[label], 1, 2, 4)}")
        signs.append(f"rivals:{step(len(times), 1, 2, 4)}")
        yield PlaceOffer(site, line, label, {**count(signs), "score": max(-3.0, min(score, 6.0))})


def _score(site: SiteSpan, line: Line, draft: Draft, number: int, binder: Binder) -> float:
    """Add up the hand-set weights of a place; a company's seat is no site."""
    if site.seat or site.rule in _WEAK:
        return -3.0
    gap = _gap(line, draft)
    score = SITE["strong"] * site.strong + SITE["named"] * (site.name is not None)
    score += SITE["campus"] * (site.rule in _CAMPUS)
    score += SITE["told"] if gap == 0 else SITE["beside"] / gap
    score += SITE["focus"] * (binder.focus(line) == number) + SITE["primary"] * draft.primary
    score -= SITE["foreign"] * (gap > 0 and binder.foreign(line, number))
    return score - SITE["late"] * min(1.0, line.index / 40.0)


def _gap(line: Line, draft: Draft) -> int:
    return min(abs(line.index - index) for index in draft.lines)


def _place(site: SiteSpan, line: Line) -> Iterator[str]:
    yield f"rule:{site.rule}"
    yield "strong" if site.strong else "weak"
    yield f"{'name' if site.name else 'no-name'}&{'region' if site.region else 'no-region'}"
    yield f"line:{step(line.index, 0, 2, 4, 8, 14)}"
    if site.seat:
        yield "seat"
    if line.heading:
        yield "title" if line.where is Where.TITLE else "heading"
    if line.index < 4 and site.start - line.start < 30 and line.where is Where.TEXT:
        yield "dateline"


def _tie(line: Line, draft: Draft, number: int, binder: Binder) -> Iterator[str]:
    gap, focus = _gap(line, draft), binder.focus(line)
    near = f"gap:{step(gap, 0, 1, 3, 8)}"
    yield near
    yield "focus" if focus == number else "no-focus" if focus is None else "other-focus"
    if gap > 0 and binder.foreign(line, number):
        yield "foreign"
    named = {actant.actor.id for actant in line.actants if not actant.modifier} & draft.actors
    yield f"parties:{len(named)}"
    yield f"{near}&parties:{len(named)}"
    yield f"group:{group_of(draft.family)}"
    yield "primary" if draft.primary else "background"
    yield f"{near}&{'primary' if draft.primary else 'background'}"


def _beside(site: SiteSpan, line: Line) -> Iterator[str]:
    start, end = site.start - line.start, site.end - line.start
    before, after = stems(line.masked[max(0, start - _NEAR) : start]), stems(line.masked[end : end + _NEAR])
    yield from {f"l:{word}" for word in before[-4:]}
    yield from {f"r:{word}" for word in after[:4]}
    yield "l2:" + " ".join(before[-2:])
    yield from {f"s:{word}" for word in stems(line.masked)}


def _completed(site: SiteSpan, sites: Sequence[SiteSpan]) -> str:
    """Add the region where another place of the article gives it for the same name."""
    if site.region is not None or site.name is None:
        return site.label
    twin = next((other for other in sites if other.name == site.name and other.region), None)
    return twin.label if twin else site.label


def _line_at(reading: Reading, where: Where, start: int) -> Line | None:
    lines = reading.lines
    index = (
        bisect_right(lines, (where is Where.TEXT, start), key=lambda line: (line.where is Where.TEXT, line.start)) - 1
    )
    if index < 0:
        return None
    line = lines[index]
    return line if line.where is where and start < line.end else None
