"""Who stands behind a deal: never its customer, also where a headline only names it, and what it gets is no deal."""

from collections.abc import Callable

import pytest

from extractors.models import Extraction

Read = Callable[..., Extraction]
BODY = (
    "Orrin Mining signed a 10-year lease with Cloudmere for 80 MW worth $2 billion. "
    "Bigsoft will support the project by backstopping $900 million of the lease obligations."
)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        pytest.param("Orrin Mining Secures $2 Billion Hosting Deals With Bigsoft Backstop", BODY, id="backstop"),
        pytest.param("Orrin Mining Jumps on $2 Billion Lease, With Bigsoft Taking 8% Stake", BODY, id="stake"),
        pytest.param("Bigsoft Buys Stake in Orrin Mining as Part of Cloudmere AI Deal", BODY, id="part-of-deal"),
        pytest.param(
            "Orrin Mining Stock Rises on $2 Billion Lease",
            "Orrin Mining signed a 10-year lease with Cloudmere for $2 billion, with financing supported by a $1.3 billion commitment from Bigsoft.",
            id="supported-by-a-commitment",
            marks=pytest.mark.xfail(reason="a headline without a tenant becomes a second deal", strict=True),
        ),
    ],
)
def test_a_backer_is_no_party(read: Read, title: str, body: str) -> None:
    primary = [deal for deal in read(body, title=title).deals if deal.primary]
    assert [(deal.provider, deal.customer) for deal in primary] == [("Orrin Mining", "Cloudmere")]


def test_a_backer_with_its_own_lease_stays_a_customer(read: Read) -> None:
    text = (
        "Orrin Mining signed a 10-year lease with Cloudmere, which Bigsoft guarantees. "
        "Orrin Mining also signed a 12-year lease with Bigsoft for 60 MW worth $1 billion."
    )
    assert "Bigsoft" in {deal.customer for deal in read(text).deals}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Orrin Mining won a contract for a 100 MW data center, beating Bigsoft for the deal.", id="beating"),
        pytest.param("Orrin Mining outbids Bigsoft in a 100 MW data center deal.", id="outbids"),
    ],
)  # fmt: skip
def test_the_loser_of_a_bid_is_no_customer(read: Read, text: str) -> None:
    assert not [deal for deal in read(text).deals if deal.primary]


def test_underwriters_to_be_are_no_lenders_yet(read: Read) -> None:
    text = (
        "Orrin Mining signed a 10-year lease with Cloudmere for 80 MW worth $2 billion. "
        "Orrin Mining expects to secure project financing of $900 million, with Northbank Capital acting as underwriter."
    )
    assert "Northbank Capital" not in {deal.customer for deal in read(text).deals}
