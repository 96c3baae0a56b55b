"""What deals add up to, without comparing what does not compare."""

from decimal import Decimal

from bot.messages.league import agreed, league, price, prices
from extractors.closed_sets import CapacityKind, DealStatus, DealType, Qualifier


def test_only_agreed_deals_count(make_deal):
    deals = [make_deal(1), make_deal(2, status=DealStatus.LOI), make_deal(3, deal_type=DealType.FINANCING)]
    assert [deal.id for deal in agreed(deals)] == [1]


def test_megawatts_keep_their_basis(make_deal):
    (row,) = league([make_deal(1), make_deal(2, capacity_mw=300.0, capacity_kind=CapacityKind.GROSS)])
    assert row.mw == {CapacityKind.IT: 200.0, CapacityKind.GROSS: 300.0}
    assert row.value_usd == Decimal(8_400_000_000)


def test_price_needs_a_committed_value(make_deal):
    found = price(make_deal())
    assert found is not None
    assert found.usd_per_mw_year == 4.2e6
    assert price(make_deal(value_qualifier=Qualifier.UP_TO)) is None
    assert price(make_deal(term_years=None)) is None


def test_lease_and_cloud_prices_stay_apart(make_deal):
    deals = [make_deal(1), make_deal(2, deal_type=DealType.HOSTING_LEASE)]
    assert [p.deal.id for p in prices(deals, DealType.CLOUD_CONTRACT)] == [1]
    (row,) = league(deals)
    assert row.cloud_usd_per_mw_year == row.lease_usd_per_mw_year == 4.2e6


def test_concentration_falls_back_to_megawatts(make_deal):
    deals = [make_deal(1), make_deal(2, customer="Cloudline", value_usd=None, capacity_mw=600.0)]
    (row,) = league(deals)
    assert row.top_tenant == "Cloudline"
    assert row.top_share == 0.75
