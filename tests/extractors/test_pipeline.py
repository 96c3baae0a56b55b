"""The whole reading of invented articles, from text to record."""

import pytest

from bot.judgement_file import load_judgement
from extractors.closed_sets import DealStatus, DealType, Direction, PartyKind
from extractors.models import Article, Company, Ticker
from extractors.pipeline import Extractor

COMPANIES = (
    Company(key="orrin", name="Orrin Mining", kind=PartyKind.MINER, aliases=("Orrin",), tickers=(Ticker(symbol="ORRN", exchange="NASDAQ"),)),
    Company(key="cloudmere", name="Cloudmere", kind=PartyKind.NEOCLOUD),
    Company(key="bigsoft", name="Bigsoft", kind=PartyKind.HYPERSCALER),
)  # fmt: skip


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(companies=COMPANIES, gpus=(), judgement=load_judgement())


def test_a_plain_lease_is_read(extractor: Extractor) -> None:
    article = Article(
        title="Orrin Mining signs $2.1 billion, 10-year lease with Cloudmere",
        text="Orrin Mining (NASDAQ: ORRN) has signed a 10-year lease worth $2.1 billion with Cloudmere. "
        "The lease covers 120 MW of critical IT load. Orrin shares rose 12% in premarket trading.",
    )
    extraction = extractor.extract(article)
    (deal,) = extraction.deals
    assert (deal.provider, deal.customer, deal.deal_type) == ("Orrin Mining", "Cloudmere", DealType.HOSTING_LEASE)
    assert (deal.value_usd, deal.term_years, deal.capacity_mw) == (2_100_000_000, 10, 120)
    assert (deal.primary, deal.miner_hyperscaler, deal.status) == (True, True, DealStatus.SIGNED)
    (move,) = extraction.reactions
    assert (move.company, move.direction, move.pct) == ("Orrin Mining", Direction.UP, 12)


def test_evidence_points_into_the_original(extractor: Extractor) -> None:
    article = Article(title="", text="Orrin\u00a0Mining leases 80\u202fMW to Cloudmere under a 12\u2011year contract.")
    (deal,) = extractor.extract(article).deals
    for proofs in deal.evidence.values():
        for proof in proofs:
            assert article.text[proof.start : proof.end] == proof.text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("\u202e\x00\x1b[0m " * 40, id="control"),
        pytest.param("İ" * 200 + " Orrin Mining lease Cloudmere", id="letters-that-grow"),
        pytest.param("Orrin Mining " * 3000, id="one-long-line"),
        pytest.param("<td>$5</td>" * 500, id="html"),
    ],
)
def test_any_text_returns(extractor: Extractor, text: str) -> None:
    assert extractor.extract(Article(title=text[:80], text=text)) is not None


def test_equal_texts_read_equally(extractor: Extractor) -> None:
    article = Article(
        title="Orrin and Cloudmere", text="Cloudmere leases 40 MW from Orrin Mining for $90 million a year."
    )
    assert repr(extractor.extract(article)) == repr(extractor.extract(article))
