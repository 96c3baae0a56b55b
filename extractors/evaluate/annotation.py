"""The annotated article: the schema of the corpus, its closed sets, and the check that a file keeps to them.

An annotated article is what a careful reader took from a text: deals, reactions and every quantity with its role. This
module knows the schema and what may stand in each field. It does not judge whether a number is right or a sentence
well written (the corpus tests do), and it scores nothing (`extractors.evaluate`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from extractors.closed_sets import QuantityKind, Where
from extractors.models import Article, Mention, Reaction
from extractors.record import article_from_json, mention_from_json, reaction_from_json

SPLITS = ("train", "dev", "test")

#: What a quantity can be. A role with a field in `ROLE_FIELDS` states a fact of one deal; the others are there to be
#: told apart from it.
ROLES: Mapping[QuantityKind, tuple[str, ...]] = {
    QuantityKind.MONEY: (
        "value",
        "value_max",
        "annual_value",
        "monthly_value",
        "noi",
        "backstop",
        "equipment",
        "financing",
        "capex",
        "stake",
        "unit_price",
        "total",
        "backlog",
        "company_revenue",
        "market_cap",
        "share_price",
        "price_target",
        "crypto_price",
        "market_size",
        "fee",
        "other",
    ),
    QuantityKind.POWER: (
        "capacity",
        "capacity_max",
        "capacity_alt",
        "phase",
        "campus",
        "company",
        "pipeline",
        "total",
        "other",
    ),
    QuantityKind.TERM: ("term", "term_max", "option", "delivery", "history", "other"),
    QuantityKind.PERCENT: (
        "share_move",
        "prepayment",
        "noi_margin",
        "escalator",
        "stake",
        "premium",
        "interest",
        "growth",
        "other",
    ),
    QuantityKind.GPU: ("count", "total", "other"),
    QuantityKind.DATE: (
        "announced_on",
        "delivery_start",
        "delivery_end",
        "published",
        "maturity",
        "background",
        "other",
    ),
}

#: (kind, role) -> the field of the deal it states.
ROLE_FIELDS: Mapping[tuple[QuantityKind, str], str] = {
    (QuantityKind.MONEY, "value"): "value_usd",
    (QuantityKind.MONEY, "value_max"): "value_max_usd",
    (QuantityKind.MONEY, "annual_value"): "annual_value_usd",
    (QuantityKind.MONEY, "capex"): "capex_usd",
    (QuantityKind.POWER, "capacity"): "capacity_mw",
    (QuantityKind.POWER, "capacity_max"): "capacity_max_mw",
    (QuantityKind.TERM, "term"): "term_years",
    (QuantityKind.TERM, "term_max"): "term_max_years",
    (QuantityKind.PERCENT, "prepayment"): "prepayment_pct",
    (QuantityKind.PERCENT, "noi_margin"): "noi_margin_pct",
    (QuantityKind.PERCENT, "escalator"): "escalator_pct",
    (QuantityKind.GPU, "count"): "gpu_count",
    (QuantityKind.DATE, "announced_on"): "announced_on",
    (QuantityKind.DATE, "delivery_start"): "delivery_start",
    (QuantityKind.DATE, "delivery_end"): "delivery_end",
}

#: Words allowed in `ambiguous` of a deal that are not names of fields.
AMBIGUOUS_WORDS = frozenset({"roles", "exists", "identity"})
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_DEAL_FIELDS = frozenset(Mention.__dataclass_fields__) - {"evidence", "confidence"}
_REACTION_FIELDS = frozenset(Reaction.__dataclass_fields__) - {"evidence"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedQuantity:
    """A number of the article with the role it plays there, and in which deal (index) if in one."""

    where: Where
    start: int
    end: int
    kind: QuantityKind
    role: str
    deal: int | None = None

    @property
    def field(self) -> str | None:
        """The field of a deal that this quantity states, None if it states none."""
        return ROLE_FIELDS.get((self.kind, self.role))


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedDeal:
    """A deal as a careful reader sees it.

    `known` names the fields that were annotated at all (older annotations lack some), `ambiguous` those that could go
    either way; only known, unambiguous fields are scored. `identity` is the deal that mentions of several articles
    share, as a slug; None where nobody said which it is.
    """

    mention: Mention
    known: frozenset[str]
    ambiguous: frozenset[str] = frozenset()
    identity: str | None = None

    @property
    def optional(self) -> bool:
        return "exists" in self.ambiguous


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedReaction:
    reaction: Reaction
    ambiguous: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedArticle:
    """One article of the corpus. `split` and `story` are None where the corpus has no such plan.

    `other_forms` maps further forms of an annotated name that the article itself uses ("Tarnholt") to that name.
    """

    article: Article
    style: str
    split: str | None
    story: str | None
    is_deal_article: bool
    deals: tuple[AnnotatedDeal, ...]
    reactions: tuple[AnnotatedReaction, ...]
    quantities: tuple[AnnotatedQuantity, ...]
    other_forms: Mapping[str, str]


def annotated_from_json(record: Mapping[str, Any]) -> AnnotatedArticle:
    """Read one annotated article."""
    return AnnotatedArticle(
        article=article_from_json(record),
        style=record.get("style") or "",
        split=record.get("split"),
        story=record.get("story"),
        is_deal_article=bool(record.get("is_deal_article")),
        deals=tuple(
            AnnotatedDeal(
                mention=mention_from_json(deal),
                known=frozenset(deal),
                ambiguous=frozenset(deal.get("ambiguous") or ()),
                identity=deal.get("identity"),
            )
            for deal in record.get("deals") or ()
        ),
        reactions=tuple(
            AnnotatedReaction(reaction=reaction_from_json(move), ambiguous=frozenset(move.get("ambiguous") or ()))
            for move in record.get("reactions") or ()
        ),
        quantities=tuple(_quantity(quantity) for quantity in record.get("quantities") or ()),
        other_forms=record.get("other_forms") or {},
    )


def check_annotation(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield one sentence per place where a record leaves the schema; nothing for a sound record."""
    try:
        annotated = annotated_from_json(record)
    except (KeyError, TypeError, ValueError) as error:
        yield f"cannot be read: {error!r}"
        return
    if annotated.split is not None and annotated.split not in SPLITS:
        yield f"split {annotated.split!r} is none of {', '.join(SPLITS)}"
    for number, deal in enumerate(annotated.deals):
        for problem in _check_deal(deal):
            yield f"deal {number}: {problem}"
    for number, move in enumerate(annotated.reactions):
        if unknown := move.ambiguous - _REACTION_FIELDS - AMBIGUOUS_WORDS:
            yield f"reaction {number}: no such field in ambiguous: {', '.join(sorted(unknown))}"
    yield from _check_quantities(annotated)


