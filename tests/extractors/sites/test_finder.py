"""Places of deals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.closed_sets import PartyKind, Where
from extractors.models import PartySpan
from extractors.sites.finder import find_sites
from extractors.text.normalise import normalise


def labels(text: str) -> list[str]:
    return [site.label for site in find_sites(normalise(text), Where.TEXT)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("at its Cedar Flats campus", ["Cedar Flats"], id="named campus"),
        pytest.param("the site in Harlan, Kentucky", ["Harlan, Kentucky"], id="town and state"),
        pytest.param("near Harlan, KY.", ["Harlan, Kentucky"], id="postal code"),
        pytest.param("a data center in North Dakota", ["North Dakota"], id="state"),
        pytest.param("in rural Ohio", ["Ohio"], id="adjective before the state"),
        pytest.param("Stillwater Bend, the company's campus", ["Stillwater Bend"], id="apposition"),
        pytest.param("Project Osprey will be built", ["Project Osprey"], id="project"),
        pytest.param("at Iron Forge 2 campus", ["Iron Forge 2"], id="numbered"),
        pytest.param("in Saint-J\u00e9r\u00f4me, Quebec", ["Saint-J\u00e9r\u00f4me, Quebec"], id="accents"),
        pytest.param("its AI data center and the company", [], id="no name"),
        pytest.param("at its Quillan AI data center", ["Quillan"], id="the trade is no part of the name"),
        pytest.param("a Nasdaq-listed data center operator", [], id="a description is no name"),
        pytest.param("Leases Space to Boost AI Data Center Growth", [], id="a headline's verb is no name"),
        pytest.param("Montana, Wyoming and Utah", [], id="a list of states is no town"),
    ],
)
def test_label(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


def test_a_seat_is_no_site() -> None:
    (seat,) = find_sites("Austin, Texas-based lender", Where.TEXT)
    assert seat.seat


def test_a_party_is_no_place() -> None:
    party = PartySpan(
        where=Where.TEXT, start=0, end=12, text="Cedar Flats X", key=None, name="Cedar Flats", kind=PartyKind.OTHER
    )
    assert find_sites("Cedar Flats campus", Where.TEXT, parties=[party]) == []


@given(st.text())
def test_any_text_returns(text: str) -> None:
    assert all(text[one.start : one.end] == one.text for one in find_sites(text, Where.TEXT))
