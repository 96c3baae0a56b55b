"""Invented companies and one extractor for the tests of the reading components."""

from collections.abc import Callable

import pytest

from bot.judgement_file import load_judgement
from extractors.closed_sets import PartyKind
from extractors.models import Article, Company, Extraction, GpuModel, Ticker
from extractors.pipeline import Extractor

_NAMES = (
    ("orrin", "Orrin Mining", PartyKind.MINER, "ORRN"),
    ("halverd", "Halverd Digital", PartyKind.MINER, "HLVD"),
    ("cloudmere", "Cloudmere", PartyKind.NEOCLOUD, "CLDM"),
    ("bigsoft", "Bigsoft", PartyKind.HYPERSCALER, "BGSF"),
    ("searchly", "Searchly", PartyKind.HYPERSCALER, "SRCH"),
    ("thinklab", "Thinklab", PartyKind.AI_LAB, None),
    ("chipco", "Chipco", PartyKind.CHIP_VENDOR, "CHPC"),
    ("boxmaker", "Boxmaker", PartyKind.OTHER, "BOXM"),
    ("northbank", "Northbank Capital", PartyKind.OTHER, None),
)
Read = Callable[..., Extraction]


@pytest.fixture(scope="session")
def invented() -> Extractor:
    companies = tuple(
        Company(key=key, name=name, kind=kind, tickers=(Ticker(symbol=symbol, exchange="NASDAQ"),) if symbol else ())
        for key, name, kind, symbol in _NAMES
    )
    return Extractor(
        companies=companies,
        gpus=(GpuModel(key="b200", vendor="Chipco", aliases=("B200",)),),
        judgement=load_judgement(),
    )


@pytest.fixture(scope="session")
def read(invented: Extractor) -> Read:
    """Extract one invented article: `read(text, title=...)`."""

    def extract(text: str, title: str = "") -> Extraction:
        return invented.extract(Article(title=title, text=text))

    return extract
