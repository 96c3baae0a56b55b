"""Puts annotated and extracted deals of one article side by side, one to one, by their parties."""

from collections.abc import Sequence

from extractors.evaluate.annotation import AnnotatedDeal
from extractors.evaluate.compare_values import MONEY_TOLERANCE, numbers_agree
from extractors.evaluate.names import Names
from extractors.models import Mention

#: Below this two deals are about different parties.
_SAME_DEAL = 1.5


def align(wanted: Sequence[AnnotatedDeal], got: Sequence[Mention], *, names: Names) -> list[tuple[int, int]]:
    """Return pairs of indices (annotated, extracted), the most alike first."""
    candidates = sorted(
        (
            (_likeness(deal, mention, names=names), row, column)
            for row, deal in enumerate(wanted)
            for column, mention in enumerate(got)
        ),
        reverse=True,
    )
    pairs: list[tuple[int, int]] = []
    for score, row, column in candidates:
        taken = any(row == other_row or column == other_column for other_row, other_column in pairs)
        if score >= _SAME_DEAL and not taken:
            pairs.append((row, column))
    return pairs


def parties_agree(deal: AnnotatedDeal, mention: Mention, *, names: Names) -> bool:
    """Whether both parties are right; an ambiguous one is not compared, ambiguous roles may be swapped."""
    wanted = (names.canonical(deal.mention.provider), names.canonical(deal.mention.customer))
    got = (names.canonical(mention.provider), names.canonical(mention.customer))
    if "provider" in deal.ambiguous:
        wanted, got = (None, wanted[1]), (None, got[1])
    if "customer" in deal.ambiguous:
        wanted, got = (wanted[0], None), (got[0], None)
    return wanted == got or ("roles" in deal.ambiguous and wanted == got[::-1])


def _likeness(deal: AnnotatedDeal, mention: Mention, *, names: Names) -> float:
    wanted = [names.canonical(deal.mention.provider), names.canonical(deal.mention.customer)]
    got = [names.canonical(mention.provider), names.canonical(mention.customer)]
    named = ({*wanted} & {*got}) - {None}
    if not named and any(wanted):
        return 0.0
    straight = sum(one == other for one, other in zip(wanted, got, strict=True))
    swapped = sum(one == other for one, other in zip(wanted, reversed(got), strict=True))
    score: float = max(straight, swapped) + len(named)
    if swapped > straight and "roles" not in deal.ambiguous:
        score -= 0.6
    return score + _further_likeness(deal.mention, mention)


def _further_likeness(wanted: Mention, got: Mention) -> float:
    """Break ties between deals of the same parties."""
    same_value = wanted.value_usd is not None and numbers_agree(wanted.value_usd, got.value_usd, MONEY_TOLERANCE)
    return 0.3 * (wanted.deal_type == got.deal_type) + 0.5 * same_value + 0.2 * (wanted.primary == got.primary)
