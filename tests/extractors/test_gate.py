"""The gate keeps every miner's deal and dismisses the rest."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.closed_sets import PartyKind
from extractors.gate import Gate
from extractors.models import Company, FormerName, Ticker

ROOT = Path(__file__).parents[2]
#: Articles that speak of an unknown company's "computing" without a word of mining, power, GPUs or a neocloud.
UNKNOWABLE = {"n018"}
TABLE = (
    Company(
        key="keel",
        name="Keel Infrastructure",
        kind=PartyKind.MINER,
        aliases=("Keel",),
        former_names=(FormerName(name="Bitfarms", until_year=2026),),
        tickers=(Ticker(symbol="BITF", exchange="NASDAQ"),),
        needs_context=("Keel",),
    ),
    Company(key="coreweave", name="CoreWeave", kind=PartyKind.NEOCLOUD),
    Company(key="microsoft", name="Microsoft", kind=PartyKind.HYPERSCALER),
)
GATE = Gate(TABLE)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Bitcoin miner Nordhash leases 90 MW to an AI lab", id="unknown miner"),
        pytest.param("Bitfarms signs a contract for GPUs", id="former name of the table"),
        pytest.param("BITF: a lease for its data center", id="ticker of the table"),
        pytest.param("CoreWeave agreed a cloud deal", id="neocloud of the table"),
        pytest.param("A crypto mining firm will host an AI tenant on its megawatts", id="crypto mining"),
        pytest.param("Nordhash signs a 15-year, 200 MW lease with a hyperscaler", id="nobody is called a miner"),
        pytest.param("BITCOIN MINER SIGNS DATA CENTER LEASE", id="capitals"),
        pytest.param("Miner of bitcoin\u2019s \u201cdata\u00a0center\u201d GPU deal", id="curly quotes"),
    ],
)
def test_kept(text: str) -> None:
    assert GATE.is_relevant("", text)
    assert GATE.is_relevant(text, "")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Bitcoin fell 3% as traders waited for the central bank.", id="prices"),
        pytest.param("The phone maker showed a new AI camera in the cloud.", id="gadgets"),
        pytest.param("Lithium miner buys a mine in Chile.", id="metals"),
        pytest.param("Microsoft signed a deal for cloud software with a bank.", id="cloud without miner or power"),
        pytest.param("The ship's keel was laid under contract; compute that.", id="a common word of the table"),
        pytest.param("A football club bought a striker.", id="sport"),
        pytest.param("", id="nothing"),
    ],
)
def test_dismissed(text: str) -> None:
    assert not GATE.is_relevant("", text)


def _articles(folder: Path) -> list[dict[str, object]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


@pytest.mark.parametrize("folder", ["tests/corpus", "../shared/reference/articles"])
def test_no_article_with_a_miner_deal_is_dismissed(folder: str) -> None:
    from bot.catalog import load_companies

    place = ROOT / folder
    if not place.is_dir():
        pytest.skip(f"{folder} is not here")
    gate = Gate(load_companies())
    lost = [
        article.get("id")
        for article in _articles(place)
        if any(deal.get("miner_hyperscaler") for deal in article["deals"])  # type: ignore[attr-defined]
        and not gate.is_relevant(str(article.get("title") or ""), str(article["text"]))
    ]
    assert set(lost) <= UNKNOWABLE


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    assert GATE.is_relevant(text, text) in {True, False}


def test_a_lone_surrogate_does_no_harm() -> None:
    assert not GATE.is_relevant("\ud800", "\udfff")
