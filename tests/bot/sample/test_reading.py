"""What the extractor should read from the sample world: eight alert mentions with their terms, and no other alert."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.catalog import load_companies, load_gpu_models
from bot.collector.readable import read_page
from bot.judgement_file import load_judgement
from bot.sample.documents import page
from bot.sample.world import load_outlets
from extractors.models import Article, Extraction
from extractors.pipeline import Extractor

NOW = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)
OUTLETS = load_outlets(NOW)
IREN = {
    "provider": "IREN",
    "customer": "Microsoft",
    "deal_type": "cloud_contract",
    "status": "signed",
    "value_usd": 9_700_000_000,
    "term_years": 5,
    "capacity_mw": 200,
    "capacity_kind": "it",
    "prepayment_pct": 20,
    "gpu_models": ("GB300",),
}
COPPERLINE = {
    "provider": "Copperline Digital",
    "customer": None,
    "customer_kind": "hyperscaler",
    "deal_type": "hosting_lease",
    "status": "signed",
    "value_usd": 2_400_000_000,
    "term_years": 15,
}
EXPECTED: dict[str, dict[str, Any]] = {
    "iren-microsoft-cloud-contract": IREN,
    "microsoft-takes-childress-capacity": IREN,
    "copperline-prairie-fork-lease": COPPERLINE
    | {"value_max_usd": 5_100_000_000, "capacity_mw": 120, "capacity_kind": "it", "escalator_pct": 3},
    "copperline-hyperscaler-lease": COPPERLINE | {"capacity_mw": 150},
    "marlowe-ridge-expansion": {
        "announced_on": None,
        "capex_usd": None,
        "provider": "Marlowe Ridge Mining",
        "customer": "Larkspur AI",
        "value_usd": 820_000_000,
        "term_years": 12,
        "capacity_mw": 45,
    },
    "sablepeak-in-talks": {
        "provider": "Sablepeak",
        "customer": "Quillon AI",
        "status": "in_talks",
        "value_usd": 5_000_000_000,
        "capacity_mw": 300,
        "term_years": 12,
    },
    "holdfast-rejects-vantor": {
        "provider": "Holdfast Mining",
        "customer": "Vantor Cloud",
        "deal_type": "acquisition",
        "status": "rejected",
        "value_usd": 1_900_000_000,
    },
    "tidewater-gpu-cloud": {
        "provider": "Tidewater Digital",
        "customer": "Quillon AI",
        "deal_type": "cloud_contract",
        "value_usd": 318_000_000,
        "term_years": 3,
        "gpu_count": 4096,
        "gpu_models": ("B300",),
        "prepayment_pct": 15,
    },
}


#: Facts the extractor still gets wrong here, each with what it says instead.
@pytest.fixture(scope="module")
def readings() -> dict[str, Extraction]:
    extractor = Extractor(companies=load_companies(), gpus=load_gpu_models(), judgement=load_judgement())
    found = {}
    for outlet in OUTLETS:
        for article in outlet.articles:
            read = read_page(page(outlet, article), url=f"http://127.0.0.1/{outlet.key}/{article.slug}")
            assert read is not None
            given = Article(id=article.slug, title=article.title, text=read.text, published=article.published)
            found[article.slug] = extractor.extract(given)
    return found


def cases() -> list[Any]:
    return [
        pytest.param(
            slug,
            name,
            value,
            id=f"{slug}-{name}",
        )
        for slug, facts in EXPECTED.items()
        for name, value in facts.items()
    ]


@pytest.mark.parametrize(("slug", "field", "value"), cases())
def test_fact_is_read(readings: dict[str, Extraction], slug: str, field: str, value: object) -> None:
    alerting = [deal for deal in readings[slug].deals if deal.alerts]
    assert alerting, "no alert mention"
    assert getattr(alerting[0], field) == value


@pytest.mark.parametrize("slug", [a.slug for outlet in OUTLETS for a in outlet.articles if a.slug not in EXPECTED])
def test_other_news_never_alerts(readings: dict[str, Extraction], slug: str) -> None:
    assert [(deal.provider, deal.customer) for deal in readings[slug].deals if deal.alerts] == []
