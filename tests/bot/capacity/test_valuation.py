"""The estimate stored with a deal: unit prices, peers, alternatives, and its exact replay."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.capacity.peers import Peer, concentration, percentile
from bot.capacity.valuation import as_peer, read_facts, replay, value_deal
from extractors.closed_sets import CapacityKind, DealStatus, DealType, PartyKind, Precision, Qualifier
from extractors.models import Mention, PartialDate

MENTION = Mention(
    primary=True,
    provider="IREN",
    customer="Microsoft",
    provider_kind=PartyKind.MINER,
    customer_kind=PartyKind.HYPERSCALER,
    miner_hyperscaler=True,
    deal_type=DealType.CLOUD_CONTRACT,
    status=DealStatus.SIGNED,
    value_usd=Decimal(9_700_000_000),
    value_qualifier=Qualifier.EXACT,
    term_years=5,
    capacity_mw=200,
    capacity_kind=CapacityKind.IT,
    gpu_models=("GB300",),
    gpu_count=76_000,
    announced_on=PartialDate(date="2025-11-03", precision=Precision.DAY),
)
LEASE = replace(
    MENTION,
    provider="Hut 8",
    customer="Fluidstack",
    deal_type=DealType.HOSTING_LEASE,
    value_usd=Decimal(7_000_000_000),
    term_years=15,
    capacity_mw=245,
    gpu_models=(),
    gpu_count=None,
)


def value(mention, rows, **options):
    return value_deal(read_facts(mention), rows, draws=500, **options)


def peer(deal_id, rent, *, provider="Other", customer="Someone", value_usd=1e9, day="2025-10-01", use="lease"):
    return Peer(
        deal_id=deal_id,
        use=use,
        provider=provider,
        customer=customer,
        announced_on=day,
        value_usd=value_usd,
        usd_per_mw_year=rent,
    )


def test_the_founding_deal_is_priced(rows):
    figures = value(MENTION, rows).figures
    assert figures["usd_per_gpu_hour"].p50 == pytest.approx(2.912, abs=0.001)
    assert figures["usd_per_mw_year"].p50 == pytest.approx(9.7e6)
    assert figures["capex_total_usd"].p10 < figures["capex_total_usd"].p90
    assert figures["mining_revenue_given_up_usd"].p50 == pytest.approx(286 * 0.674e6, rel=0.03)


def test_a_lease_is_priced_in_year_one_and_over_its_term(rows):
    figures = value(LEASE, rows).figures
    assert figures["usd_per_mw_year"].p50 == pytest.approx(1.905e6, rel=0.001)
    assert figures["usd_per_mw_year_y1"].p50 == pytest.approx(1.536e6, rel=0.01)
    assert figures["rent_usd_per_kw_month"].p50 == pytest.approx(158.7, rel=0.001)
    assert "usd_per_gpu_hour" not in figures


def test_a_stored_estimate_replays_exactly(rows):
    valued = value(replace(MENTION, value_qualifier=Qualifier.APPROX), rows, peers=[peer("1", 9e6, use="cloud")])
    inputs, assumptions = (json.loads(json.dumps(part)) for part in (valued.inputs, valued.assumptions))
    assert replay(inputs, assumptions) == valued


@pytest.mark.parametrize("kind", list(CapacityKind))
def test_both_readings_of_unclear_megawatts_are_shown(rows, kind):
    figures = value(replace(LEASE, capacity_kind=kind), rows).figures
    assert ("usd_per_mw_year_if_gross" in figures) == (kind is CapacityKind.UNSPECIFIED)


def test_a_unit_price_of_priors_alone_is_not_stored(rows):
    figures = value(replace(LEASE, value_usd=None, value_qualifier=None), rows).figures
    assert "usd_per_mw_year" not in figures
    assert figures["value_usd"].origin.value == "derived"
    assert "usd_per_mw_year" not in value(replace(LEASE, capacity_mw=None, capacity_kind=None), rows).figures


@pytest.mark.parametrize("kind", [DealType.FINANCING, DealType.LAND, DealType.EQUIPMENT_PURCHASE, DealType.ACQUISITION])
def test_a_deal_that_sells_no_compute_is_not_valued(kind):
    assert read_facts(replace(MENTION, deal_type=kind)) is None


def test_a_deal_without_any_size_is_not_valued(rows):
    assert value(replace(LEASE, value_usd=None, value_qualifier=None, capacity_mw=None), rows) is None


def test_a_fact_the_model_refuses_is_left_out(rows):
    assert value(replace(MENTION, term_years=1e9, gpu_models=("Unknown 9000",)), rows) is not None


def test_an_outlier_is_flagged(rows):
    valued = value(replace(LEASE, capacity_mw=20, value_usd=Decimal(1_200_000_000), term_years=10), rows)
    assert valued.outlier
    assert valued.figures["z_score"].p50 > 3
    assert not value(LEASE, rows).outlier


def test_the_place_among_peers(rows):
    others = [peer(str(i), rent) for i, rent in enumerate((1.2e6, 1.4e6, 1.5e6, 1.7e6))]
    figures = value(LEASE, rows, peers=others).figures
    assert figures["peer_percentile"].p50 == 75
    assert figures["peer_count"].p50 == 4


def test_peers_are_of_the_same_use_and_vintage():
    others = [peer("1", 1.2e6, day="2020-01-01"), peer("2", 9e6, use="cloud"), peer("3", 1.4e6), peer("4", 1.5e6)]
    assert percentile(1.5e6, others, use="lease", as_of=date(2025, 12, 17)) is None
    place = percentile(1.5e6, [*others, peer("5", 1.6e6)], use="lease", as_of=date(2025, 12, 17))
    assert (place.percentile, place.count) == (50, 3)


def test_tenant_concentration_before_and_after():
    own = [
        peer("1", None, provider="Hut 8", customer="A", value_usd=1e9),
        peer("2", None, provider="Hut 8", value_usd=3e9),
    ]
    assert concentration(own, provider="Hut 8", customer="A", value=4e9) == (0.25, 0.625)
    assert concentration([], provider="Hut 8", customer="A", value=4e9) is None


def test_a_valued_deal_becomes_a_peer(rows):
    found = as_peer(value(LEASE, rows), deal_id="9", facts=read_facts(LEASE))
    assert (found.use, found.provider, found.announced_on) == ("lease", "Hut 8", "2025-11-03")
    assert found.usd_per_mw_year == pytest.approx(1.536e6, rel=0.01)


def test_every_answer_says_where_the_network_figures_come_from(rows):
    assert "hashprice: default as of 2026-05-25" in value(LEASE, rows).warnings
