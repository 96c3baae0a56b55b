"""Whether the articles of the corpus's stories come together as the deals they tell.

A story is a set of articles that tell one deal over time, and whatever else they mention: increments, loans, a second
bid, the deals of others. Each annotated mention says which deal it is (its identity); all stories are resolved at
once, and the deals that come out are compared with the identities. Mentions that sum several deals up have none and
are left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from extractors.evaluate.align import align
from extractors.evaluate.annotation import AnnotatedArticle, AnnotatedDeal
from extractors.evaluate.bcubed import BCubed, Placing, bcubed
from extractors.evaluate.names import Names
from extractors.models import Mention
from extractors.resolve import StoredMention, resolve, stored

#: An article without a date is as old as the story's article before it.
_UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
#: How much each kind of article is believed, 0 the most; the rest are blogs (3).
_AUTHORITY = dict.fromkeys(("press_release", "filing"), 0)
_AUTHORITY |= dict.fromkeys(("newswire", "exchange_post", "market_wrap", "machine_translated"), 1)
_AUTHORITY |= dict.fromkeys(("trade_press", "regional_press", "analyst_note", "transcript"), 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryResult:
    """One story: its articles, the deals its mentions are, the deals they became, and how well that fits."""

    story: str
    articles: int
    identities: int
    deals: int
    score: BCubed


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """A deal that holds mentions of several identities, or an identity that is spread: article.index each."""

    what: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoriesResult:
    """All stories together. `background_deals` are deals founded by what only looks back; there must be none."""

    score: BCubed
    background_deals: int
    stories: tuple[StoryResult, ...]
    confusions: tuple[Confusion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A mention of a story with its annotation, if it has one."""

    story: str
    name: str
    item: StoredMention
    deal: AnnotatedDeal | None


def resolve_stories(
    articles: Sequence[AnnotatedArticle],
    mentions: Sequence[Sequence[Mention]] | None,
    *,
    keys: Mapping[str, str],
    names: Names,
) -> StoriesResult:
    """Resolve the mentions of all stories at once and compare with their identities.

    `mentions` are those extracted from each article; None takes the annotated ones, so that resolution alone is judged.
    `keys` maps normal names to company keys.
    """
    told = list(_told(articles, mentions, keys=keys, names=names))
    homes = _homes(told)
    founded = {deal.identity for article in articles if article.story for deal in article.deals if deal.mention.primary}
    judged = [one for one in told if one.deal is None or one.deal.identity is not None]
    placed = {one.item.id: _placing(one, homes, founded) for one in judged}
    expected = [(a.story, deal) for a in articles if a.story for deal in a.deals if deal.identity is not None]
    found = {(one.story, id(one.deal)) for one in judged if one.deal is not None}
    missed = [story for story, deal in expected if (story, id(deal)) not in found]
    stories = sorted({article.story for article in articles if article.story})
    return StoriesResult(
        score=bcubed(list(placed.values()), missed=len(missed)),
        background_deals=len(set(_background_deals(told, homes))),
        stories=tuple(_story(story, articles, judged, placed, missed.count(story)) for story in stories),
        confusions=tuple(_confusions(judged, placed)),
    )


def _told(
    articles: Sequence[AnnotatedArticle],
    mentions: Sequence[Sequence[Mention]] | None,
    *,
    keys: Mapping[str, str],
    names: Names,
) -> Iterator[_Told]:
    number = 0
    days: dict[str, datetime] = {}
    for at, article in enumerate(articles):
        if article.story is None:
            continue
        day = article.article.published or days.get(article.story, _UNDATED)
        days[article.story] = day
        for index, (deal, mention) in enumerate(_annotated(article, None if mentions is None else mentions[at], names)):
            item = stored(
                mention,
                id=number,
                article_id=at,
                told_at=day,
                authority=_AUTHORITY.get(article.style, 3),
                publisher=article.article.id or "",
                keys=keys,
            )
            yield _Told(story=article.story, name=f"{article.article.id}.{index}", item=item, deal=deal)
            number += 1


def _annotated(
    article: AnnotatedArticle, extracted: Sequence[Mention] | None, names: Names
) -> Iterable[tuple[AnnotatedDeal | None, Mention]]:
    if extracted is None:
        return [(deal, deal.mention) for deal in article.deals]
    pairs = align(article.deals, extracted, names=names.knowing(article.other_forms))
    twins = {column: article.deals[row] for row, column in pairs}
    return [(twins.get(column), mention) for column, mention in enumerate(extracted)]


def _homes(told: Sequence[_Told]) -> dict[int, int]:
    """Return mention -> deal for those that found one."""
    deals = resolve(one.item for one in told).deals
    return {item.id: at for at, members in enumerate(deals) for item in members}


def _placing(one: _Told, homes: Mapping[int, int], founded: set[str | None]) -> Placing:
    identity = one.deal.identity if one.deal is not None else None
    return Placing(deal=homes.get(one.item.id), identity=identity, may_wait=identity not in founded)


def _background_deals(told: Sequence[_Told], homes: Mapping[int, int]) -> Iterator[int]:
    """Yield deals of which a careful reader knows every mention to look back."""
    members: dict[int, list[_Told]] = defaultdict(list)
    for one in told:
        if one.item.id in homes:
            members[homes[one.item.id]].append(one)
    for deal, mentions in members.items():
        if all(one.deal is not None and _looks_back(one.deal) for one in mentions):
            yield deal


def _looks_back(deal: AnnotatedDeal) -> bool:
    return not deal.mention.primary and "primary" not in deal.ambiguous


def _story(
    story: str,
    articles: Sequence[AnnotatedArticle],
    judged: Sequence[_Told],
    placed: Mapping[int, Placing],
    missed: int,
) -> StoryResult:
    own = [placed[one.item.id] for one in judged if one.story == story]
    return StoryResult(
        story=story,
        articles=sum(article.story == story for article in articles),
        identities=len({one.identity for one in own if one.identity is not None and not one.may_wait}),
        deals=len({one.deal for one in own if one.deal is not None}),
        score=bcubed(own, missed=missed),
    )


def _confusions(judged: Sequence[_Told], placed: Mapping[int, Placing]) -> Iterator[Confusion]:
    """Yield deals that mix identities, then identities that lie apart."""
    deals: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    spread: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in judged:
        place = placed[one.item.id]
        home = "waiting" if place.deal is None else f"deal {place.deal}"
        if place.deal is not None:
            deals[home][place.identity or "(no deal)"].append(one.name)
        if place.identity is not None and not place.may_wait:
            spread[place.identity][home].append(one.name)
    for table in (deals, spread):
        for what, parts in table.items():
            if len(parts) > 1:
                yield Confusion(what=what, parts=tuple((part, tuple(told)) for part, told in parts.items()))
