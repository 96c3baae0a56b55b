"""The corpus as a whole: large enough, mixed enough, and hard in every way that the news is hard."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractors.evaluate.annotation import AnnotatedArticle, annotated_from_json
from tests import corpus_rules

RECORDS = corpus_rules.load_corpus(Path(__file__).parent / "corpus")
ARTICLES = [annotated_from_json(record) for record in RECORDS.values()]


def count(holds: Callable[[AnnotatedArticle], Any]) -> int:
    return sum(bool(holds(article)) for article in ARTICLES)


def roles_of(article: AnnotatedArticle) -> set[str]:
    return {quantity.role for quantity in article.quantities}


def test_there_are_three_hundred_articles() -> None:
    assert len(ARTICLES) >= 300


def test_two_in_five_articles_hold_no_alert_mention() -> None:
    quiet = count(lambda article: not any(deal.mention.alerts for deal in article.deals))
    assert quiet / len(ARTICLES) >= 0.40


def test_every_split_is_large_enough_to_measure() -> None:
    sizes = Counter(article.split for article in ARTICLES)
    assert set(sizes) == {"train", "dev", "test"}
    assert min(sizes.values()) >= 50


def test_many_styles_are_written() -> None:
    styles = Counter(article.style for article in ARTICLES)
    assert set(styles) == set(corpus_rules.STYLES)
    assert min(styles.values()) >= 5


def test_stories_are_told_by_three_to_eight_articles() -> None:
    told = Counter(article.story for article in ARTICLES if article.story)
    assert sum(3 <= number <= 8 for number in told.values()) >= 25


def test_a_story_stays_in_one_split() -> None:
    splits: dict[str, set[str | None]] = {}
    for article in ARTICLES:
        if article.story:
            splits.setdefault(article.story, set()).add(article.split)
    assert [story for story, found in splits.items() if len(found) > 1] == []


@pytest.mark.parametrize(
    ("holds", "least"),
    [
        pytest.param(lambda a: len(a.deals) > 1, 60, id="several deals"),
        pytest.param(
            lambda a: any(d.mention.alerts and d.mention.customer is None for d in a.deals), 25, id="unnamed customer"
        ),
        pytest.param(lambda a: any(d.mention.status == "expanded" for d in a.deals), 25, id="increment"),
        pytest.param(lambda a: "total" in roles_of(a), 25, id="cumulative figure"),
        pytest.param(lambda a: {"value_max", "capacity_max"} & roles_of(a), 25, id="maximum"),
        pytest.param(lambda a: "capacity_alt" in roles_of(a), 15, id="IT beside gross"),
        pytest.param(lambda a: "backstop" in roles_of(a), 15, id="backstop"),
        pytest.param(lambda a: {"campus", "company", "pipeline"} & roles_of(a), 80, id="other megawatts"),
        pytest.param(
            lambda a: any(d.mention.value_currency not in (None, "USD") for d in a.deals), 20, id="other currency"
        ),
        pytest.param(lambda a: any(r.reaction.price_to is not None for r in a.reactions), 8, id="prices only"),
        pytest.param(lambda a: "respectively" in a.article.text, 10, id="respectively"),
        pytest.param(
            lambda a: any(d.mention.status in ("rumored", "in_talks", "loi") for d in a.deals), 20, id="not yet signed"
        ),
        pytest.param(
            lambda a: any(d.mention.status in ("terminated", "rejected") for d in a.deals), 20, id="ended or refused"
        ),
        pytest.param(
            lambda a: any(d.mention.provider_kind == "neocloud" for d in a.deals), 8, id="deals without a miner"
        ),
        pytest.param(lambda a: a.article.published is None, 3, id="no date"),
        pytest.param(lambda a: not a.deals, 20, id="no deal at all"),
    ],
)
def test_each_trap_is_well_represented(holds: Callable[[AnnotatedArticle], Any], least: int) -> None:
    assert count(holds) >= least
