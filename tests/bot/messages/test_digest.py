"""The digest: what a period brought, never an empty shell, within Discord's limits."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.charts import draw_chart
from bot.messages.digest import Period, compose, digest_message
from bot.messages.limits import breaches
from bot.messages.message import payload
from db.records import DealEvent, Milestone
from extractors.closed_sets import DealStatus, Precision
from extractors.models import PartialDate


@pytest.fixture
def day(now):
    return Period(name="daily", start=now - timedelta(days=1), end=now)


def text_of(message):
    embed = message.embeds[0]
    return "\n".join([embed.title, embed.description, *(f"{f.name}\n{f.value}" for f in embed.fields)])


def test_new_deals_of_the_period_are_told(make_deal, day):
    old = make_deal(2, first_seen_at=day.start - timedelta(days=9))
    digest = compose([make_deal(1), old], day)
    assert [deal.id for deal in digest.new] == [1]
    assert text_of(digest_message(digest)).startswith("1 new deal, $4.2B stated")


def test_talk_is_told_apart_and_adds_no_dollars(make_deal, day):
    text = text_of(digest_message(compose([make_deal(1), make_deal(2, status=DealStatus.IN_TALKS)], day)))
    assert text.startswith("1 new deal, $4.2B stated · 1 in talk or ended")
    assert "In talk or ended" in text


def test_changes_are_told_with_what_moved(make_deal, day, now):
    moved = DealEvent(at=now - timedelta(hours=3), kind="change", detail="value $3.2 billion → $4.2 billion")
    deal = make_deal(first_seen_at=day.start - timedelta(days=3), events=(moved,))
    assert "value $3.2 billion → $4.2 billion" in text_of(digest_message(compose([deal], day)))


def test_a_quiet_day_says_so_and_shows_the_latest(make_deal, day):
    digest = compose([make_deal(first_seen_at=day.start - timedelta(days=9))], day)
    text = text_of(digest_message(digest))
    assert text.startswith("A quiet day")
    assert "Latest deals" in text
    assert "Northgate Digital signs" in text


def test_nothing_stored_is_still_a_message(day):
    body = payload(digest_message(compose([], day)))
    assert breaches(body) == []
    assert "Nothing is stored yet" in body["embeds"][0]["description"]


def test_history_and_background_are_not_new(make_deal, day):
    assert compose([make_deal(1, is_history=True), make_deal(2, primary=False)], day).new == ()


@pytest.mark.parametrize(
    ("when", "precision", "due"),
    [
        pytest.param("2026-01-01", Precision.QUARTER, True, id="this-quarter"),
        pytest.param("2026-01-01", Precision.HALF, True, id="this-half"),
        pytest.param("2026-03-31", Precision.DAY, True, id="last-day"),
        pytest.param("2026-04-01", Precision.MONTH, False, id="next-quarter"),
        pytest.param("2026-01-01", Precision.YEAR, False, id="only-the-year"),
    ],
)
def test_due_this_quarter(make_deal, day, when, precision, due):
    start = PartialDate(date=when, precision=precision)
    digest = compose([make_deal(delivery_start=start, delivery_end=None)], day)
    assert bool(digest.due) is due


def test_a_rumour_is_not_due(make_deal, day):
    start = PartialDate(date="2026-01-01", precision=Precision.QUARTER)
    assert compose([make_deal(delivery_start=start, status=DealStatus.RUMORED)], day).due == ()


def test_a_digest_of_many_deals_fits(make_deal, make_reaction, day, now):
    long = "A Company With A Very Long Name Indeed "
    deals = [
        make_deal(n, provider=f"{long}{n}", customer=f"{long}{n}x", reactions=(make_reaction(company=f"{long}{n}"),))
        for n in range(200)
    ]
    chart = draw_chart("timeline", deals, now=now)
    message = digest_message(compose(deals, replace(day, name="weekly")), chart=chart)
    body = payload(message)
    assert breaches(body, file_sizes=(len(chart.png),)) == []
    assert body["attachments"][0]["description"] == chart.alt


def test_a_late_delivery_says_what_was_promised_first(make_deal, day):
    when = PartialDate(date="2026-01-01", precision=Precision.QUARTER)
    late = Milestone(
        name="energised",
        planned=True,
        when=when,
        last_day=date(2026, 3, 31),
        capacity_mw=200.0,
        capacity_kind=None,
        promised_until=date(2025, 12, 31),
        slipped_days=90,
        statement="",
        publisher="",
        url=None,
        told_at=None,
    )
    deal = make_deal(delivery_start=None, delivery_end=when, milestones=(late,))
    ((_, words),) = compose([deal], day).due
    assert words == "complete Q1 2026 (first promised by 31 Dec 2025)"
