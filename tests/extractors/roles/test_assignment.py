"""Which number states which field of which deal."""

from collections.abc import Callable

import pytest

from extractors.closed_sets import CapacityKind
from extractors.models import Extraction

Read = Callable[..., Extraction]
BASE = "Orrin Mining signed a 10-year hosting lease with Cloudmere worth $2 billion for 80 MW. "


def test_base_and_maximum_differ(read: Read) -> None:
    text = "Orrin Mining signed a 10-year lease worth $2.1 billion with Cloudmere. The value could reach $5.6 billion if two five-year renewal options are exercised."
    (deal,) = read(text).deals
    assert (deal.value_usd, deal.value_max_usd) == (2_100_000_000, 5_600_000_000)
    assert (deal.term_years, deal.term_max_years) == (10, 20)


def test_critical_load_before_gross(read: Read) -> None:
    (deal,) = read("Orrin Mining leases 120 MW of critical IT load (165 MW gross) to Cloudmere for 15 years.").deals
    assert (deal.capacity_mw, deal.capacity_kind) == (120, CapacityKind.IT)


@pytest.mark.parametrize(
    "aside",
    [
        pytest.param("Searchly guarantees $900 million of the lease obligations.", id="backstop"),
        pytest.param("The market capitalization of Orrin Mining is about $6 billion.", id="market-cap"),
        pytest.param("Building costs $9 million per MW.", id="per-mw"),
        pytest.param("Orrin Mining reported quarterly revenue of $72 million.", id="quarter"),
        pytest.param("The campus has 2.4 GW of capacity in all.", id="campus"),
        pytest.param("That brings contracted capacity across its sites to 600 MW.", id="total"),
        pytest.param("Net operating income should come to $1.6 billion.", id="noi"),
        pytest.param("The shares rose to $14.20.", id="share-price"),
    ],
)
def test_other_numbers_do_not_disturb(read: Read, aside: str) -> None:
    deal = read(BASE + aside).deals[0]
    assert (deal.value_usd, deal.capacity_mw, deal.term_years) == (2_000_000_000, 80, 10)


def test_yearly_revenue_and_prepayment(read: Read) -> None:
    deal = read(
        BASE + "Cloudmere pays 20% as a prepayment, and revenue of $200 million a year is expected from the contract."
    ).deals[0]
    assert (deal.prepayment_pct, deal.annual_value_usd) == (20, 200_000_000)


def test_other_currencies_keep_the_original(read: Read) -> None:
    (deal,) = read("Orrin Mining signed a colocation contract worth C$900 million with Cloudmere.").deals
    assert (deal.value_usd, deal.value_original, deal.value_currency) == (None, 900_000_000, "CAD")


def test_an_option_on_more_megawatts_adds_up(read: Read) -> None:
    (deal,) = read("Cloudmere leases 250 MW from Orrin Mining, along with an option on an additional 150 MW.").deals
    assert (deal.capacity_mw, deal.capacity_max_mw) == (250, 400)


def test_every_stated_field_has_evidence(read: Read) -> None:
    (deal,) = read(BASE).deals
    assert {"provider", "customer", "deal_type", "status", "value_usd", "term_years", "capacity_mw"} <= set(
        deal.evidence
    )
