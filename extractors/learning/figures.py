"""Learn what numbers measure and which of them state a field of a deal.

The choice among numbers leans on how likely each role is. Were that likelihood learned from the same article, it would
look better than on an unread one; so the examples of the choice come from role models that have not seen the article
(three folds). The last role models are then trained on everything.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from extractors.closed_sets import QuantityKind
from extractors.deals.merge import group_of
from extractors.evaluate.annotation import AnnotatedDeal, AnnotatedQuantity
from extractors.evaluate.compare_values import NUMBERS
from extractors.judgement import Judgement
from extractors.learning.choice import Choice, fit_choice
from extractors.learning.examples import Lesson, match_drafts
from extractors.learning.softmax import Example, fit
from extractors.linear import LinearModel
from extractors.models import Mention
from extractors.reading import Figure, Line
from extractors.roles.assignment import FILL, by_field
from extractors.roles.binding import Binder
from extractors.roles.fields import FIELDS, LEARNED_FIELDS
from extractors.roles.fill_reasons import fill_reasons, unfilled_reasons
from extractors.roles.offers import Offer, Ties, offers_of
from extractors.roles.places import find_places
from extractors.roles.role_reasons import Scene, role_reasons
from extractors.roles.scoring import score_roles

#: How strongly each model is held to small weights; chosen by cross-validation.
_ROLE_PENALTY, _FILL_PENALTY = 3.0, 8.0
_FOLDS = 3
_OTHER = "other"
_KINDS: Mapping[str, QuantityKind] = {
    "money": QuantityKind.MONEY,
    "power": QuantityKind.POWER,
    "terms": QuantityKind.TERM,
}
#: A role model that knows nothing.
NO_ROLE = LinearModel(labels=(_OTHER,), bias=(0.0,), weights={})
NO_CHOICE = LinearModel(labels=(FILL,), bias=(0.0,), weights={})

#: field of the reader -> fields of the annotation that state it, the first stated one counts
_STATED: Mapping[str, tuple[str, ...]] = {
    "value": ("value_original", "value_usd"),
    "value_max": ("value_max_usd",),
    "capacity": ("capacity_mw",),
    "capacity_max": ("capacity_max_mw",),
    "term": ("term_years",),
    "term_max": ("term_max_years",),
}


def learn_figures(
    lessons: Sequence[Lesson], *, judgement: Judgement, onto: Judgement | None = None
) -> Mapping[str, LinearModel]:
    """Return the models `money`, `power`, `terms` and `fills`, learned from lessons whose drafts are settled.

    `judgement` lends the other models; `onto` gives weights to start from and to stay near.
    """
    examples = [{name: list(_role_examples(lesson, kind)) for name, kind in _KINDS.items()} for lesson in lessons]
    choices: list[Choice] = []
    for fold in range(_FOLDS):
        unread = [number for number in range(len(lessons)) if number % _FOLDS == fold]
        read = [one for number, one in enumerate(examples) if number % _FOLDS != fold]
        if unread:
            models = _role_models(read, onto)
            choices += [
                choice for number in unread for choice in _choices(lessons[number], replace(judgement, **models))
            ]
    fills = fit_choice(choices, label=FILL, penalty=_FILL_PENALTY, onto=onto.fills if onto else None)
    return {**_role_models(examples, onto), "fills": fills}


def _role_models(examples: Sequence[Mapping[str, Sequence[Example]]], onto: Judgement | None) -> dict[str, LinearModel]:
    models: dict[str, LinearModel] = {}
    for name in _KINDS:
        own = [example for article in examples for example in article[name]]
        start: LinearModel | None = getattr(onto, name) if onto else None
        labels = {example.label for example in own}
        models[name] = NO_ROLE if len(labels) < 2 else fit(own, penalty=_ROLE_PENALTY, seen_at_least=3, onto=start)
    return models


def _role_examples(lesson: Lesson, kind: QuantityKind) -> Iterator[Example]:
    """Yield one example per number of a kind, in articles whose numbers were annotated; one left out is `other`."""
    if not lesson.article.quantities:
        return
    scene = Scene(lesson.reading.lines)
    for line in lesson.reading.lines:
        for figure in line.figures:
            if figure.quantity.kind is kind:
                told = next((one for one in lesson.article.quantities if _is(one, line, figure)), None)
                reasons = role_reasons(line, figure, score_roles(line, figure), scene)
                yield Example(reasons, _OTHER if told is None else told.role)


def _is(told: AnnotatedQuantity, line: Line, figure: Figure) -> bool:
    start, end = line.start + figure.start, line.start + figure.end
    return told.kind is figure.quantity.kind and told.where is line.where and told.start < end and start < told.end


def _choices(lesson: Lesson, judgement: Judgement) -> Iterator[Choice]:
    """Yield what was offered to each learned field of each draft that is a deal of the annotation."""
    reading = lesson.reading
    drafts = reading.drafts
    ties = Ties(drafts, Binder(drafts, reading.lines))
    offered = by_field(offers_of(drafts, find_places(reading.lines, judgement), ties))
    for number, deal in match_drafts(lesson, drafts).items():
        for field in FIELDS[group_of(drafts[number].family)]:
            rivals = offered.get((number, field), [])
            if field in LEARNED_FIELDS and rivals and not deal.optional and (right := _right(deal, field)) is not None:
                options = [(fill_reasons(offer, rivals, drafts, ties), right(offer)) for offer in rivals]
                stated = any(is_right for _, is_right in options)
                yield [(unfilled_reasons(field, rivals, drafts[number]), not stated), *options]


def _right(deal: AnnotatedDeal, field: str) -> Callable[[Offer], bool] | None:
    """Return the test of the right amount, None where the annotation leaves the field open."""
    names = _STATED[field]
    if any(name in deal.ambiguous for name in names) or not any(name in deal.known for name in names):
        return None
    stated: Mention = deal.mention
    for name in names:
        value: Decimal | float | None = getattr(stated, name)
        if value is not None:
            agree, currency = NUMBERS[name], stated.value_currency if name == "value_original" else "USD"
            return lambda offer: agree(offer.amount[1], value) and offer.amount[2] in (None, currency or "USD")
    return lambda _: False
