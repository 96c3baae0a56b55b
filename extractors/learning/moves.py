"""Turn annotated share moves into examples: which percentages are moves, and whose they are.

An annotation names a company, a direction and a size, not a place; of several equal percentages those count that most
look like the move. What an annotator calls optional teaches nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.evaluate.annotation import AnnotatedReaction
from extractors.evaluate.compare_values import numbers_agree
from extractors.judgement import Judgement
from extractors.learning.choice import Choice, fit_choice
from extractors.learning.examples import NONE, Lesson
from extractors.learning.softmax import Example, fit
from extractors.linear import LinearModel
from extractors.reactions.finder import share_lines
from extractors.reactions.learned import OWNER, Sight, Stage, sights_of
from extractors.reactions.owner_reasons import owner_candidates, owner_reasons
from extractors.reading import Actor

_SAME_SIZE = 0.02
_PENALTY = {"moves": 3.0, "owners": 0.9}
#: A place scored so well tells the move, also where another does better.
_PLAIN = 2.5
#: A first model drops a place where it doubts the move, if another place tells the same for certain.
_DOUBTED, _CERTAIN = 0.3, 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveLesson:
    """The percentages of one annotated article, as the reader sees them."""

    lesson: Lesson
    stage: Stage
    sights: tuple[Sight, ...]

    def told_by(self, sight: Sight) -> list[AnnotatedReaction]:
        """Return the annotated moves of this size."""
        size = abs(sight.figure.quantity.value or 0.0)
        return [one for one in self.lesson.article.reactions if numbers_agree(one.reaction.pct, size, _SAME_SIZE)]

    def names(self, actor: Actor, reaction: AnnotatedReaction) -> bool:
        return self.lesson.names.same(actor.name, reaction.reaction.company)


#: sight -> the direction it tells, `none`, or None where it teaches nothing
Labels = Mapping[int, str | None]


def move_lesson(lesson: Lesson) -> MoveLesson:
    """Look for percentages in an article whose deals are settled."""
    lines, lead = share_lines(lesson.reading)
    return MoveLesson(lesson=lesson, stage=Stage(lines, lead), sights=tuple(sights_of(lines)))


def learn_moves(lessons: Sequence[MoveLesson], *, onto: Judgement | None = None) -> Mapping[str, LinearModel]:
    """Return `moves` (is a percentage a share move, and which way) and `owners` (whose move is it).

    `onto` gives weights to start from and to stay near.
    """
    known_moves, known_owners = (onto.moves, onto.owners) if onto else (None, None)
    labels = [_labels(lesson) for lesson in lessons]
    doubt = fit(_examples(lessons, labels), penalty=_PENALTY["moves"], seen_at_least=3, onto=known_moves)
    labels = [_without_doubted(lesson, known, doubt) for lesson, known in zip(lessons, labels, strict=True)]
    moves = fit(_examples(lessons, labels), penalty=_PENALTY["moves"], seen_at_least=3, onto=known_moves)
    choices = [choice for lesson, known in zip(lessons, labels, strict=True) for choice in _choices(lesson, known)]
    owners = fit_choice(choices, label=OWNER, penalty=_PENALTY["owners"], onto=known_owners)
    return {"moves": moves, "owners": owners}


def _examples(lessons: Sequence[MoveLesson], labels: Sequence[Labels]) -> list[Example]:
    return [
        Example(sight.reasons, label)
        for lesson, known in zip(lessons, labels, strict=True)
        for number, sight in enumerate(lesson.sights)
        if (label := known[number]) is not None
    ]


def _labels(lesson: MoveLesson) -> Labels:
    labels: dict[int, str | None] = dict.fromkeys(range(len(lesson.sights)), NONE)
    for reaction in lesson.lesson.article.reactions:
        fits = {
            number: _likeness(lesson, sight, reaction)
            for number, sight in enumerate(lesson.sights)
            if reaction in lesson.told_by(sight)
        }
        for number, fit_ in fits.items():
            if fit_ >= min(_PLAIN, max(fits.values())):
                optional = "exists" in reaction.ambiguous
                direction = reaction.reaction.direction.value
                labels[number] = None if optional else direction if direction in ("up", "down") else NONE
    return labels


def _likeness(lesson: MoveLesson, sight: Sight, reaction: AnnotatedReaction) -> float:
    """Return how much a percentage looks like the place that tells a move of its size."""
    ruled = f"rule:{reaction.reaction.direction.value}" in sight.reasons
    here = any(lesson.names(one.actor, reaction) for one in sight.line.actants if one.actor.name)
    otherwise = not ruled and "rule:none" not in sight.reasons
    return 2.0 * ruled + here + ("share" in sight.reasons) - 3.0 * ("notmove" in sight.reasons) - otherwise


def _without_doubted(lesson: MoveLesson, labels: Labels, model: LinearModel) -> Labels:
    chances = {
        number: 1.0 - model.chances(sight.reasons)[NONE]
        for number, sight in enumerate(lesson.sights)
        if labels[number] not in (None, NONE)
    }
    places: dict[int, list[int]] = defaultdict(list)
    for number in chances:
        for reaction in lesson.told_by(lesson.sights[number])[:1]:
            places[lesson.lesson.article.reactions.index(reaction)].append(number)
    doubted = {
        number
        for numbers in places.values()
        for number in numbers
        if chances[number] < _DOUBTED and max(chances[one] for one in numbers) > _CERTAIN
    }
    return {number: NONE if number in doubted else label for number, label in labels.items()}


def _choices(lesson: MoveLesson, labels: Labels) -> Iterator[Choice]:
    """Yield the candidates for the owner of each move, in the order in which an article tells them."""
    stage = lesson.stage
    stage.last = frozenset()
    told = [sight for number, sight in enumerate(lesson.sights) if labels[number] not in (None, NONE)]
    for sight in told:
        moving = [other.figure for other in told if other.line is sight.line]
        scene = stage.scene(sight.line, sight.figure, moving)
        candidates = owner_candidates(scene)
        right = [any(lesson.names(actor, one) for one in lesson.told_by(sight)) for actor in candidates]
        if sum(right) > 1 and _twins(sight, told) > 1:
            continue  # two equal moves in one line: the annotation does not say which is whose
        owners = frozenset(actor.id for actor, own in zip(candidates, right, strict=True) if own)
        stage.last = owners or stage.last
        yield [(owner_reasons(scene, actor), own) for actor, own in zip(candidates, right, strict=True)]


def _twins(sight: Sight, told: Sequence[Sight]) -> int:
    size = abs(sight.figure.quantity.value or 0.0)
    return sum(
        other.line is sight.line and numbers_agree(size, abs(other.figure.quantity.value or 0.0), _SAME_SIZE)
        for other in told
    )
