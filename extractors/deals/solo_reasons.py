"""Everything that may tell whether a line speaks of a deal of one party alone: the features of the solo model.

"Raises $400 million", "buys 300 acres", "signs a lease for 120 MW" with nobody named. Adds to the judged features of
`solo_frames` the words, figures and triggers around the party. Names are blotted out, so no company is learned.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.deals.candidates import parties_of
from extractors.deals.solo_frames import solo_features
from extractors.deals.status import is_recap, read_status
from extractors.linear import count
from extractors.parties.stances import stance_of
from extractors.reading import Actant, Line, Trigger
from extractors.text.stems import stems, step


def solo_reasons(line: Line, actant: Actant, *, triggers: Sequence[Trigger]) -> dict[str, float]:
    """Return the features of one party of a line."""
    names = [
        f"{family}:{name}"
        for family, found in solo_features(line, actant, triggers)
        for name in found
        if name != "bias"
    ]
    features = count(names)
    for name in (*_who(line, actant), *_words(line, actant), *_beside(line, actant, triggers)):
        features[name] = 1.0
    return features


def _who(line: Line, actant: Actant) -> Iterator[str]:
    yield f"k:{actant.actor.kind}"
    yield f"st:{stance_of(line, actant)}"
    if actant.implied:
        yield "implied"
    if actant.actor.name is None:
        yield "unnamed"
    elif actant.actor.key is None:
        yield "discovered"
    if actant.actor.id in line.subjects:
        yield "subject"
    yield "where:" + ("t" if line.where == "title" else "h" if line.heading else "x")
    yield f"ix:{step(line.index, 0, 2, 4, 8, 14)}"
    yield f"n:{min(5, len(parties_of(line)))}"
    if is_recap(line.masked):
        yield "recap"
    if status := read_status(line.masked)[2]:
        yield f"status:{status}"


def _words(line: Line, actant: Actant) -> Iterator[str]:
    before = stems(line.masked[max(0, actant.start - 50) : actant.start])[-4:]
    after = stems(line.masked[actant.end : actant.end + 90])[:8]
    yield from (f"l:{word}" for word in before)
    yield from (f"r:{word}" for word in after)
    yield "rb:" + " ".join(after[:2])
    for one, other in pairwise(after):
        yield f"r2:{one} {other}"


def _beside(line: Line, actant: Actant, triggers: Sequence[Trigger]) -> Iterator[str]:
    clause = line.clause(actant.start)
    for figure in line.figures:
        kind, value = figure.quantity.kind, figure.quantity.value
        where = "in" if line.clause(figure.start) == clause else "out"
        yield f"f:{kind}:{where}"
        yield f"f:{kind}:{'' if value is None else int(math.log10(max(value, 1e-3)))}"
    for trigger in triggers:
        where = "in" if line.clause(trigger.start) == clause else "out"
        yield f"t:{trigger.family}:{where}:{'l' if trigger.start < actant.start else 'r'}"
        close = any(abs(figure.start - trigger.end) < 30 for figure in line.figures)
        if close:
            yield f"tf:{trigger.family}"
