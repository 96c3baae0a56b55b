"""The article the product was thought of for, read from the optional reference folder beside the checkout."""

from pathlib import Path

import pytest

from bot.catalog import load_companies, load_gpu_models
from bot.judgement_file import load_judgement
from extractors.closed_sets import DealStatus, DealType, Direction, PartyKind, Precision, Qualifier
from extractors.models import Article, Extraction
from extractors.pipeline import Extractor

FOUNDING = Path(__file__).parents[2].parent / "shared" / "reference" / "founding-article.txt"


@pytest.fixture(scope="module")
def extraction() -> Extraction:
    if not FOUNDING.exists():
        pytest.skip("the reference folder is not beside the checkout")
    title, _, text = FOUNDING.read_text(encoding="utf-8").partition("\n")
    extractor = Extractor(companies=load_companies(), gpus=load_gpu_models(), judgement=load_judgement())
    return extractor.extract(Article(title=title, text=text))


def test_one_primary_deal_with_both_parties(extraction: Extraction) -> None:
    (deal,) = [deal for deal in extraction.deals if deal.primary]
    assert (deal.provider, deal.customer) == ("IREN", "Microsoft")
    assert (deal.provider_kind, deal.customer_kind) == (PartyKind.MINER, PartyKind.HYPERSCALER)
    assert (deal.deal_type, deal.status) == (DealType.CLOUD_CONTRACT, DealStatus.SIGNED)


def test_what_is_stated_and_what_is_not(extraction: Extraction) -> None:
    deal = extraction.deals[0]
    assert (deal.value_usd, deal.value_qualifier) == (9_700_000_000, Qualifier.EXACT)
    assert deal.announced_on is not None
    assert (deal.announced_on.date, deal.announced_on.precision) == ("2025-11-03", Precision.DAY)
    assert (deal.term_years, deal.capacity_mw, deal.gpu_count) == (None, None, None)


def test_the_market_and_the_points(extraction: Extraction) -> None:
    (move,) = extraction.reactions
    assert (move.company, move.direction, move.pct, move.qualifier) == ("IREN", Direction.UP, 30, Qualifier.AT_LEAST)
    assert move.deal_related
    assert (len(extraction.bull), len(extraction.bear)) == (4, 4)
    assert any("nine-figure" in note for note in extraction.notes)
