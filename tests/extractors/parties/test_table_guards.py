"""Common words of the shipped table mean a company only where the text says so."""

import pytest

from bot.catalog import load_companies
from extractors.closed_sets import Where
from extractors.parties.companies import CompanyFinder

FINDER = CompanyFinder(load_companies())


def keys(text: str) -> list[str | None]:
    return [span.key for span in FINDER.find(text, Where.TEXT)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        pytest.param("Miners fell; Marathon lost 4% as its hash rate slipped.", "mara", id="Marathon the miner"),
        pytest.param("The crude refinery went to Marathon Petroleum.", "marathon-petroleum", id="Marathon the refiner"),
        pytest.param("DMG, a sovereign AI host, bought 40 GPU servers.", "dmg", id="DMG"),
        pytest.param("Bitfarms will buy Stronghold for its Pennsylvania power plants.", "stronghold", id="Stronghold"),
        pytest.param("Argo mines bitcoin in Texas; Argo owed its lender.", "argo", id="Argo"),
        pytest.param("CoreWeave raised its bid for Core, shareholders heard.", "core-scientific", id="Core"),
        pytest.param("Robinhood rose 6% with crypto volumes.", "robinhood", id="Robinhood"),
        pytest.param("Oracle signed a contract for a data center.", "oracle", id="Oracle"),
        pytest.param("Block showed a 3nm mining chip that Dorsey praised.", "block", id="Block"),
        pytest.param("Cipher leased Barber Lake to Fluidstack.", "cipher", id="Cipher"),
        pytest.param("Hewlett Packard Enterprise will ship the servers.", "hpe", id="HPE"),
        pytest.param("The note was underwritten by Oppenheimer as bookrunner.", "oppenheimer", id="Oppenheimer"),
    ],
)
def test_meant(text: str, key: str) -> None:
    assert key in keys(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("She ran the Boston Marathon in three hours.", id="a race"),
        pytest.param("The old town was a Stronghold of the party.", id="a fortress"),
        pytest.param("Block rewards halve every four years, and so do miners' incomes from ASICs.", id="block rewards"),
        pytest.param("A Cipher machine stood in the museum.", id="a cipher"),
        pytest.param("The film Argo won; Core beliefs of Oracle at Delphi.", id="words"),
        pytest.param("Traders were Bullish on Circle Line tickets.", id="a mood"),
        pytest.param("Visa rules for Orange farmers changed.", id="papers and fruit"),
        pytest.param("NOW is the time; the SMR design is small.", id="tickers that are words"),
        pytest.param("They shopped on State Street near the Gemini statue.", id="a street"),
        pytest.param("Related Companies\nOther headlines", id="a heading of a page"),
    ],
)
def test_not_meant(text: str) -> None:
    assert keys(text) == []
