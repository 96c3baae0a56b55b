"""Every chart: a picture, a title that states a finding, words for those who cannot see it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.charts import CHARTS, canvas, contracted, delivery, draw_chart, prices, tenants
from bot.errors import InputError
from db.market_records import Cause, Confounder, MeasuredReaction, Move, Window
from db.records import Milestone
from extractors.closed_sets import DealStatus, DealType, Precision
from extractors.models import PartialDate
from extractors.periods import last_day

PNG = b"\x89PNG"


@pytest.fixture
def deals(make_deal):
    lease = {"deal_type": DealType.HOSTING_LEASE, "value_qualifier": None, "term_years": 10.0}
    day = PartialDate(date="2026-01-05", precision=Precision.DAY)
    return [
        make_deal(1, value_qualifier=None),
        make_deal(2, provider="Palisade", customer="Cloudline", value_usd=Decimal(3_000_000_000), **lease),
        make_deal(3, provider="Palisade", customer="Redwood AI", announced_on=day, **lease),
        make_deal(4, provider="Rumoured", status=DealStatus.RUMORED),
    ]


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("name", CHARTS)
def test_chart_draws_and_tells(deals, now, name, theme):
    chart = draw_chart(name, deals, now=now, theme=theme)
    assert chart.png.startswith(PNG)
    assert len(chart.png) < 1_000_000
    assert chart.alt.startswith(chart.title)
    assert "Rumoured" not in chart.alt


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_stored_is_said_not_hidden(now, name):
    chart = draw_chart(name, [], now=now)
    assert chart.png.startswith(PNG)
    assert chart.title == "Nothing to draw yet"


def test_lease_and_cloud_never_share_a_scale(deals, now):
    chart = draw_chart("prices", deals, now=now)
    assert "Lease: space and power: " in chart.alt
    assert "Cloud: GPUs as a service: " in chart.alt


@pytest.mark.parametrize("name", ["contracted", "delivery", "prices", "tenants"])
def test_long_names_stay_on_the_card(make_deal, now, name, monkeypatch):
    seen = []
    finish = canvas.finish
    for module in (contracted, delivery, prices, tenants):
        monkeypatch.setattr(module, "finish", lambda card, *a, **k: (seen.append(card), finish(card, *a, **k))[1])
    draw_chart(name, [make_deal(1, provider="Marlowe Ridge Mining Group", customer="Larkspur Intelligence")], now=now)
    labels = seen[0].axes[0].get_yticklabels()
    assert min(label.get_window_extent().x0 for label in labels) >= 0


def test_huge_data_still_draws(make_deal, now):
    many = [make_deal(n, provider=f"Miner {n}" * 9, customer=f"Tenant {n}" * 9) for n in range(300)]
    assert draw_chart("timeline", many, now=now).png.startswith(PNG)


def test_unknown_chart_or_theme_says_what_exists(now):
    with pytest.raises(InputError, match="choose one of timeline"):
        draw_chart("pie", [], now=now)
    with pytest.raises(InputError, match="dark, light"):
        draw_chart("timeline", [], now=now, theme="pink")


def mile(mw, *, planned=False):
    when = PartialDate(date="2026-01-01", precision=Precision.DAY)
    return Milestone(
        name="energised",
        planned=planned,
        when=when,
        last_day=last_day(when),
        capacity_mw=mw,
        capacity_kind=None,
        promised_until=None,
        slipped_days=None,
        statement="",
        publisher="",
        url=None,
        told_at=None,
    )


@pytest.mark.parametrize(
    ("facts", "finding", "told"),
    [
        pytest.param(
            {},
            "None of 1 dated deal is due yet; no stored source reports capacity on",
            "200 MW promised for later",
            id="later",
        ),
        pytest.param(
            {"delivery_end": PartialDate(date="2025-01-01", precision=Precision.YEAR)},
            "1 of 1 dated deal was due by now; no stored source reports capacity on",
            "200 MW promised by now, not reported as on",
            id="due",
        ),
        pytest.param(
            {"milestones": (mile(50.0), mile(30.0), mile(200.0, planned=True))},
            "None of 1 dated deal is due yet; sources report capacity on at 1",
            "50 MW reported as on, 150 MW promised for later",
            id="partly-on",
        ),
        pytest.param(
            {"milestones": (mile(900.0),)}, "None of 1", "200 MW reported as on", id="no-more-than-contracted"
        ),
        pytest.param(
            {"delivery_start": None, "delivery_end": None},
            "No date is stated for 1 signed deal",
            "200 MW no date stated",
            id="undated",
        ),
    ],
)
def test_delivery_tells_where_the_megawatts_stand(make_deal, now, facts, finding, told):
    chart = draw_chart("delivery", [make_deal(1, **facts)], now=now)
    assert chart.title.startswith(f"Northgate Digital: {finding}")
    assert told in chart.alt
    assert "Redwood AI, 4 Mar 2026" in chart.alt  # a single miner is told deal by deal


def test_tenants_without_a_name_count_and_those_without_a_figure_are_told(make_deal, now):
    hidden = make_deal(1, customer=None, value_usd=Decimal(2_000_000_000))
    silent = make_deal(2, customer=None, value_usd=None)
    chart = draw_chart("tenants", [make_deal(3, value_usd=Decimal(6_000_000_000)), hidden, silent], now=now)
    assert chart.title == "Redwood AI stands for 75% of what miners have contracted"
    assert "tenants not named 25%" in chart.alt


def test_measured_moves_stand_against_peers_and_mark_other_news(make_deal, now):
    day = date(2026, 3, 4)
    move = Move(
        window=Window.DAY, from_day=day, to_day=day, price_from=50.0, price_to=56.0, pct=12.0, btc_pct=1.0,
        peers_pct=2.5, peer_count=9,
    )  # fmt: skip
    measured = MeasuredReaction(
        company="Northgate Digital", company_key="northgate-digital", symbol="NASDAQ:NGD", announced_at=now,
        time_known=True, event_day=day, reason="", moves=(move,), source="csv", is_complete=True, computed_at=now,
        confounders=(Confounder(cause=Cause.EARNINGS, name="results", sessions_away=0),),
    )  # fmt: skip
    chart = draw_chart("measured", [make_deal(1, measured=(measured,)), make_deal(2)], now=now)
    assert chart.title == "Shares beat their peers on 1 of 1 deal days; median +9.5 points"
    assert "Northgate Digital*, 04 Mar 2026, Redwood AI +9.5 pp" in chart.alt
    unmatched = replace(measured, moves=(replace(move, peers_pct=None),))
    assert draw_chart("measured", [make_deal(1, measured=(unmatched,))], now=now).title == "Nothing to draw yet"
