"""Judges the roles of quantities: whether each marked number was used for the fact it states, and for no other.

An extraction shows the role it gave to a number through the evidence of its facts: a deal whose `value_usd` is proved
by the characters of "$9.7 billion" gave them the role `value`.
"""

from collections.abc import Iterator
from typing import NamedTuple

from extractors.evaluate.annotation import ROLE_FIELDS, AnnotatedArticle, AnnotatedQuantity
from extractors.evaluate.verdict import Group, Verdict
from extractors.models import Evidence, Extraction

_FIELD_KINDS = {field: kind for (kind, _), field in ROLE_FIELDS.items()}
#: An amount in another currency proves the value just as one in dollars does.
_SAME_ROLE = {"value_original": "value_usd"}


class _Use(NamedTuple):
    """One number used as proof: of which fact, of which annotated deal (-1: a deal that is not annotated)."""

    field: str
    deal: int
    evidence: Evidence


def judge_roles(wanted: AnnotatedArticle, got: Extraction, *, pairs: list[tuple[int, int]]) -> Iterator[Verdict]:
    """Yield one verdict per quantity that states a fact of a deal or was taken to.

    A number that is repeated (title, lead, table) proves its fact once; its unused repetitions are not misses.
    """
    uses = list(_uses(got, pairs))
    proved = {
        (use.field, use.deal)
        for quantity in wanted.quantities
        for use in _uses_of(quantity, uses)
        if (use.field, use.deal) == (quantity.field, quantity.deal)
    }
    for quantity in wanted.quantities:
        mine = _uses_of(quantity, uses)
        missing = (quantity.field, quantity.deal) not in proved
        if _asked(wanted, quantity) and (mine or (quantity.field and missing)):
            yield _verdict(wanted, quantity, mine)


def _uses_of(quantity: AnnotatedQuantity, uses: list[_Use]) -> list[_Use]:
    return [use for use in uses if _FIELD_KINDS[use.field] == quantity.kind and _touches(use.evidence, quantity)]


def _verdict(wanted: AnnotatedArticle, quantity: AnnotatedQuantity, uses: list[_Use]) -> Verdict:
    hit = next((use for use in uses if (use.field, use.deal) == (quantity.field, quantity.deal)), None)
    chosen = hit or next(iter(uses), None)
    source = wanted.article.title if quantity.where == "title" else wanted.article.text
    return Verdict(
        article=wanted.article.id or "",
        group=Group.ROLE,
        field=quantity.kind.value,
        subject=source[quantity.start : quantity.end],
        wanted=None if quantity.field is None else f"{quantity.role} of deal {quantity.deal}",
        got=None if chosen is None else f"{chosen.field} of deal {chosen.deal}",
        right=hit is not None,
        evidence=() if chosen is None else (chosen.evidence,),
    )


def _uses(got: Extraction, pairs: list[tuple[int, int]]) -> Iterator[_Use]:
    row_of = {column: row for row, column in pairs}
    for column, mention in enumerate(got.deals):
        for name, proofs in mention.evidence.items():
            field = _SAME_ROLE.get(name, name)
            if field in _FIELD_KINDS:
                for proof in proofs:
                    yield _Use(field, row_of.get(column, -1), proof)


def _touches(evidence: Evidence, quantity: AnnotatedQuantity) -> bool:
    return evidence.where == quantity.where and evidence.start < quantity.end and quantity.start < evidence.end


def _asked(wanted: AnnotatedArticle, quantity: AnnotatedQuantity) -> bool:
    """A number that states an ambiguous fact may be read either way."""
    if quantity.field is None or quantity.deal is None:
        return True
    deal = wanted.deals[quantity.deal]
    return quantity.field not in deal.ambiguous and not deal.optional
