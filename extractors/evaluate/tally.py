"""Adds verdicts up to the figures people read: per field precision, recall, F1 and accuracy with their counts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.evaluate.compare_values import NUMBERS, WORDS
from extractors.evaluate.verdict import Counts, Group, Verdict, counts_of

#: What an alert stands on.
CORE_FIELDS = ("value_usd", "term_years", "capacity_mw")

_ORDER = (*NUMBERS, *WORDS, "other_parties")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table: `right` of `total` compared (accuracy, nulls included) and counts over stated values."""

    group: Group
    field: str
    right: int
    total: int
    counts: Counts

    @property
    def name(self) -> str:
        return self.field if self.group.value == self.field else f"{self.group}.{self.field}"

    @property
    def accuracy(self) -> float:
        return self.right / max(1, self.total)


def figures_of(verdicts: Iterable[Verdict]) -> list[Figure]:
    """Return the figures in the order of the table: alerts, deals, reactions, parties, core, roles, fields."""
    cells: dict[tuple[Group, str], list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        cells[verdict.group, verdict.field].append(verdict)
        if verdict.group is Group.PRIMARY and verdict.field in CORE_FIELDS:
            cells[Group.PRIMARY, "core"].append(verdict)
        if verdict.group is Group.ROLE:
            cells[Group.ROLE, "all"].append(verdict)
    return [_figure(group, field, cells[group, field]) for group, field in sorted(cells, key=_place)]


def figure_named(figures: Sequence[Figure], name: str) -> Figure | None:
    return next((figure for figure in figures if figure.name == name), None)


def _figure(group: Group, field: str, verdicts: Sequence[Verdict]) -> Figure:
    compared = [verdict for verdict in verdicts if verdict.compared]
    return Figure(
        group=group,
        field=field,
        right=sum(verdict.right for verdict in compared),
        total=len(compared),
        counts=counts_of(verdicts),
    )


def _place(cell: tuple[Group, str]) -> tuple[int, int, str]:
    group, field = cell
    return list(Group).index(group), _ORDER.index(field) if field in _ORDER else -1, field
