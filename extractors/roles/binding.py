"""Whose number is it: how closely a place in the article is tied to each deal.

Knows frames, parties, paragraphs and which deal is being spoken of (the focus); knows nothing of what a number means.
"""

from collections.abc import Sequence

from extractors.closed_sets import QuantityKind, Where
from extractors.deals.merge import group_of
from extractors.deals.triggers import find_triggers
from extractors.deals.weights import BIND
from extractors.reading import Draft, Figure, Line


class Binder:
    """Measure the tie between places and deals of one article."""

    def __init__(self, drafts: Sequence[Draft], lines: Sequence[Line]) -> None:
        self._drafts = drafts
        self._lines = lines
        self._told = [frozenset(draft.lines) for draft in drafts]
        self._focus = self._follow()

    def focus(self, line: Line) -> int | None:
        """Return the number of the deal that a line is about, None if none is in focus."""
        return self._focus[line.index]

    def tells(self, line: Line, number: int) -> bool:
        """Tell whether a line is one of the lines that tell of a deal."""
        return line.index in self._told[number]

    def foreign(self, line: Line, number: int) -> bool:
        """Tell whether a line tells of other deals only."""
        return line.index not in self._told[number] and any(line.index in told for told in self._told)

    def _follow(self) -> list[int | None]:
        """Return for each line the deal in focus: the one last told, while its parties or nobody new is mentioned."""
        focus: list[int | None] = []
        current: int | None = None
        for line in self._lines:
            telling = [number for number, told in enumerate(self._told) if line.index in told]
            if telling:
                current = min(telling, key=lambda number: (not self._drafts[number].primary, number))
            else:
                current = self._by_party(line, current)
            focus.append(current)
        return focus

    def _by_party(self, line: Line, current: int | None) -> int | None:
        present = {actant.actor.id for actant in line.actants if not actant.modifier}
        if not present or (current is not None and present & self._drafts[current].actors):
            return current
        known = [number for number, draft in enumerate(self._drafts) if present & draft.actors]
        if not known:
            return None if len(present) > 1 else current
        return min(
            known,
            key=lambda number: (
                -len(present & self._drafts[number].actors),
                not self._drafts[number].primary,
                self._distance(line, number),
            ),
        )

    def _distance(self, line: Line, number: int) -> int:
        return min((abs(line.index - told) for told in self._told[number]), default=99)

    def features(self, figure: Figure, line: Line, number: int) -> dict[str, float]:
        """Return the named features of the tie between a figure and deal `number`."""
        draft, told = self._drafts[number], self._told[number]
        features = {"primary": float(draft.primary)}
        if line.index in told:
            features["frame-line"] = 1.0
            features |= self._clause(figure, line, draft)
        elif any(line.index in other for other in self._told):
            features["other-frame-line"] = 1.0
        else:
            gap = self._distance(line, number)
            features["near-frame"] = 1.0 if gap == 1 else 0.5 if gap <= 3 else 0.0
            features["far"] = min(gap, 12) / 4.0
        features["focus"] = float(self._focus[line.index] == number)
        if draft.primary and (line.where is Where.TITLE or line.repeats_title):
            features["title-of-primary"] = 1.0
        return features | self._parties(figure, line, draft)

    def _clause(self, figure: Figure, line: Line, draft: Draft) -> dict[str, float]:
        clause = line.clause(figure.start)
        words = [
            trigger
            for trigger in find_triggers(line.masked)
            if trigger.family not in ("sign", "deal", "act") and line.clause(trigger.start) == clause
        ]
        own = (
            {"hosting_lease", "cloud_contract", "partnership", "joint_venture"}
            if group_of(draft.family) == "compute"
            else {draft.family.value, "equity_stake", "financing"}
            if group_of(draft.family) == "finance"
            else {draft.family.value, "buy"}
        )
        before = [
            trigger
            for trigger in words
            if trigger.start <= figure.start and trigger.family not in ("buy", "partnership")
        ]
        foreign = bool(before) and before[-1].family not in own
        return {
            "same-clause": 1.0 if any(trigger.family in own for trigger in words) else 0.0,
            "foreign-instrument": float(foreign and figure.quantity.kind is QuantityKind.MONEY),
        }

    def _parties(self, figure: Figure, line: Line, draft: Draft) -> dict[str, float]:
        present = [actant for actant in line.actants if not actant.modifier]
        own = {actant.actor.id for actant in present} & draft.actors
        strangers = [actant for actant in present if actant.actor.id not in draft.actors and actant.actor.name]
        clause = line.clause(figure.start)
        inside = {actant.actor.id for actant in present if line.clause(actant.start) == clause} & draft.actors
        return {
            "party-in-line": float(bool(own)),
            "party-in-clause": float(bool(inside)),
            "both-in-clause": float(len(inside) == 2),
            "other-party": float(bool(strangers) and not own),
        }

    def tie(self, figure: Figure, line: Line, number: int) -> float:
        """Return the weighted sum of the features."""
        return sum(BIND[name] * value for name, value in self.features(figure, line, number).items())
