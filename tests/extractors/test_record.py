"""The record survives a round trip, keeps its order and prints plain numbers."""

import json
from dataclasses import fields, replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import record
from extractors.closed_sets import (
    CapacityKind,
    DealStatus,
    DealType,
    Direction,
    LeaseForm,
    PartyKind,
    PartyRole,
    Precision,
    Qualifier,
    Session,
    Where,
)
from extractors.models import Article, Evidence, Extraction, Mention, OtherParty, PartialDate, Reaction, Rename

PROOF = Evidence(where=Where.TEXT, start=4, end=9, text="$9.7B", rule="money.symbol")
MENTION = Mention(
    primary=True,
    provider="IREN",
    customer="Microsoft",
    provider_kind=PartyKind.MINER,
    customer_kind=PartyKind.HYPERSCALER,
    miner_hyperscaler=True,
    deal_type=DealType.CLOUD_CONTRACT,
    status=DealStatus.SIGNED,
    value_usd=Decimal(9_700_000_000),
    value_qualifier=Qualifier.APPROX,
    value_max_usd=Decimal("10500000000.5"),
    value_original=Decimal("9.7E+9"),
    value_currency="USD",
    term_years=5.0,
    term_max_years=7.5,
    announced_on=PartialDate(date="2025-11-03", precision=Precision.DAY),
    delivery_start=PartialDate(date="2026-01-01", precision=Precision.YEAR),
    delivery_end=PartialDate(date="2026-10-01", precision=Precision.QUARTER),
    capacity_mw=200.0,
    capacity_kind=CapacityKind.IT,
    capacity_max_mw=250.0,
    gpu_models=("GB300",),
    gpu_count=76_000,
    site="Childress, Texas",
    annual_value_usd=Decimal(1_940_000_000),
    prepayment_pct=20.0,
    noi_margin_pct=85.0,
    other_parties=(OtherParty(name="Dell", role=PartyRole.SUPPLIER),),
    escalator_pct=3.0,
    lease_form=LeaseForm.TRIPLE_NET,
    capex_usd=Decimal(5_800_000_000),
    energy_source="wind and solar",
    evidence={"value_usd": (PROOF,)},
    confidence=0.875,
)
REACTION = Reaction(
    company="IREN",
    ticker="IREN",
    direction=Direction.UP,
    pct=30.5,
    qualifier=Qualifier.AT_LEAST,
    session=Session.PREMARKET,
    deal_related=True,
    price_from=8.1,
    price_to=9.4,
    evidence=(PROOF,),
)
EXTRACTION = Extraction(
    id="a1",
    url="https://example.test/a1",
    is_deal_article=True,
    deals=(MENTION,),
    reactions=(REACTION,),
    bull=("long contract",),
    bear=("one customer",),
    notes=("nine-figure contradicts $9.7 billion",),
    renames=(Rename(old="Iris Energy", new="IREN", evidence=(PROOF,)),),
)


def test_an_extraction_survives_json() -> None:
    line = json.dumps(record.extraction_to_json(EXTRACTION))
    assert record.extraction_from_json(json.loads(line)) == EXTRACTION


def test_every_field_of_a_mention_is_in_the_record() -> None:
    assert set(record.mention_to_json(MENTION)) == {field.name for field in fields(Mention)}


def test_every_field_of_a_reaction_is_in_the_record() -> None:
    assert set(record.reaction_to_json(REACTION)) == {field.name for field in fields(Reaction)}


def test_the_record_keeps_the_documented_order() -> None:
    assert list(record.extraction_to_json(EXTRACTION)) == [
        "id",
        "url",
        "is_deal_article",
        "deals",
        "reactions",
        "points",
        "notes",
        "progress",
        "renames",
    ]
    assert list(record.mention_to_json(MENTION))[:5] == [
        "primary",
        "provider",
        "provider_kind",
        "customer",
        "customer_kind",
    ]


def test_whole_money_is_printed_without_exponent_or_fraction() -> None:
    printed = json.dumps(record.mention_to_json(MENTION))
    assert '"value_original": 9700000000,' in printed
    assert '"value_max_usd": 10500000000.5,' in printed


def test_confidence_has_three_decimals() -> None:
    assert record.mention_to_json(replace(MENTION, confidence=0.123456))["confidence"] == 0.123


def test_the_text_read_is_added_on_request() -> None:
    article = Article(text="Body.", title="Head")
    assert record.extraction_to_json(EXTRACTION, article=article)["text"] == "Body."
    assert "text" not in record.extraction_to_json(EXTRACTION)


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        pytest.param("2025-11-03", datetime(2025, 11, 3, tzinfo=UTC), id="a day is midnight UTC"),
        pytest.param("2025-11-03T14:00:00+02:00", datetime(2025, 11, 3, 12, tzinfo=UTC), id="an offset is converted"),
        pytest.param("2025-11-03T14:00:00Z", datetime(2025, 11, 3, 14, tzinfo=UTC), id="zulu"),
        pytest.param("yesterday", None, id="unreadable counts as not stated"),
        pytest.param(None, None, id="absent"),
    ],
)
def test_published_becomes_utc(published: str | None, expected: datetime | None) -> None:
    assert record.article_from_json({"text": "x", "published": published}).published == expected


def test_only_the_text_of_an_article_is_required() -> None:
    assert record.article_from_json({"text": "Body."}) == Article(text="Body.")


def test_an_article_survives_json() -> None:
    article = Article(
        text="T", id="7", title="H", published=datetime(2026, 1, 2, 3, tzinfo=UTC), url="https://example.test"
    )
    assert record.article_from_json(record.article_to_json(article)) == article


@given(st.decimals(min_value=0, max_value=10**13, places=2))
def test_money_survives_json(amount: Decimal) -> None:
    deal = record.mention_to_json(replace(MENTION, value_usd=amount))
    assert record.mention_from_json(json.loads(json.dumps(deal))).value_usd == amount
