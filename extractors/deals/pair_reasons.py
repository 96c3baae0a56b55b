"""Everything that may tell whether two parties of a line deal with each other: the features of the pair model.

Adds to the judged features of `pair_features` what only data can weigh: the words between and around the two names,
their kinds and order, the figures and triggers beside them. Names are blotted out, so no company is learned.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.deals.candidates import Pair, is_topic
from extractors.deals.direction import CHAIN
from extractors.deals.pair_features import SPEAKS, family_features, pair_features
from extractors.deals.status import is_recap, read_status
from extractors.deals.weights import FRAME
from extractors.linear import count
from extractors.parties.stances import stance_of
from extractors.reading import Actant, Line, Trigger
from extractors.text.stems import stems, step

#: Longer stretches between two names are read at their ends.
_BETWEEN = 14
_NO_INSTRUMENT, _MOST_JUDGED = -2.0, 3.0


def pair_reasons(line: Line, pair: Pair) -> dict[str, float]:
    """Return the features of a pair of parties of a line."""
    first, last = pair.in_order
    features = _judged(line, pair)
    for name in (
        *_who(line, first, last),
        *_where(line, pair),
        *_words(line, first, last),
        *_beside(line, first, last, pair.triggers),
    ):
        features[name] = 1.0
    return features


def _judged(line: Line, pair: Pair) -> dict[str, float]:
    """Return the features that were thought of by hand, and what their hand-set weights add up to."""
    shared = pair_features(line, pair.one, pair.other, pair.between)
    names = [f"h:{name}" for name in shared]
    best = _NO_INSTRUMENT
    for family in SPEAKS:
        own = family_features(line, pair.one, pair.other, family, pair.triggers)
        names += [f"{family}:{name}" for name in own or ["none"]]
        if own:
            best = max(best, sum(FRAME[name] for name in (*shared, *own)))
    return {
        **count(names),
        "judged": min(_MOST_JUDGED, max(_NO_INSTRUMENT, best)),
        f"judged:{step(best, -1.9, -0.5, 0.0, 0.4, 0.8, 1.3, 2.0)}": 1.0,
    }


def _who(line: Line, first: Actant, last: Actant) -> Iterator[str]:
    low, high = sorted((first, last), key=lambda actant: CHAIN[actant.actor.kind])
    pair = f"{low.actor.kind}-{high.actor.kind}"
    yield f"k:{pair}"
    yield f"ko:{pair}:{'lo' if low is first else 'hi'}"
    for place, actant in (("1", first), ("2", last)):
        yield f"{place}:{actant.actor.kind}"
        if is_topic(actant):
            yield "topic"
            yield f"topic:{pair}"
        elif actant.implied:
            yield f"{place}:implied"
        if actant.actor.name is None:
            yield f"{place}:unnamed"
        elif actant.actor.key is None:
            yield f"{place}:discovered"
        stance = stance_of(line, actant)
        yield f"{place}:st:{stance}"
        yield f"st:{stance}:{actant.actor.kind}"


def _where(line: Line, pair: Pair) -> Iterator[str]:
    first, last = pair.in_order
    yield "where:" + ("t" if line.where == "title" else "h" if line.heading else "x")
    if line.repeats_title:
        yield "rep"
    yield f"ix:{step(line.index, 0, 2, 4, 8, 14)}"
    yield f"n:{min(5, pair.parties)}"
    yield f"gap:{step(max(0, last.start - first.end), 3, 12, 30, 60, 100, 160)}"
    yield f"cross:{min(4, line.crossings(first.start, last.start))}"
    yield f"betw:{min(3, pair.between)}"
    if is_recap(line.masked):
        yield "recap"
    if status := read_status(line.masked)[2]:
        yield f"status:{status}"


def _words(line: Line, first: Actant, last: Actant) -> Iterator[str]:
    middle = stems(line.masked[first.end : last.start]) if last.start > first.end else []
    ends = middle if len(middle) <= _BETWEEN else [*middle[:7], *middle[-7:]]
    yield from (f"b:{word}" for word in ends)
    yield from (f"b2:{one} {two}" for one, two in pairwise(middle[:3]))
    if middle:
        yield "bl:" + " ".join(middle[-2:])
    if len(middle) <= 4:
        yield "bb:" + " ".join(middle)
    before = stems(line.masked[max(0, first.start - 40) : first.start])
    yield from (f"l:{word}" for word in before[-4:])
    if before:
        yield "lb:" + " ".join(before[-2:])
    yield from (f"r:{word}" for word in stems(line.masked[last.end : last.end + 50])[:5])


def _beside(line: Line, first: Actant, last: Actant, triggers: Sequence[Trigger]) -> Iterator[str]:
    clauses = {line.clause(first.start), line.clause(last.start)}
    for figure in line.figures:
        kind, value = figure.quantity.kind, figure.quantity.value
        yield f"f:{kind}:{'in' if line.clause(figure.start) in clauses else 'out'}"
        yield f"f:{kind}:{side(figure.start, first, last)}"
        yield f"f:{kind}:{'' if value is None else int(math.log10(max(value, 1e-3)))}"
    for trigger in triggers:
        yield f"t:{trigger.family}:{'in' if line.clause(trigger.start) in clauses else 'out'}"
        yield f"t:{trigger.family}:{side(trigger.start, first, last)}"


def side(at: int, first: Actant, last: Actant) -> str:
    """Return where a place stands to two parties: left of both, between or right of both."""
    if first.end <= at < last.start:
        return "b"
    return "r" if at >= last.end else "l"
