"""Whether the articles of one story come together as one deal.

A story is a set of articles that tell one deal over time: first report, release, copies, increments, the end. Its alert
mentions should resolve into few deals, and no deal should hold mentions of two stories.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from extractors.evaluate.annotation import AnnotatedArticle
from extractors.models import Mention
from extractors.resolve import resolve, stored

#: Where an article has no date, all its stories' articles have none; any fixed day keeps the order of the files.
_UNDATED = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryResult:
    """One story: how many alert mentions it has, into how many deals they went, how many are in the largest."""

    story: str
    articles: int
    mentions: int
    deals: int
    together: int
    strangers: int


def resolve_stories(
    articles: Sequence[AnnotatedArticle], mentions: Sequence[Sequence[Mention]], *, keys: Mapping[str, str]
) -> list[StoryResult]:
    """Resolve the alert mentions of all articles at once and report per story.

    `mentions` are those of each article, annotated or extracted; `keys` maps normal names to company keys.
    """
    rows = [(article, mention) for article, found in zip(articles, mentions, strict=True) for mention in found]
    kept = [(article, mention) for article, mention in rows if mention.alerts]
    items = [
        stored(mention, id=number, article_id=number, told_at=article.article.published or _UNDATED, keys=keys)
        for number, (article, mention) in enumerate(kept)
    ]
    stories = [article.story for article, _ in kept]
    deals = [Counter(stories[item.id] for item in deal) for deal in resolve(items).deals]
    told = Counter(article.story for article in articles if article.story)
    return [_result(story, told[story], stories.count(story), deals) for story in sorted(told)]


def _result(story: str, articles: int, mentions: int, deals: Sequence[Counter[str | None]]) -> StoryResult:
    own = [deal for deal in deals if deal[story]]
    return StoryResult(
        story=story,
        articles=articles,
        mentions=mentions,
        deals=len(own),
        together=max((deal[story] for deal in own), default=0),
        strangers=sum(deal.total() - deal[story] for deal in own),
    )
