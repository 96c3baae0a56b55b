"""Judges share-price moves: same company, same direction, same percentage; each counts once."""

from collections.abc import Iterator, Sequence

from extractors.evaluate.annotation import AnnotatedReaction
from extractors.evaluate.compare_values import numbers_agree
from extractors.evaluate.names import Names
from extractors.evaluate.verdict import Group, Verdict
from extractors.models import Reaction

_TOLERANCE = 0.02


def judge_reactions(
    article: str, wanted: Sequence[AnnotatedReaction], got: Sequence[Reaction], *, names: Names
) -> Iterator[Verdict]:
    """Yield a verdict per annotated move and per invented one; a repeated move is invented."""
    left = list(got)
    for expected in wanted:
        found = next((move for move in left if _same_move(expected, move, names=names)), None)
        if found is not None:
            left.remove(found)
        if found is not None or "exists" not in expected.ambiguous:
            yield _move(article, expected.reaction, found)
    for move in left:
        yield _move(article, None, move)


def _same_move(wanted: AnnotatedReaction, got: Reaction, *, names: Names) -> bool:
    expected = wanted.reaction
    return (
        names.same(expected.company, got.company)
        and (expected.direction == got.direction or "direction" in wanted.ambiguous)
        and ("pct" in wanted.ambiguous or numbers_agree(expected.pct, got.pct, _TOLERANCE))
    )


def _move(article: str, wanted: Reaction | None, got: Reaction | None) -> Verdict:
    subject = wanted or got
    return Verdict(
        article=article,
        group=Group.REACTION,
        field="reaction",
        subject=subject.company if subject else "",
        wanted=_told(wanted),
        got=_told(got),
        right=wanted is not None and got is not None,
        evidence=got.evidence if got else (),
    )


def _told(move: Reaction | None) -> str | None:
    if move is None:
        return None
    return f"{move.company} {move.direction} {'' if move.pct is None else f'{move.pct:g}%'}".strip()
