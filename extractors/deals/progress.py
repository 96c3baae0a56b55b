"""What has been built and switched on: construction that began, capacity that is on, as a line tells of one deal.

    find_progress(reading, binder) -> tuple[Progress, …]
    without_part(mentions, progress) -> list[Mention]       a part that is on is not the size of the deal

Only what has happened counts: a verb of the past in a clause without "will", "expected", "once", "not". Land with
power, hash rate and machines of miners are no capacity of a deal. Planned dates are fields of the mention instead.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from extractors.closed_sets import Precision, QuantityKind, Stage
from extractors.deals.merge import group_of
from extractors.models import Evidence, Mention, PartialDate, Progress
from extractors.periods import first_day
from extractors.reading import NAME_MASK, Figure, Line, Reading
from extractors.roles.binding import Binder

#: Parts of the patterns below, which are verbose: there a blank must be escaped to count.
_BE = r"(?:was|were|is now|are now|has been|have been|got|now)".replace(" ", "\\ ")
_ADVERB = r"(?:\w+ly |already |now |just |since |first )?".replace(" ", "\\ ")
_ON = r"(?:energi[sz]ed|handed over|commissioned|switched on|turned over|(?:placed|put) in(?:to)? service)".replace(
    " ", "\\ "
)
_PART = r"(?:halls?|buildings?|phases?|data cent(?:er|re)s?|campus|clusters?|gpus?|blocks?|lots?|mw)".replace(
    " ", "\\ "
)
_ENERGISED = re.compile(
    rf"""
      \b{_BE}\ {_ADVERB}{_ON}\b
    | \b(?:went|gone|is\ now|are\ now)\ live\b
    | \b(?:came|come|comes|is\ now|are\ now)\ (?:fully\ )?(?:online|on\ line|on-line|into\ service)\b
    | \b(?:is|are)\ now\ (?:fully\ )?(?:operational|in\ (?:service|operation))\b
    | \bentered\ (?:commercial\ )?(?:service|operation)\b
    | (?:\b(?:has|have)\ {_ADVERB}|{NAME_MASK}\ )(?:energi[sz]e[ds]|commission(?:ed|s)|hand(?:ed|s)\ over|delivered|delivers|switched\ on)
      (?=[^.;]{{0,45}}\b{_PART}\b)
    """,
    re.VERBOSE,
)
_BUILDING = re.compile(
    rf"""
      \b(?:broke|breaks|broken)\ ground\b
    | \b(?:began|begun|begins|started|starts|commenced)\ {_ADVERB}(?:construction|building\ (?:work|the|of))\b
    | \bconstruction(?:\ (?:of|on|at|work|works|there)[^.;,]{{0,40}}?)?\ (?:began|has\ begun|started|has\ started|commenced|is\ (?:now\ |well\ )?under\ ?way)\b
    | \b(?:is|are)\ (?:now\ |already\ )?(?:under\ construction|being\ built)\b
    """,
    re.VERBOSE,
)
#: Plans, conditions and denials before the verb: nothing has happened.
_UNREAL = re.compile(
    r"\b(?:will|would|should|could|can|may|might|shall|expect\w*|schedul\w*|plan\w*|target\w*|once|when|until|if|not|n't|never|yet|before|unless|await\w*|due|aims?|hop\w+|assum\w*)\b|\bto (?:\w+ly )?$"
)
#: Power and machines that are no capacity of a deal.
_OTHER = re.compile(
    r"\bhash\w*|\bmining\b|\bminers?\b|\basics?\b|\brigs?\b|\b[ep]h/s|\bland\b|\bsubstations?\b|\bgrid\b|\bsolar\b"
)
#: "30 MW of the 75-MW building", "taking the total to 210 MW": the whole, not what was switched on.
_WHOLE = re.compile(r"\b(?:of|to|at)(?: (?:the|its|a|an|our|their|about|some|nearly))?(?: total)? ?$")
#: Characters between a verb and the figure of its clause.
_SAME_CLAUSE = 100
_STAGES = ((Stage.ENERGISED, _ENERGISED), (Stage.UNDER_CONSTRUCTION, _BUILDING))


def find_progress(reading: Reading, binder: Binder) -> tuple[Progress, ...]:
    """Return what the article says has happened on site, each once per deal."""
    found: dict[tuple[int, Stage, float | None], Progress] = {}
    for line in reading.lines:
        number = binder.focus(line)
        if number is None or not _is_compute(reading, number):
            continue
        for told in _of_line(reading, line, number):
            key = (number, told.stage, told.capacity_mw)
            first = found.get(key)
            found[key] = told if first is None else replace(first, evidence=first.evidence + told.evidence)
    return tuple(found.values())


def without_part(mentions: Sequence[Mention], progress: Sequence[Progress]) -> list[Mention]:
    """Take from deals the capacity that only says how much of them is on: "has energized the first 100 MW"."""
    return [_whole(mention, [told for told in progress if told.deal == at]) for at, mention in enumerate(mentions)]


def _whole(mention: Mention, told: Sequence[Progress]) -> Mention:
    proofs = mention.evidence.get("capacity_mw", ())
    parts = [one for one in told if one.capacity_mw is not None and one.capacity_mw == mention.capacity_mw]
    if not parts or not all(any(_near(proof, said) for one in parts for said in one.evidence) for proof in proofs):
        return mention
    kept = {field: found for field, found in mention.evidence.items() if field != "capacity_mw"}
    return replace(mention, capacity_mw=None, capacity_kind=None, evidence=kept)


def _near(one: Evidence, other: Evidence) -> bool:
    return one.where is other.where and abs(one.start - other.start) < _SAME_CLAUSE


def _is_compute(reading: Reading, number: int) -> bool:
    return group_of(reading.drafts[number].family) == "compute"


def _of_line(reading: Reading, line: Line, number: int) -> Iterator[Progress]:
    for stage, pattern in _STAGES:
        for match in pattern.finditer(line.masked):
            start, end = _clause_bounds(line, match.start())
            if _UNREAL.search(line.masked[start : match.start()]) or _OTHER.search(line.masked[start:end]):
                continue
            figures = [figure for figure in line.figures if start <= figure.start < end]
            when = _when(reading, figures)
            if when is not None:
                yield Progress(
                    deal=number,
                    stage=stage,
                    capacity_mw=_megawatts(line, figures, match.start()) if stage is Stage.ENERGISED else None,
                    on=when,
                    evidence=(reading.evidence(line, match.start(), match.end(), f"progress.{stage.value}"),),
                )


def _clause_bounds(line: Line, position: int) -> tuple[int, int]:
    """Return the bounds of the clause that holds a position; a short opening ("In July, …") belongs to what follows."""
    at = line.clause(position)
    start = line.breaks[at]
    end = line.breaks[at + 1] if at + 1 < len(line.breaks) else len(line.text)
    while at and position - start < 25:
        at -= 1
        start = line.breaks[at]
    return start, end


def _megawatts(line: Line, figures: list[Figure], position: int) -> float | None:
    powers = [
        figure
        for figure in figures
        if figure.quantity.kind is QuantityKind.POWER and not _WHOLE.search(line.masked[: figure.start])
    ]
    nearest = min(powers, key=lambda figure: abs(figure.start - position), default=None)
    return nearest.quantity.value if nearest is not None else None


def _when(reading: Reading, figures: list[Figure]) -> PartialDate | None:
    """Return the day the clause gives, else that of the article; a day after the article is a plan."""
    published = reading.article.published.date() if reading.article.published else None
    dated = [figure.quantity.dates[0] for figure in figures if figure.quantity.dates]
    if dated:
        return dated[0] if _is_past(dated[0], published) else None
    return PartialDate(date=published.isoformat(), precision=Precision.DAY) if published else None


def _is_past(when: PartialDate, published: date | None) -> bool:
    return published is None or first_day(when) <= published
