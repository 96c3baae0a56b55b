"""The corpus's stories come together: resolution alone, on the annotated mentions."""

from collections import Counter
from pathlib import Path

import pytest

from bot import evaluation
from extractors.evaluate.stories import StoriesResult
from extractors.models import Extraction

CORPUS = Path(__file__).parent / "corpus"
FLOOR = 0.95


@pytest.fixture(scope="module")
def resolved() -> StoriesResult:
    articles = evaluation.read_annotated(CORPUS)
    nothing = Extraction(id=None, url=None, is_deal_article=False, deals=(), reactions=())
    run = evaluation.Run(articles=articles, extractions=(nothing,) * len(articles), verdicts=())
    return evaluation.story_results(run)[0]


def test_mentions_come_together_as_deals(resolved: StoriesResult) -> None:
    assert resolved.score.f1 >= FLOOR, resolved.confusions


def test_no_background_mention_makes_a_deal(resolved: StoriesResult) -> None:
    assert resolved.background_deals == 0


def test_stories_hold_enough_deals_to_measure() -> None:
    articles = [article for article in evaluation.read_annotated(CORPUS) if article.story]
    told = Counter(deal.identity for article in articles for deal in article.deals if deal.identity)
    assert sum(number >= 3 for number in told.values()) >= 25
