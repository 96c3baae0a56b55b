"""Why each number and name of an article was read as it was: the trace behind `extract --explain`.

Pure and without layout: it lists marks, places of the article with the role they were given and the reasons in words;
the page that colours them is drawn elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.closed_sets import Where
from extractors.models import Extraction, Mention
from extractors.reading import Actant, Line, Reading
from extractors.roles.places import Place

_REASONS = 4
#: Fields that rest on the same characters as another one, which names the role better.
_TWINS = frozenset({"value_original", "value_currency", "value_qualifier", "capacity_kind"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One place of the article. `kind` is a quantity kind or "company"; `deal` the number of the deal it belongs to."""

    where: Where
    start: int
    end: int
    kind: str
    role: str
    deal: int | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What was read from an article, and the mark of every quantity and company in it, in reading order."""

    extraction: Extraction
    marks: tuple[Mark, ...]


def explain(reading: Reading, extraction: Extraction, places: Sequence[Place]) -> Explanation:
    """Mark every quantity (its `places`) and company of a reading with its role and the reasons."""
    marks = [_figure_mark(place, extraction.deals) for place in places]
    marks += [_company_mark(line, actant, extraction.deals) for line in reading.lines for actant in line.actants]
    marks.sort(key=lambda mark: (mark.where is Where.TEXT, mark.start, mark.end))
    return Explanation(extraction=extraction, marks=tuple(marks))


def _figure_mark(place: Place, deals: Sequence[Mention]) -> Mark:
    line, figure, scores = place.line, place.figure, place.roles
    start, end = line.start + figure.start, line.start + figure.end
    likeliest = max(place.chances, key=lambda role: (place.chances[role], role), default=scores.best)
    used = _used_by(line.where, start, end, deals)
    strongest = sorted(scores.features.items(), key=lambda pair: (-pair[1], pair[0]))[:_REASONS]
    cues = ", ".join(name for name, _ in strongest) or "no cue near it"
    role, deal, why = (used[1], used[0], f"{used[2]}; {cues}") if used else (likeliest, None, cues)
    return Mark(where=line.where, start=start, end=end, kind=figure.quantity.kind.value, role=role, deal=deal, why=why)


def _used_by(where: Where, start: int, end: int, deals: Sequence[Mention]) -> tuple[int, str, str] | None:
    """Find the deal and field that rest on these characters, and the rule that said so."""
    for number, deal in enumerate(deals):
        for field, proofs in deal.evidence.items():
            if field in _TWINS:
                continue
            for proof in proofs:
                if proof.where is where and proof.start <= start and end <= proof.end and proof.end - proof.start < 80:
                    return number, field, proof.rule
    return None


def _company_mark(line: Line, actant: Actant, deals: Sequence[Mention]) -> Mark:
    name = actant.actor.name
    role, deal = "modifier" if actant.modifier else "named", None
    for number, mention in enumerate(deals):
        if name is not None and name in {mention.provider, mention.customer}:
            role, deal = ("provider" if name == mention.provider else "customer"), number
            break
        if name is not None and (other := next((p for p in mention.other_parties if p.name == name), None)):
            role, deal = other.role.value, number
            break
    how = "implied by a pronoun or noun" if actant.implied else "named here"
    return Mark(
        where=line.where,
        start=line.start + actant.start,
        end=line.start + actant.end,
        kind="company",
        role=role,
        deal=deal,
        why=f"{name or 'unnamed'}, {actant.actor.kind.value.replace('_', ' ')}; {how}",
    )
