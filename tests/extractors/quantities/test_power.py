"""Amounts of power, and the basis printed beside them."""

import pytest

from extractors.closed_sets import CapacityKind, Qualifier, Where
from extractors.quantities.power import find_power
from extractors.text.normalise import normalise

IT, GROSS, NONE = CapacityKind.IT, CapacityKind.GROSS, CapacityKind.UNSPECIFIED


@pytest.mark.parametrize(
    ("text", "megawatts"),
    [
        pytest.param("300MW", [300], id="glued"),
        pytest.param("300 MW", [300], id="spaced"),
        pytest.param("300-MW", [300], id="hyphened"),
        pytest.param("0.3 GW", [300], id="gigawatt"),
        pytest.param("1,400MW", [1400], id="thousands"),
        pytest.param("300-megawatt campus", [300], id="megawatt"),
        pytest.param("2 gigawatts", [2000], id="gigawatts"),
        pytest.param("130 kW racks", [0.13], id="kilowatt"),
        pytest.param("half a gigawatt", [500], id="half a gigawatt"),
        pytest.param("one gigawatt", [1000], id="spelled"),
        pytest.param("200 megawatt (\u201cMW\u201d)", [200], id="unit defined"),
        pytest.param("120 additional MW", [120], id="adjective between"),
        pytest.param("from 250 MW to 400 MW", [250, 400], id="a change is two amounts"),
        pytest.param("500 MWh, 3 GWh", [], id="energy is not power"),
        pytest.param("18 MW of load and 5 km", [18], id="kilometres are not"),
    ],
)
def test_megawatts(text: str, megawatts: list[float]) -> None:
    assert [one.value for one in find_power(normalise(text), Where.TEXT)] == pytest.approx(megawatts)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        pytest.param("180-200 MW", 180, 200, id="hyphen"),
        pytest.param("180 to 200 MW", 180, 200, id="to"),
        pytest.param("between 180 and 200 MW", 180, 200, id="between"),
        pytest.param("$180-200 MW", 180, 200, id="a stray dollar sign"),
        pytest.param("180 MW to 200 MW", 180, 200, id="unit twice"),
        pytest.param("800 MW to 1.2 GW", 800, 1200, id="two units"),
    ],
)
def test_range(text: str, low: float, high: float) -> None:
    (found,) = find_power(normalise(text), Where.TEXT)
    assert (found.value, found.value_high) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        pytest.param(
            "120MW of critical IT load (165 MW gross) at its 600-MW campus", [IT, GROSS, NONE], id="all three"
        ),
        pytest.param("critical IT load of up to 200 megawatts", [IT], id="basis before"),
        pytest.param("gross capacity of 56 MW and critical IT load of 39 MW", [GROSS, IT], id="both before"),
        pytest.param("135 MW gross", [GROSS], id="gross after"),
        pytest.param("240 MW of gross utility power", [GROSS], id="gross utility"),
        pytest.param("168 critical IT MW", [IT], id="IT before the unit"),
        pytest.param("150 MW (critical IT)", [IT], id="brackets"),
        pytest.param("150 MW of contracted IT load", [IT], id="contracted IT"),
        pytest.param("a 600 MW campus", [NONE], id="none"),
    ],
)
def test_basis(text: str, bases: list[CapacityKind]) -> None:
    assert [one.basis for one in find_power(normalise(text), Where.TEXT)] == bases


def test_qualifier_is_read() -> None:
    (found,) = find_power("roughly 300 MW", Where.TEXT)
    assert found.qualifier is Qualifier.APPROX
