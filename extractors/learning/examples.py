"""Turn annotated articles into examples for each decision: what the reader saw, and what is true.

Labels come from the deals of the annotation by their parties: two parties of a line deal if the article says anywhere
that they do. That is coarse for a single line and right on the whole. What an annotator calls ambiguous teaches nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.closed_sets import DealType
from extractors.deals.candidates import Pair, alone_in, pairs_in
from extractors.deals.deal_reasons import deal_reasons
from extractors.deals.merge import group_of
from extractors.deals.pair_reasons import pair_reasons
from extractors.deals.solo_reasons import solo_reasons
from extractors.deals.triggers import find_triggers
from extractors.evaluate.annotation import AnnotatedArticle, AnnotatedDeal
from extractors.evaluate.names import Names
from extractors.learning.softmax import Example
from extractors.reading import Actor, Draft, Line, Reading

NONE = "none"
#: A line longer than this is a table or a broken text; what stands in it together means little.
_LONGEST = 900
_FAMILY_OF_GROUP = {"compute": DealType.HOSTING_LEASE, "finance": DealType.FINANCING}
_PROVIDES = (DealType.HOSTING_LEASE, DealType.FINANCING)
_LEASE_WORDS = frozenset({"hosting_lease", "cloud_contract", "deal"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One annotated article laid out for reading, with the names of its deals made comparable."""

    article: AnnotatedArticle
    reading: Reading
    names: Names

    def sides(self, *actors: Actor | None) -> frozenset[str | None]:
        return frozenset(self.names.canonical(actor.name) if actor else None for actor in actors)

    def deals(self) -> Iterator[tuple[frozenset[str | None], DealType, AnnotatedDeal]]:
        for deal in self.article.deals:
            parties = (deal.mention.provider, deal.mention.customer)
            yield frozenset(self.names.canonical(name) for name in parties), family_of(deal.mention.deal_type), deal


def family_of(deal_type: DealType) -> DealType:
    """Return the family of instrument that the models tell apart."""
    if deal_type is DealType.OTHER:
        return DealType.HOSTING_LEASE
    return _FAMILY_OF_GROUP.get(group_of(deal_type), deal_type)


def pair_examples(lesson: Lesson) -> Iterator[Example]:
    """Yield one example per pair of parties in each line."""
    for line in _lines(lesson):
        for pair in pairs_in(line):
            label = _pair_label(lesson, pair)
            if label is not None:
                yield Example(pair_reasons(line, pair), label)


def solo_examples(lesson: Lesson) -> Iterator[Example]:
    """Yield one example per operator of a line that is in no deal with another party of the line."""
    for line in _lines(lesson):
        busy = {
            actor.id
            for pair in pairs_in(line)
            for actor in (pair.one.actor, pair.other.actor)
            if _pair_label(lesson, pair) != NONE
        }
        triggers = find_triggers(line.masked)
        for actant in alone_in(line, busy):
            told = [
                (family, deal)
                for sides, family, deal in lesson.deals()
                if None in sides and _acts_alone(lesson, actant.actor, family, deal)
            ]
            if told and all(deal.optional for _, deal in told):
                continue
            reasons = solo_reasons(line, actant, triggers=triggers)
            families = [family for family, _ in told if _speaks(reasons, family, line)]
            yield Example(reasons, str(families[0]) if families else NONE)


def deal_examples(lesson: Lesson, drafts: Sequence[Draft]) -> Iterator[Example]:
    """Yield one example per draft: no deal of the article, one in the background, or what it is about."""
    true = match_drafts(lesson, drafts)
    for number, draft in enumerate(drafts):
        deal = true.get(number)
        if deal is not None and (deal.optional or "primary" in deal.ambiguous):
            continue
        label = NONE if deal is None else "primary" if deal.mention.primary else "background"
        yield Example(deal_reasons(draft, drafts, lesson.reading.lines), label)


def match_drafts(lesson: Lesson, drafts: Sequence[Draft]) -> Mapping[int, AnnotatedDeal]:
    """Return which annotated deal each draft is, one to one, the most alike first."""
    deals = list(lesson.deals())
    likeness = sorted(
        (
            (score, number, index)
            for number, draft in enumerate(drafts)
            for index, (sides, family, deal) in enumerate(deals)
            if (score := _likeness(lesson.sides(draft.provider, draft.customer), draft, sides, family, deal)) > 0
        ),
        reverse=True,
    )
    matched: dict[int, AnnotatedDeal] = {}
    used: set[int] = set()
    for _, number, index in likeness:
        if number not in matched and index not in used:
            matched[number] = deals[index][2]
            used.add(index)
    return matched


def _likeness(
    own: frozenset[str | None], draft: Draft, sides: frozenset[str | None], family: DealType, deal: AnnotatedDeal
) -> float:
    if own == sides:
        score = 2.0
    elif len((own & sides) - {None}) == 1 and None in own | sides:
        score = 1.0
    else:
        return 0.0
    score += 0.6 * (family_of(draft.family) == family) - 0.4 * (draft.recap and deal.mention.primary)
    score += 0.3 * (deal.mention.primary == (draft.frames[0].line <= 3))
    return score + 0.1 * max(frame.score for frame in draft.frames)


def _lines(lesson: Lesson) -> Iterator[Line]:
    return (line for line in lesson.reading.lines if len(line.text) <= _LONGEST)


def _pair_label(lesson: Lesson, pair: Pair) -> str | None:
    """Return the family two parties deal in, `none` if they do not, None where the annotator leaves it open."""
    own = lesson.sides(pair.one.actor, pair.other.actor)
    told = [(family, deal) for sides, family, deal in lesson.deals() if sides == own]
    if not told:
        return NONE
    if all(deal.optional for _, deal in told):
        return None
    families = sorted({family for family, _ in told})
    if len(families) == 1:
        return str(families[0])
    words = {trigger.family for trigger in pair.triggers}
    return str(next((family for family, _ in told if family in words), told[0][0]))


def _acts_alone(lesson: Lesson, actor: Actor, family: DealType, deal: AnnotatedDeal) -> bool:
    name = deal.mention.provider if family in _PROVIDES else deal.mention.customer
    return actor.name is not None and name is not None and lesson.names.same(actor.name, name)


def _speaks(reasons: Mapping[str, float], family: DealType, line: Line) -> bool:
    """Tell whether a line has any word of the instrument."""
    if any(name.startswith(f"{family}:") for name in reasons):
        return True
    words = {trigger.family for trigger in find_triggers(line.masked)}
    return family is DealType.HOSTING_LEASE and bool(words & _LEASE_WORDS)
