"""Names of sites are no names of companies."""

import pytest

from extractors.parties.capitals import may_be_company
from extractors.parties.discovery import discover
from extractors.sites.site_names import is_site_name, named_sites
from extractors.text.normalise import normalise


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        pytest.param("at its Quillan Forge AI data center campus", "Quillan Forge", True, id="owned"),
        pytest.param("at its Quillan AI data center campus", "Quillan AI", True, id="with the trade"),
        pytest.param("Orrin's Quillan Forge 2 campus", "Quillan Forge 2", True, id="possessive"),
        pytest.param("across its Quillan 1 and Teasel 2 campuses", "Teasel 2", True, id="two sites, one noun"),
        pytest.param("The QF-5 facility is new", "QF-5", True, id="called a facility"),
        pytest.param("a loan tied to Quillan Forge 1", "Quillan Forge 1", True, id="numbered"),
        pytest.param("Quillan Forge 2 Campus opens", "Quillan Forge 2 Campus", True, id="numbered campus"),
        pytest.param("leased its second campus, Quillan Forge. Rent starts soon", "Quillan Forge", True, id="apposed"),
        pytest.param("At Quillan Forge 3 we build on", "Quillan Forge", True, id="counted"),
        pytest.param("gave Veylan Compute 12 halls", "Veylan Compute", False, id="a number of things"),
        pytest.param("the venture QF Campus signed", "QF Campus", False, id="a venture's name"),
        pytest.param("the Veylan Compute data center", "Veylan Compute", False, id="a company's data center"),
        pytest.param("Veylan Compute leases the building", "Veylan Compute", False, id="an actor"),
    ],
)
def test_use_tells_a_site(text: str, name: str, *, expected: bool) -> None:
    assert is_site_name(name, named_sites(text)) is expected


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("40MW Capacity", id="quantity"),
        pytest.param("U.S", id="country"),
        pytest.param("Strategic AI", id="adjective"),
        pytest.param("Initial", id="opening word"),
    ],
)
def test_things_are_no_companies(name: str) -> None:
    assert not may_be_company(name)


def test_a_suffix_makes_a_numbered_name_a_company() -> None:
    text = normalise("Teasel Forge 2 Inc. signed a lease with Orrin Compute Corp. for 40 MW.")
    assert "Teasel Forge 2" in discover(text)
