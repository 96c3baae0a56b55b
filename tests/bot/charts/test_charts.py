"""Every chart: a picture, a title that states a finding, words for those who cannot see it."""

from decimal import Decimal

import pytest

from bot.charts import CHARTS, canvas, contracted, draw_chart, prices, tenants
from bot.errors import InputError
from extractors.closed_sets import DealStatus, DealType, Precision
from extractors.models import PartialDate

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


@pytest.mark.parametrize("name", ["contracted", "prices", "tenants"])
def test_long_names_stay_on_the_card(make_deal, now, name, monkeypatch):
    seen = []
    finish = canvas.finish
    for module in (contracted, prices, tenants):
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