def _check_deal(deal: AnnotatedDeal) -> Iterator[str]:
    mention = deal.mention
    if deal.identity is not None and not _SLUG.fullmatch(deal.identity):
        yield f"identity {deal.identity!r} is not written in small letters, digits and hyphens"
    if unknown := deal.ambiguous - _DEAL_FIELDS - AMBIGUOUS_WORDS:
        yield f"no such field in ambiguous: {', '.join(sorted(unknown))}"
    if (mention.value_original is None) != (mention.value_currency is None):
        yield "value_original and value_currency go together"
    if (mention.capacity_mw is None) != (mention.capacity_kind is None):
        yield "capacity_mw and capacity_kind go together"
    if mention.value_usd is not None and mention.value_qualifier is None:
        yield "value_usd lacks value_qualifier"
    for low, high in (
        ("value_usd", "value_max_usd"),
        ("term_years", "term_max_years"),
        ("capacity_mw", "capacity_max_mw"),
    ):
        base, most = getattr(mention, low), getattr(mention, high)
        if base is not None and most is not None and most < base:
            yield f"{high} is below {low}"


def _check_quantities(annotated: AnnotatedArticle) -> Iterator[str]:
    ends = {Where.TITLE: 0, Where.TEXT: 0}
    texts = {Where.TITLE: annotated.article.title, Where.TEXT: annotated.article.text}
    for quantity in sorted(annotated.quantities, key=lambda q: (q.where, q.start)):
        text = texts[quantity.where]
        name = f"quantity {text[quantity.start : quantity.end]!r}"
        if not ends[quantity.where] <= quantity.start < quantity.end <= len(text):
            yield f"{name}: offsets {quantity.start}-{quantity.end} overlap another or leave the {quantity.where}"
        ends[quantity.where] = quantity.end
        if quantity.role not in ROLES[quantity.kind]:
            yield f"{name}: {quantity.role!r} is no role of {quantity.kind} ({', '.join(ROLES[quantity.kind])})"
        if quantity.deal is not None and not 0 <= quantity.deal < len(annotated.deals):
            yield f"{name}: there is no deal {quantity.deal}"
        if quantity.field is not None and quantity.deal is None:
            yield f"{name}: role {quantity.role} needs the index of its deal"


def _quantity(record: Mapping[str, Any]) -> AnnotatedQuantity:
    return AnnotatedQuantity(
        where=Where(record.get("in") or Where.TEXT),
        start=record["start"],
        end=record["end"],
        kind=QuantityKind(record["kind"]),
        role=record["role"],
        deal=record.get("deal"),
    )
