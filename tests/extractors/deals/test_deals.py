"""Deals assembled from frames: parties, direction, type, status, what is primary and what is no deal."""

from collections.abc import Callable

import pytest

from extractors.closed_sets import DealStatus, DealType, PartyKind, PartyRole
from extractors.deals.direction import CHAIN
from extractors.models import Extraction

Read = Callable[..., Extraction]
H, C, A, F, E, L, J = (
    DealType.HOSTING_LEASE, DealType.CLOUD_CONTRACT, DealType.ACQUISITION, DealType.FINANCING, DealType.EQUIPMENT_PURCHASE, DealType.LAND, DealType.JOINT_VENTURE,
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "provider", "customer", "deal_type"),
    [
        pytest.param("Cloudmere leases 80 MW from Orrin Mining under a 12-year contract.", "Orrin Mining", "Cloudmere", H, id="lease-from"),
        pytest.param("Orrin Mining leases 80 MW to Cloudmere under a 12-year contract.", "Orrin Mining", "Cloudmere", H, id="lease-to"),
        pytest.param("Bigsoft signed a GPU cloud contract with Orrin Mining worth $2 billion.", "Orrin Mining", "Bigsoft", C, id="cloud"),
        pytest.param("Thinklab signed a $4 billion compute deal with Cloudmere.", "Cloudmere", "Thinklab", C, id="no-miner"),
        pytest.param("Cloudmere agreed to acquire Orrin Mining in a $3 billion all-stock merger.", "Orrin Mining", "Cloudmere", A, id="acquisition"),
        pytest.param("Orrin Mining obtained a $400 million loan from Northbank Capital.", "Orrin Mining", "Northbank Capital", F, id="loan"),
        pytest.param("Orrin Mining is buying GPUs from Boxmaker for $90 million.", "Boxmaker", "Orrin Mining", E, id="equipment"),
        pytest.param("Orrin Mining formed a joint venture with Cloudmere for 96 MW.", "Orrin Mining", "Cloudmere", J, id="joint-venture"),
        pytest.param("Orrin Mining bought 200 acres of land for $12 million.", None, "Orrin Mining", L, id="land"),
        pytest.param("Orrin Mining raised $300 million in convertible notes.", "Orrin Mining", None, F, id="notes"),
        pytest.param("Orrin Mining signs a $7 billion AI data center lease.", "Orrin Mining", None, H, id="nobody-named"),
    ],
)  # fmt: skip
def test_parties_and_type(
    read: Read, text: str, provider: str | None, customer: str | None, deal_type: DealType
) -> None:
    deal = read(text).deals[0]
    assert (deal.provider, deal.customer, deal.deal_type) == (provider, customer, deal_type)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("Orrin Mining is in talks to lease 80 MW to Cloudmere.", DealStatus.IN_TALKS, id="talks"),
        pytest.param("Orrin Mining and Cloudmere signed a letter of intent for an 80 MW lease.", DealStatus.LOI, id="loi"),
        pytest.param("Shareholders of Orrin Mining voted down the merger with Cloudmere.", DealStatus.REJECTED, id="voted-down"),
        pytest.param("Cloudmere terminated its lease agreement with Orrin Mining.", DealStatus.TERMINATED, id="terminated"),
        pytest.param("Cloudmere exercised an option for another 60 MW of hosting at Orrin Mining.", DealStatus.EXPANDED, id="expanded"),
        pytest.param("Orrin Mining signed a lease with Cloudmere that has options to expand the commitment.", DealStatus.SIGNED, id="option-is-no-expansion"),
        pytest.param("Orrin Mining signed a 10-year lease with Cloudmere for 80 MW and is in talks with other tenants.", DealStatus.SIGNED, id="talks-with-others"),
        pytest.param("Orrin Mining has closed on 200 acres that it formerly rented, paying $12 million.", DealStatus.CLOSED, id="land-closed-on"),
        pytest.param("Orrin Mining announced the purchase of ground: it purchased 200 acres of land for $12 million.", DealStatus.CLOSED, id="land-bought"),
    ],
)  # fmt: skip
def test_status(read: Read, text: str, status: DealStatus) -> None:
    assert read(text).deals[0].status is status


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Orrin Mining runs Chipco GPUs in its data centers.", id="names-of-goods"),
        pytest.param("Rivals such as Orrin Mining and Halverd Digital compete with Cloudmere.", id="rivals"),
        pytest.param(
            "Northbank Capital analysts raised their price target on Orrin Mining, citing its contracts.", id="analysts"
        ),
        pytest.param("Orrin Mining mined 300 bitcoin in March. Bigsoft reported an outage.", id="two-stories"),
    ],
)
def test_no_deal_is_invented(read: Read, text: str) -> None:
    assert read(text).deals == ()


