"""Share moves told in percentages, weighed by trained models: is it a move, which way, and whose?

The models weigh the reasons of `move_reasons` and `owner_reasons`; lists ("5%, 6% and 7%", "A, B and C") are decided
as a whole. Knows no sizes, sessions or deals.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.closed_sets import Direction
from extractors.judgement import Judgement
from extractors.linear import Features, LinearModel, chances_of
from extractors.reactions.move_reasons import move_reasons
from extractors.reactions.movers import Move, owners_of, respective, spoken_of
from extractors.reactions.owner_reasons import (
    Scene,
    chain_of,
    in_step,
    moves_as_one,
    owner_candidates,
    owner_reasons,
)
from extractors.reactions.share_verbs import verb_of
from extractors.reactions.sighting import Words, percents_of
from extractors.reading import Actor, Figure, Line

#: How likely a move must be before it is told.
_LIKELY = 0.6
#: The only label of the owners' model: the candidate with the highest score owns a move.
OWNER = "owner"
_NO_VERB = re.compile("")
_LISTED = re.compile(r",? ?(?:and |, |by |about |nearly |around |almost |some |roughly |to ){0,3}[+\u2212-]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A percentage at its place, with the reasons for and against a move."""

    line: Line
    figure: Figure
    reasons: Features


@dataclass(slots=True)
class Stage:
    """One article while the owners of its moves are sought; `last` are the owners of the move before."""

    lines: Sequence[Line]
    lead: Actor | None
    last: frozenset[int] = frozenset()
    _spoken: dict[int, Actor | None] = field(default_factory=dict)
    _seen: Counter[int] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        for line in self.lines:
            self._seen.update({one.actor.id for one in line.actants if not one.implied})

    def scene(self, line: Line, figure: Figure, moving: Sequence[Figure]) -> Scene:
        """Return what is known around one move."""
        if line.index not in self._spoken:
            self._spoken[line.index] = spoken_of(self.lines, line, self.lead)
        return Scene(
            line=line,
            figure=figure,
            moving=moving,
            lines=self.lines,
            ruled=frozenset(actor.id for actor in self._ruled(line, figure, moving)),
            spoken=self._spoken[line.index],
            lead=self.lead,
            last=self.last,
            titled=frozenset(one.actor.id for one in self.lines[0].actants if one.actor.name),
            seen=self._seen,
        )

    def _ruled(self, line: Line, figure: Figure, moving: Sequence[Figure]) -> Sequence[Actor]:
        listed = respective(line, moving)
        if figure.start in listed:
            return listed[figure.start]
        verb = verb_of(line, figure) or _NO_VERB.match(line.masked, figure.start)
        return owners_of(line, figure, verb, self._spoken[line.index]) if verb else ()


def sights_of(lines: Sequence[Line]) -> list[Sight]:
    """Return every percentage of an article with its reasons."""
    return [
        Sight(line=line, figure=figure, reasons=move_reasons(line, words, figure, lines))
        for line in lines
        if (percents := percents_of(line))
        for words in (Words(line),)
        for figure in percents
    ]


def learned_moves(lines: Sequence[Line], lead: Actor | None, judgement: Judgement) -> Iterator[Move]:
    """Yield the moves of an article that are told in percentages."""
    told = list(_told(sights_of(lines), judgement.moves))
    stage = Stage(lines, lead)
    for sight, direction in told:
        moving = [other.figure for other, _ in told if other.line is sight.line]
        owners = _owners(stage.scene(sight.line, sight.figure, moving), judgement.owners)
        stage.last = frozenset(actor.id for actor in owners) or stage.last
        start, end = _extent(sight)
        for actor in owners:
            yield Move(
                actor=actor,
                direction=direction,
                line=sight.line,
                start=start,
                end=end,
                figure=sight.figure,
                rule="reaction.percent",
            )


def _extent(sight: Sight) -> tuple[int, int]:
    """Return where a move is told: its figure, and the word of movement that governs it where there is one."""
    verb, figure = verb_of(sight.line, sight.figure), sight.figure
    if verb is None:
        return figure.start, figure.end
    return min(verb.start(), figure.start), max(verb.end(), figure.end)


def _told(sights: Sequence[Sight], model: LinearModel) -> Iterator[tuple[Sight, Direction]]:
    for run in _runs(sights):
        if signs := [way for way in Direction if f"signed:{way}" in run[0].reasons]:
            yield from ((sight, signs[0]) for sight in run)  # "$ORRN +15%" leaves nothing to weigh
            continue
        scores = [model.scores(sight.reasons) for sight in run]
        mean = {label: sum(score[label] for score in scores) / len(run) for label in model.labels}
        chances = chances_of(mean)
        if chances["none"] >= 1.0 - _LIKELY:
            continue
        direction = Direction.UP if chances["up"] > chances["down"] else Direction.DOWN
        yield from ((sight, direction) for sight in run)


def _runs(sights: Sequence[Sight]) -> Iterator[list[Sight]]:
    """Yield percentages that stand in one list together."""
    run: list[Sight] = []
    for sight in sights:
        if run and not (
            run[-1].line is sight.line and _LISTED.fullmatch(sight.line.masked, run[-1].figure.end, sight.figure.start)
        ):
            yield run
            run = []
        run.append(sight)
    if run:
        yield run


def _owners(scene: Scene, model: LinearModel) -> list[Actor]:
    candidates = owner_candidates(scene)
    if not candidates:
        return []
    best = max(candidates, key=lambda actor: model.scores(owner_reasons(scene, actor))[OWNER])
    for spot in (one for one in scene.line.actants if one.actor.id == best.id and not one.implied):
        chain = chain_of(scene.line, spot)
        if len(chain) < 2:
            continue
        turn = in_step(scene, chain)
        if turn is not None:
            return [chain[turn].actor]
        if moves_as_one(scene, chain):
            return [one.actor for one in chain if one.actor.name]
    return [best]
