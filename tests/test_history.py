"""The list of known deals: every row keeps the conventions at the top of `config/history.toml`."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from extractors.models import (
    CapacityKind,
    DealStatus,
    DealType,
    Direction,
    PartyKind,
    PartyRole,
    Qualifier,
    Session,
)

ROOT = Path(__file__).parent.parent
CONFIG = ROOT / "config"
DEALS: list[dict[str, Any]] = tomllib.loads((CONFIG / "history.toml").read_text(encoding="utf-8"))["deal"]
COMPANIES: dict[str, dict[str, Any]] = tomllib.loads((CONFIG / "companies.toml").read_text(encoding="utf-8"))
BY_ID = {deal["id"]: deal for deal in DEALS}
KINDS = {company["name"]: company["kind"] for company in COMPANIES.values() if isinstance(company, dict)}
NAMES = KINDS.keys() | {
    name for company in COMPANIES.values() for name in (*company.get("aliases", ()), *company.get("brands", ()))
}

REQUIRED = {"id", "provider", "provider_kind", "customer_kind", "deal_type", "announced_on", "events", "sources"}
NUMBERS = {
    "value_usd": (1e5, 2e11),
    "value_max_usd": (1e5, 2e11),
    "term_years": (0.1, 40),
    "term_max_years": (0.1, 60),
    "capacity_mw": (0.1, 5000),
    "gpu_count": (1, 1e6),
}
OPTIONAL = {
    *NUMBERS,
    *("customer", "value_qualifier", "capacity_kind", "site", "gpu_models", "delivery_start", "delivery_end"),
    *("other_parties", "reactions", "expands", "doubt", "checked"),
}
CLOSED: dict[str, type[StrEnum]] = {
    "provider_kind": PartyKind,
    "customer_kind": PartyKind,
    "deal_type": DealType,
    "value_qualifier": Qualifier,
    "capacity_kind": CapacityKind,
}
#: What a source supports when it supports the whole of these keys.
PARTIES = {"provider", "customer", "provider_kind", "customer_kind"}
DATE = re.compile(r"202[3-6](-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
DELIVERY = re.compile(r"20[2-3]\d(-(Q[1-4]|H[12]|(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?))?")
BILLION = 1_000_000_000

each_deal = pytest.mark.parametrize("deal", DEALS, ids=[deal["id"] for deal in DEALS])


def supporters(deal: dict[str, Any], field: str) -> set[str]:
    """The publishers whose page states a field of a row."""
    return {source["publisher"] for source in deal["sources"] if field in source["supports"]}


def stated(deal: dict[str, Any]) -> Iterator[str]:
    """The fields of a row that need a page which states them."""
    described = {"id", "sources", "doubt", "checked", "value_qualifier", "capacity_kind", *PARTIES}
    return (key for key in deal if key not in described)


def test_the_list_is_long_and_its_ids_are_unique() -> None:
    assert len(DEALS) >= 75
    assert len(BY_ID) == len(DEALS)


def test_a_second_reader_has_read_every_row() -> None:
    unread = [deal["id"] for deal in DEALS if "checked" not in deal]
    assert unread == [], f"{1 - len(unread) / len(DEALS):.0%} read again; not yet: {', '.join(unread)}"
    assert all(date.fromisoformat(deal["checked"]) >= date(2026, 11, 29) for deal in DEALS)


def test_no_extractor_reads_the_list() -> None:
    for module in (ROOT / "extractors").rglob("*.py"):
        assert "history.toml" not in module.read_text(encoding="utf-8")


@each_deal
def test_keys(deal: dict[str, Any]) -> None:
    assert set(deal) >= REQUIRED
    assert set(deal) <= REQUIRED | OPTIONAL
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", deal["id"])


@each_deal
def test_closed_sets(deal: dict[str, Any]) -> None:
    for key, values in CLOSED.items():
        assert deal.get(key) in {None, *values}
    assert all(party["role"] in set(PartyRole) for party in deal.get("other_parties", ()))
    assert all(set(party) == {"name", "role"} for party in deal.get("other_parties", ()))


@each_deal
def test_numbers(deal: dict[str, Any]) -> None:
    for key, (low, high) in NUMBERS.items():
        assert key not in deal or low <= deal[key] <= high
    assert ("value_usd" in deal) == ("value_qualifier" in deal)
    assert ("capacity_mw" in deal) == ("capacity_kind" in deal)
    assert deal.get("value_max_usd", float("inf")) > deal.get("value_usd", 0)
    assert deal.get("term_max_years", float("inf")) > deal.get("term_years", 0)


@each_deal
def test_dates(deal: dict[str, Any]) -> None:
    assert DATE.fullmatch(deal["announced_on"])
    assert "2024" <= deal["announced_on"] < "2026-12"
    for key in ("delivery_start", "delivery_end"):
        assert key not in deal or DELIVERY.fullmatch(deal[key])
    assert all(DATE.fullmatch(source["published"]) for source in deal["sources"] if "published" in source)


@each_deal
def test_events(deal: dict[str, Any]) -> None:
    days = [event["on"] for event in deal["events"]]
    assert days
    assert all(DATE.fullmatch(day) for day in days)
    assert days == sorted(days)
    assert all(set(event) == {"status", "on"} and event["status"] in set(DealStatus) for event in deal["events"])


@each_deal
def test_reactions(deal: dict[str, Any]) -> None:
    for reaction in deal.get("reactions", ()):
        assert set(reaction) == {"company", "direction", "pct", "qualifier", "session"}
        assert reaction["direction"] in set(Direction)
        assert reaction["qualifier"] in set(Qualifier)
        assert reaction["session"] in set(Session)
        assert 0 < reaction["pct"] < 500


@each_deal
def test_sources(deal: dict[str, Any]) -> None:
    assert deal["sources"]
    known = {"parties", *PARTIES, *REQUIRED, *OPTIONAL}
    for source in deal["sources"]:
        assert {"url", "publisher", "supports"} <= set(source) <= {"url", "publisher", "supports", "published"}
        assert urlsplit(source["url"]).scheme in {"http", "https"}
        assert source["supports"]
        assert set(source["supports"]) <= known
        assert set(source["supports"]) - {"parties"} <= set(deal)


@each_deal
def test_every_field_has_a_source(deal: dict[str, Any]) -> None:
    assert supporters(deal, "parties") | supporters(deal, "provider")
    assert [field for field in stated(deal) if not supporters(deal, field)] == []


@each_deal
def test_a_value_above_a_billion_has_two_publishers(deal: dict[str, Any]) -> None:
    for key in ("value_usd", "value_max_usd"):
        assert deal.get(key, 0) <= BILLION or len(supporters(deal, key)) >= 2


@each_deal
def test_expands_an_earlier_row_of_the_same_pair(deal: dict[str, Any]) -> None:
    if "expands" in deal:
        earlier = BY_ID[deal["expands"]]
        assert earlier["id"] != deal["id"]
        assert earlier["provider"] == deal["provider"]
        assert earlier.get("customer") == deal.get("customer")


@each_deal
def test_named_companies_are_companies_we_know(deal: dict[str, Any]) -> None:
    assert KINDS[deal["provider"]] == deal["provider_kind"]
    if "customer" in deal:
        assert KINDS[deal["customer"]] == deal["customer_kind"]
    others = {named["name"] for named in deal.get("other_parties", ())}
    assert others | {told["company"] for told in deal.get("reactions", ())} <= NAMES


def test_a_page_has_one_publisher_and_one_date() -> None:
    said: dict[str, set[tuple[str, str | None]]] = {}
    for deal in DEALS:
        for source in deal["sources"]:
            said.setdefault(source["url"], set()).add((source["publisher"], source.get("published")))
    assert {url: told for url, told in said.items() if len(told) > 1} == {}
