"""A miner that leases the ground it builds on is no landlord of anybody; one with a tenant beside it still is."""

from collections.abc import Callable

import pytest

from extractors.closed_sets import DealType
from extractors.models import Extraction

Read = Callable[..., Extraction]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        pytest.param(
            "Orrin Mining secures 80-year lease for 400 MW expansion",
            "Orrin Mining signed an 80-year ground lease for 183 acres at a former mill. It gives exclusive rights to develop up to 400 MW.",
            id="ground-lease",
        ),
        pytest.param(
            "Orrin Mining signs lease for 300 MW",
            "Orrin Mining signed a land lease of 50 years for a 300 MW site.",
            id="land-lease",
        ),
    ],
)
def test_a_lease_of_ground_is_land(read: Read, title: str, body: str) -> None:
    primary = [deal for deal in read(body, title=title).deals if deal.primary]
    assert [(deal.deal_type, deal.customer) for deal in primary] == [(DealType.LAND, "Orrin Mining")]


def test_a_tenant_beside_the_ground_lease_stays(read: Read) -> None:
    title = "Orrin Mining Signs 120 MW Lease With Cloudmere"
    body = (
        "Orrin Mining signed a 15-year lease with Cloudmere for 120 MW worth $2 billion. "
        "It holds the site under a 99-year ground lease for 60 acres."
    )
    (primary,) = (deal for deal in read(body, title=title).deals if deal.primary)
    assert (primary.deal_type, primary.provider, primary.customer) == (
        DealType.HOSTING_LEASE,
        "Orrin Mining",
        "Cloudmere",
    )