def test_a_guarantor_is_no_customer(read: Read) -> None:
    text = "Orrin Mining signed a 10-year lease with Cloudmere. Searchly will backstop $900 million of the lease obligations and receives warrants."
    (deal,) = read(text).deals
    assert deal.customer == "Cloudmere"
    assert {(other.name, other.role) for other in deal.other_parties} == {
        ("Searchly", PartyRole.GUARANTOR),
        ("Searchly", PartyRole.INVESTOR),
    }


def test_an_unnamed_customer_keeps_its_kind(read: Read) -> None:
    deal = read("Orrin Mining signed a 15-year lease with an investment-grade hyperscaler for 120 MW.").deals[0]
    assert (deal.customer, deal.customer_kind, deal.miner_hyperscaler) == (None, PartyKind.HYPERSCALER, True)


def test_the_headline_decides_what_is_primary(read: Read) -> None:
    title = "Orrin Mining signs $2 billion lease with Cloudmere"
    text = "Orrin Mining has signed a lease worth $2 billion with Cloudmere. Earlier this year Thinklab agreed a $40 billion cloud deal with Bigsoft."
    deals = read(text, title).deals
    assert [(deal.provider, deal.primary) for deal in deals] == [("Orrin Mining", True), ("Bigsoft", False)]


def test_a_headline_of_price_targets_has_no_primary(read: Read) -> None:
    title = "Analysts lift price targets on Orrin Mining and Halverd Digital"
    text = "They point to the 300 MW that Orrin Mining has under contract with Cloudmere."
    assert not any(deal.primary for deal in read(text, title).deals)


def test_land_and_a_lease_in_one_line_are_two_deals(read: Read) -> None:
    text = "Orrin Mining bought 200 acres of land for $96 million and signed a 10-year lease with Cloudmere worth $311 million."
    deals = {deal.deal_type: deal.value_usd for deal in read(text).deals}
    assert deals == {H: 311_000_000, L: 96_000_000}


def test_a_ground_lease_of_the_miner_is_no_tenancy(read: Read) -> None:
    (deal,) = read("Orrin Mining entered a 30-year ground lease for a site on 80 acres.").deals
    assert (deal.customer, deal.deal_type) == ("Orrin Mining", L)


def test_a_place_hides_no_unnamed_tenant(read: Read) -> None:
    """A site told by its state alone has no name, and neither has the tenant."""
    text = "In a letter of intent, Orrin Mining is ready to supply a single tenant with 50 MW at a data center in Ohio."
    (deal,) = read(text, title="Orrin Mining: LOI for 50 MW of AI Colocation").deals
    assert (deal.provider, deal.customer, deal.capacity_mw) == ("Orrin Mining", None, 50)


def test_who_rates_a_share_lends_nothing(read: Read) -> None:
    extraction = read(
        'Orrin Mining rallied 18% after Northbank Capital raised what it thinks the shares are worth. Northbank Capital says "buy".',
        title="Orrin Mining up 18% as Northbank Capital warms to it",
    )
    assert not extraction.deals


def test_a_miner_provides_to_a_developer() -> None:
    pair = {kind: place for place, kind in enumerate(sorted(CHAIN, key=lambda kind: CHAIN[kind]))}
    assert pair[PartyKind.MINER] < pair[PartyKind.DEVELOPER] < pair[PartyKind.NEOCLOUD] < pair[PartyKind.HYPERSCALER]


def test_a_backer_in_the_headline_is_no_customer(read: Read) -> None:
    title = "Orrin Mining signs AI hosting deal with Searchly backstop"
    text = "Orrin Mining signed a 10-year hosting lease with Cloudmere. Searchly is backstopping $1.8 billion of the lease obligations."
    assert {deal.customer for deal in read(text, title).deals} == {"Cloudmere"}
