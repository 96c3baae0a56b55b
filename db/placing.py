"""Which deal each group of mentions is: keeps numbers and slugs as mentions regroup. Pure.

    place(groups) -> Placing        group -> existing deal or a new one; deals that lost everything to another

A group keeps the oldest deal it may: the one its pins name, else one that most of whose mentions it holds. When two
deals fall together the older survives; when one falls apart the larger part keeps it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from db.mentions import Placed
from extractors.resolution.identity import content_key

Members = tuple[Placed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """For each group the deal it keeps (None = a new one), and deals swallowed: swallowed -> the group's place."""

    kept: tuple[int | None, ...]
    swallowed: dict[int, int]


def place(groups: Sequence[Members]) -> Placing:
    """Decide which group keeps which deal."""
    winners = _winners(groups)
    kept: list[int | None] = []
    swallowed: dict[int, int] = {}
    for at, group in enumerate(groups):
        pin = next((row.item.pin for row in group if row.item.pin is not None), None)
        won = sorted(deal for deal, winner in winners.items() if winner == at)
        survivor = pin if pin is not None else (won[0] if won else None)
        kept.append(survivor)
        swallowed |= {deal: at for deal in won if deal != survivor}
    return Placing(kept=tuple(kept), swallowed=swallowed)


def _winners(groups: Sequence[Members]) -> dict[int, int]:
    """Find for every deal the group that holds it: by pin, else by the most mentions, else by content."""
    strength: dict[int, list[tuple[bool, int, list[tuple[str, ...]], int]]] = {}
    for at, group in enumerate(groups):
        pins = {row.item.pin for row in group if row.item.pin is not None}
        held = Counter(row.deal_id for row in group if row.deal_id is not None)
        for deal in held.keys() | pins:
            keys = sorted(content_key(row.item) for row in group)
            strength.setdefault(deal, []).append((deal not in pins, -held[deal], keys, at))
    return {deal: min(claims)[-1] for deal, claims in strength.items()}
