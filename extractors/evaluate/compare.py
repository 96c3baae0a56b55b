"""Compares two runs fact by fact: what a change of the extractors gained and what it lost."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractors.evaluate.verdict import Verdict

#: article, group, field, subject, wanted, got, right — as one run keeps them for the next.
Fact = tuple[str, str, str, str, str | None, str | None, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Facts that are right now and were not before, and the other way round."""

    gained: tuple[str, ...]
    lost: tuple[str, ...]


def facts_of(verdicts: Iterable[Verdict]) -> list[Fact]:
    """Return the facts of a run in a form that survives JSON."""
    return [
        (
            verdict.article,
            verdict.group.value,
            verdict.field,
            verdict.subject,
            None if verdict.wanted is None else str(verdict.wanted),
            None if verdict.got is None else str(verdict.got),
            verdict.right,
        )
        for verdict in verdicts
    ]


def compare_runs(before: Sequence[Sequence[Any]], after: Sequence[Sequence[Any]]) -> Change:
    """Say what was gained and lost between two runs over the same articles.

    Gained: a wanted fact that is right now, or an invented one that is gone. Lost: the reverse. Articles that only one
    run has seen are left out, so that a growing corpus does not read as progress.
    """
    common = {row[0] for row in before} & {row[0] for row in after}
    old = _scores(row for row in before if row[0] in common)
    new = _scores(row for row in after if row[0] in common)
    gained: list[str] = []
    lost: list[str] = []
    for key in sorted(old.keys() | new.keys()):
        difference = new[key] - old[key]
        if difference:
            (gained if difference > 0 else lost).append(f"{key[0]} {key[1]}.{key[2]} [{key[3]}] {key[4]}")
    return Change(gained=tuple(gained), lost=tuple(lost))


def _scores(rows: Iterable[Sequence[Any]]) -> Mapping[tuple[str, ...], int]:
    """A right fact scores 1, an invented one -1; a missed one nothing."""
    scores: Counter[tuple[str, ...]] = Counter()
    for article, group, field, subject, wanted, got, right in rows:
        if right and wanted is not None:
            scores[article, group, field, subject, wanted] += 1
        elif not right and got is not None:
            scores[article, group, field, subject, f"(wrong: {got})"] -= 1
    return scores
