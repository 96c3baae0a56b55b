"""Puts figures into the forms they are read in: a Markdown table, JSON, floors."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from extractors.evaluate.compare_values import WORDS
from extractors.evaluate.tally import Figure
from extractors.evaluate.verdict import Group

#: How much a figure may fall below the last release before the suite objects.
FLOOR_SLACK = 0.01
#: A figure over fewer cases moves too much to hold a floor.
FLOOR_CASES = 20

_LABELS = {
    "alert": "alerts",
    "deal": "deals, all",
    "reaction": "share-price reactions",
    "negative.article": "articles without an alert left in peace",
    "parties": "both parties right",
    "primary.core": "core facts (value, term, MW)",
    "role.all": "roles of quantities",
}


def by_accuracy(figure: Figure) -> bool:
    """Whether a figure is best read as a share of right answers: closed words, parties and quiet articles."""
    return figure.field in WORDS or figure.group in (Group.NEGATIVE, Group.PARTIES)


def score_of(figure: Figure) -> float:
    return figure.accuracy if by_accuracy(figure) else figure.counts.f1


def label_of(figure: Figure) -> str:
    return _LABELS.get(figure.name, figure.name)


def markdown_table(figures: Sequence[Figure], *, columns: Mapping[str, Sequence[Figure]] | None = None) -> str:
    """Return the table for the README: headline figures and the fields of primary deals.

    `columns` holds further runs (title -> figures), shown by their F1 or accuracy beside the first.
    """
    others = {title: {figure.name: figure for figure in run} for title, run in (columns or {}).items()}
    lines = [
        "| | precision | recall | F1 | right | cases |" + "".join(f" {title} |" for title in others),
        "|---|--:|--:|--:|--:|--:|" + "--:|" * len(others),
    ]
    for figure in figures:
        if figure.group in (Group.BACKGROUND, Group.ROLE) and figure.field != "all":
            continue
        cells = [_share(run.get(figure.name)) for run in others.values()]
        lines.append(f"| {label_of(figure)} | {' | '.join([*row_of(figure), *cells])} |")
    return "\n".join(lines) + "\n"


def row_of(figure: Figure) -> tuple[str, str, str, str, str]:
    """Return precision, recall, F1, share right, and the number of cases, as text; empty where it says nothing."""
    counts = figure.counts
    rates = ("", "", "")
    if not by_accuracy(figure):
        rates = (f"{counts.precision:.3f}", f"{counts.recall:.3f}", f"{counts.f1:.3f}")
        return (*rates, "", str(counts.tp + counts.fn))
    return (*rates, f"{figure.accuracy:.3f}", str(figure.total))


def figures_to_json(figures: Iterable[Figure]) -> dict[str, dict[str, Any]]:
    """Return every figure by name."""
    return {
        figure.name: {
            "precision": round(figure.counts.precision, 4),
            "recall": round(figure.counts.recall, 4),
            "f1": round(figure.counts.f1, 4),
            "tp": figure.counts.tp,
            "fp": figure.counts.fp,
            "fn": figure.counts.fn,
            "accuracy": round(figure.accuracy, 4),
            "right": figure.right,
            "total": figure.total,
        }
        for figure in figures
    }


def floors_of(figures: Iterable[Figure]) -> dict[str, float]:
    """Return the floor of every figure that has enough cases, one point below today."""
    return {
        figure.name: round(max(0.0, score_of(figure) - FLOOR_SLACK), 3)
        for figure in figures
        if max(figure.total, figure.counts.tp + figure.counts.fn) >= FLOOR_CASES
        and figure.group is not Group.BACKGROUND
    }


def below_floor(figures: Iterable[Figure], floors: Mapping[str, float]) -> list[str]:
    """Say which figures have fallen below their floor, or are gone."""
    today = {figure.name: score_of(figure) for figure in figures}
    return [
        f"{name} is {today.get(name, 0.0):.3f}, its floor {floor:.3f}"
        for name, floor in floors.items()
        if today.get(name, 0.0) < floor
    ]


def _share(figure: Figure | None) -> str:
    return "" if figure is None else f"{score_of(figure):.3f}"
