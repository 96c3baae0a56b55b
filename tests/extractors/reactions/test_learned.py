"""Share moves weighed by the bundled weights: lists, groups, look-alikes and owners that a rule would have to name."""

from functools import cache

import pytest

from bot.catalog import load_companies, load_gpu_models
from bot.judgement_file import load_judgement
from extractors.models import Article
from extractors.pipeline import Extractor


@cache
def _extractor() -> Extractor:
    return Extractor(
        companies=load_companies(),
        gpus=load_gpu_models(),
        judgement=load_judgement(),
    )


def _moves(text: str) -> list[tuple[str, str, float | None]]:
    found = _extractor().extract(Article(id="t", title="", text=text))
    return [(one.company, one.direction.value, one.pct) for one in found.reactions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("By the final bell CleanSpark was 3.4% dearer.", [("CleanSpark", "up", 3.4)], id="adjective"),
        pytest.param("CIFR +11%, IREN -2%", [("Cipher", "up", 11), ("IREN", "down", 2)], id="ticker-list"),
        pytest.param("IREN, Cipher Mining and TeraWulf each put on more than 6%.", [("IREN", "up", 6), ("Cipher", "up", 6), ("TeraWulf", "up", 6)], id="each"),
        pytest.param("IREN, Cipher Mining and TeraWulf fell 2%, 3% and 5%, respectively.", [("IREN", "down", 2), ("Cipher", "down", 3), ("TeraWulf", "down", 5)], id="respectively-three"),
        pytest.param("HIVE and Hut 8 closed 4 and 6% lower, respectively.", [("HIVE", "down", 4), ("Hut 8", "down", 6)], id="one-sign-for-all"),
        pytest.param("Riot tumbled 8% while bitcoin lost 3%.", [("Riot", "down", 8)], id="coin-beside"),
    ],
)  # fmt: skip
def test_moves_are_weighed(text: str, expected: list[tuple[str, str, float | None]]) -> None:
    assert _moves(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The offer is 22% above the average price of Core Scientific over three months.", id="bid"),
        pytest.param("Cipher Mining trades 9% below its 52-week high.", id="distance"),
        pytest.param("Revenue at HIVE climbed 31% and its hashrate 12%.", id="operations"),
        pytest.param("The mining ETF jumped 6%.", id="fund"),
    ],
)
def test_look_alikes_are_no_moves(text: str) -> None:
    assert _moves(text) == []
