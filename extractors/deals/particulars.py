"""What else a deal's own lines state: site, GPU models, dates, form of lease, source of energy.

Each reader looks at the lines where the deal is told and those it is in focus in; places and dates were found before.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.closed_sets import LeaseForm, Precision, QuantityKind
from extractors.deals.assemble import Facts
from extractors.deals.merge import group_of
from extractors.deals.site_choice import choose_site
from extractors.deals.weights import DATE
from extractors.linear import LinearModel
from extractors.reading import Draft, Line, Reading
from extractors.roles.binding import Binder
from extractors.roles.places import Place

_FORMS: tuple[tuple[LeaseForm, re.Pattern[str]], ...] = (
    (LeaseForm.TRIPLE_NET, re.compile(r"\b(?:triple[- ]net|nnn)\b")),
    (LeaseForm.MODIFIED_GROSS, re.compile(r"\bmodified[- ]gross\b")),
    (LeaseForm.GROSS, re.compile(r"\b(?:full-service |full )?gross lease")),
)
_ENERGY = re.compile(
    r"\b(?:(?:100 ?% |fully |stranded |low-cost |behind-the-meter |surplus )?(?:hydro(?:electric(?:ity)?|power)?(?: power)?|natural gas|nuclear(?: power)?|solar(?: power)?|wind(?: power| energy)?|geothermal|renewable (?:energy|power)|flared gas|fuel cells?))\b"
)
_POWERED = re.compile(r"\b(?:power|suppl|electric|energy|fuel|run|fed)\w*")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """One draft in its article: what the readers below look at."""

    reading: Reading
    draft: Draft
    number: int
    binder: Binder

    def in_focus(self, line: Line) -> bool:
        return self.binder.focus(line) == self.number


def read_particulars(
    reading: Reading, number: int, binder: Binder, *, sites: LinearModel, places: Sequence[Place]
) -> Facts:
    """Return the facts of draft `number` that are no assigned numbers; `sites` is the site model."""
    facts = Facts()
    told = _Told(reading=reading, draft=reading.drafts[number], number=number, binder=binder)
    _site(told, sites, facts)
    _gpu_models(told, places, facts)
    _dates(told, places, facts)
    if group_of(told.draft.family) == "compute":
        _form(told, facts)
    return facts


def _own_lines(told: _Told) -> Iterator[Line]:
    """Yield the lines that tell of a deal, then those in which it is in focus."""
    own = set(told.draft.lines)
    yield from (told.reading.lines[index] for index in sorted(own))
    yield from (line for line in told.reading.lines if line.index not in own and told.in_focus(line))


def _site(told: _Told, model: LinearModel, facts: Facts) -> None:
    chosen = choose_site(told.reading, told.number, told.binder, model)
    if chosen is not None and chosen.label:
        start = chosen.site.start - chosen.line.start
        end = start + chosen.site.end - chosen.site.start
        facts.put("site", chosen.label, [told.reading.evidence(chosen.line, start, end, chosen.site.rule)])


def _gpu_models(told: _Told, places: Sequence[Place], facts: Facts) -> None:
    if group_of(told.draft.family) not in ("compute", "equipment_purchase"):
        return
    models: list[str] = []
    for place in places:
        model = place.figure.quantity.gpu_model
        near = place.line.index in told.draft.lines or (told.draft.primary and told.in_focus(place.line))
        if model and near and model not in models:
            models.append(model)
            facts.evidence.setdefault("gpu_models", []).append(
                told.reading.evidence(place.line, place.figure.start, place.figure.end, "gpu.model")
            )
    if models:
        facts.values["gpu_models"] = tuple(models)


def _dates(told: _Told, places: Sequence[Place], facts: Facts) -> None:
    best: dict[str, tuple[float, Place]] = {}
    for place in places:
        if place.figure.quantity.kind is not QuantityKind.DATE or not place.figure.quantity.dates:
            continue
        role = place.roles.best
        if role not in ("announced_on", "delivery_start", "delivery_end") or not _said(place, role):
            continue
        if role == "announced_on" and not told.draft.recap and _is_year(place):
            continue  # "the rest was signed last year": a year alone dates no news
        tie = told.binder.tie(place.figure, place.line, told.number)
        score = place.roles.margin(role) + tie
        if score >= DATE["threshold"] and (role not in best or score > best[role][0]):
            best[role] = (score, place)
    for role, (_, place) in sorted(best.items()):
        found = place.figure.quantity.dates
        proof = [told.reading.evidence(place.line, place.figure.start, place.figure.end, f"date.{role}")]
        facts.put(role, found[0] if role != "delivery_end" else found[-1], proof)
        if role == "delivery_start" and len(found) > 1 and "delivery_end" not in best:
            facts.put("delivery_end", found[-1], proof)
    if told.draft.primary and not told.draft.recap and "announced_on" not in facts.values:
        _dateline(told.reading, facts)


def _is_year(place: Place) -> bool:
    return place.figure.quantity.dates[0].precision is Precision.YEAR


def _said(place: Place, role: str) -> bool:
    """Tell whether a word of delivery stands close to a date of delivery; an announcement asks for none."""
    features = place.roles.features
    return (
        role == "announced_on"
        or max(features.get(name, 0.0) for name in ("start", "finish", "deliver")) >= DATE["said"]
    )


def _dateline(reading: Reading, facts: Facts) -> None:
    """A dateline before the first sentence dates the news itself."""
    for line in reading.lines[:8]:
        for figure in line.figures:
            quantity = figure.quantity
            if (
                quantity.kind is QuantityKind.DATE
                and quantity.dates
                and quantity.dates[0].precision is Precision.DAY
                and figure.start < 60
            ):
                facts.put(
                    "announced_on",
                    quantity.dates[0],
                    [reading.evidence(line, figure.start, figure.end, "date.dateline")],
                )
                return


def _form(told: _Told, facts: Facts) -> None:
    for line in _own_lines(told):
        for form, pattern in _FORMS:
            match = pattern.search(line.masked)
            if match and "lease_form" not in facts.values:
                facts.put("lease_form", form, [told.reading.evidence(line, match.start(), match.end(), "lease.form")])
        match = _ENERGY.search(line.masked)
        if match and "energy_source" not in facts.values and _POWERED.search(line.masked):
            source = line.text[match.start() : match.end()].strip().lower()
            facts.put(
                "energy_source", source, [told.reading.evidence(line, match.start(), match.end(), "energy.source")]
            )
