"""What is news: DESIGN's alert mention and material change, case by case."""

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.delivery.news import EventKind, Rules, decide, judge, material_changes
from db.records import DealRecord
from extractors.closed_sets import DealStatus, DealType, Precision
from extractors.models import PartialDate


@dataclass(frozen=True)
class Changed:
    before: DealRecord | None
    after: DealRecord


def _date(day, precision):
    return PartialDate(date=day, precision=Precision(precision))


NOTHING = {
    "value_usd": None,
    "value_max_usd": None,
    "customer": None,
    "capacity_mw": None,
    "gpu_count": None,
    "term_years": None,
}


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        pytest.param({}, EventKind.NEW, id="signed"),
        pytest.param({"status": DealStatus.EXPANDED}, EventKind.NEW, id="expanded"),
        pytest.param({"status": DealStatus.CLOSED}, EventKind.NEW, id="closed"),
        pytest.param({"status": DealStatus.RUMORED}, EventKind.RUMOUR, id="rumour"),
        pytest.param({"status": DealStatus.LOI}, EventKind.RUMOUR, id="letter-of-intent"),
        pytest.param({"status": DealStatus.TERMINATED}, EventKind.CHANGE, id="terminated"),
        pytest.param({"primary": False}, None, id="background"),
        pytest.param({"miner_hyperscaler": False}, None, id="not-a-miner"),
        pytest.param({"deal_type": DealType.FINANCING}, None, id="financing"),
        pytest.param({"provider": None}, None, id="no-provider"),
        pytest.param(NOTHING, None, id="nothing-beside-the-provider"),
        pytest.param({**NOTHING, "term_years": 5.0}, EventKind.NEW, id="a-term-is-enough"),
    ],
)
def test_first_sight_of_a_deal(make_deal, make_source, now, facts, kind):
    event = decide(Changed(None, make_deal(reactions=(), **facts)), now=now, article=make_source())
    assert (event.kind if event else None) == kind


@pytest.mark.parametrize(
    ("hours", "news"),
    [pytest.param(71, True, id="fresh"), pytest.param(73, False, id="stale"), pytest.param(-30, False, id="future")],
)
def test_article_age_decides(make_deal, make_source, now, hours, news):
    article = make_source(published_at=now - timedelta(hours=hours))
    assert (decide(Changed(None, make_deal()), now=now, article=article) is not None) is news


def test_the_operator_sets_the_age(make_deal, make_source, now):
    article = make_source(published_at=now - timedelta(hours=5))
    verdict = judge(Changed(None, make_deal()), now=now, article=article, rules=Rules(max_age=timedelta(hours=4)))
    assert verdict.reason == "the article is older than 4 hours"


def test_a_copy_and_a_silent_feed_raise_nothing(make_deal, make_source, now):
    assert decide(Changed(None, make_deal()), now=now, article=make_source(duplicate_of=9)) is None
    assert decide(Changed(None, make_deal()), now=now, article=make_source(), alerting=False) is None


@pytest.mark.parametrize(
    ("before", "after", "fields"),
    [
        pytest.param({}, {"value_usd": Decimal(4_700_000_000)}, ["value"], id="value-moves-over-10-percent"),
        pytest.param({}, {"value_usd": Decimal(4_500_000_000)}, [], id="value-moves-less"),
        pytest.param({"value_usd": None}, {}, ["value"], id="value-stated-first"),
        pytest.param({"capacity_mw": None}, {}, [], id="megawatts-stated-first"),
        pytest.param({}, {"capacity_mw": 250.0}, ["capacity_mw"], id="megawatts-move"),
        pytest.param({"term_years": 10.0}, {"term_years": 15.0}, ["term_years"], id="term-moves"),
        pytest.param({"customer": None}, {}, ["customer"], id="customer-revealed"),
        pytest.param({}, {"customer": None}, [], id="customer-not-repeated"),
        pytest.param({}, {"status": DealStatus.TERMINATED}, ["status"], id="status"),
        pytest.param({}, {"site": "Elsewhere"}, [], id="site-is-silent"),
        pytest.param({}, {"delivery_end": _date("2027-01-01", "quarter")}, ["delivery_end"], id="delivery-slips"),
        pytest.param({}, {"delivery_end": _date("2026-10-01", "quarter")}, [], id="delivery-said-more-exactly"),
        pytest.param({}, {"delivery_end": _date("2026-03-01", "month")}, [], id="delivery-comes-nearer"),
        pytest.param({}, {"delivery_end": _date("2041-01-01", "year")}, [], id="the-end-of-a-term-is-no-delivery"),
        pytest.param({"delivery_start": None}, {}, [], id="delivery-stated-first"),
    ],
)
def test_material_change(make_deal, before, after, fields):
    found = material_changes(make_deal(**before).facts, make_deal(**after).facts)
    assert [change.field for change in found] == fields


def test_a_signed_rumour_is_new(make_deal, make_source, now):
    change = Changed(make_deal(status=DealStatus.RUMORED), make_deal())
    event = decide(change, now=now, article=make_source())
    assert event is not None
    assert event.kind is EventKind.NEW
    assert [moved.field for moved in event.changes] == ["status"]


def test_a_further_source_is_silent_and_says_why(make_deal, make_source, now):
    verdict = judge(Changed(make_deal(), make_deal(site="Elsewhere")), now=now, article=make_source(3))
    assert verdict.event is None
    assert "edited silently" in verdict.reason


def test_a_share_move_is_news_once(make_deal, make_reaction, make_source, now):
    before, after = make_deal(reactions=()), make_deal(reactions=(make_reaction(),))
    event = decide(Changed(before, after), now=now, article=make_source())
    assert event is not None
    assert event.kind is EventKind.REACTION
    assert decide(Changed(after, replace(after, slug="x")), now=now, article=make_source()) is None
