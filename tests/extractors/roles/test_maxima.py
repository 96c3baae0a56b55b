"""What options could add is told apart from what is committed."""

from collections.abc import Callable

import pytest

from extractors.models import Extraction

Read = Callable[..., Extraction]
BASE = "Orrin Mining signed a 10-year hosting lease with Cloudmere worth $2 billion for 80 MW. "


@pytest.mark.parametrize(
    "aside",
    [
        pytest.param("Two extension options would bring the total contract value to $5 billion.", id="raise a total"),
        pytest.param("The lease has potential to rise to $5 billion if both options are exercised.", id="potential"),
        pytest.param("There is upside to $5 billion if all options get exercised.", id="upside"),
        pytest.param("The options could push the value of the lease to about $5 billion.", id="push"),
        pytest.param("The lease is worth up to $5 billion including all extensions.", id="up to"),
    ],
)
def test_a_maximum_is_no_base(read: Read, aside: str) -> None:
    deal = read(BASE + aside).deals[0]
    assert (deal.value_usd, deal.value_max_usd) == (2_000_000_000, 5_000_000_000)


def test_a_headline_may_carry_the_maximum(read: Read) -> None:
    text = "Orrin Mining signed a lease with Cloudmere worth about $2 billion initially and up to $5 billion in all."
    deal = read(text, title="Orrin Mining signs $5 billion lease with Cloudmere").deals[0]
    assert (deal.value_usd, deal.value_max_usd) == (2_000_000_000, 5_000_000_000)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Orrin Mining is in talks to lease 80 MW to Cloudmere. The lease could be worth more than $1 billion.",
            id="hedged",
        ),
        pytest.param(
            "Orrin Mining is in talks on a hosting lease with Cloudmere. It would take 80 MW and owe $1 billion in rent.",
            id="conditional",
        ),
    ],
)
def test_a_hedged_value_is_no_maximum(read: Read, text: str) -> None:
    deal = read(text).deals[0]
    assert (deal.value_usd, deal.value_max_usd) == (1_000_000_000, None)


def test_a_short_option_extends_nothing(read: Read) -> None:
    deal = read(BASE + "Cloudmere has a 30-day option on another 40 MW.").deals[0]
    assert (deal.term_years, deal.term_max_years) == (10, None)


def test_an_option_extends_the_term_told_with_it(read: Read) -> None:
    deal = read(BASE + "The land comes under a 30-year lease with two 5-year extension options.").deals[0]
    assert (deal.term_years, deal.term_max_years) == (10, None)


def test_extended_twice(read: Read) -> None:
    deal = read(BASE + "Cloudmere has the possibility of extending the contract twice for five years each.").deals[0]
    assert (deal.term_years, deal.term_max_years) == (10, 20)


def test_the_second_sum_that_is_reached_is_as_cumulative_as_the_first(read: Read) -> None:
    deal = read(
        "Bitcoin miner Cobalt Ridge signed an expansion with cloud provider Ebb Compute, which leases another 45 MW of "
        "critical IT load for 12 years and pays $820 million over the term. That takes the tenant to 175 MW at Fallow "
        "Creek and Cobalt Ridge's contracted revenue to $3.1 billion."
    ).deals[0]
    assert (deal.value_usd, deal.capacity_mw) == (820_000_000, 45)


def test_what_the_campus_has_is_not_what_the_deal_takes(read: Read) -> None:
    deal = read(
        "Bitcoin miner Cobalt Ridge signed a five-year AI cloud contract with Ebb Compute for halls with 80 MW of IT load. "
        "Beyond these, the campus has grid power for 400 MW in all."
    ).deals[0]
    assert deal.capacity_mw == 80
