"""All parties of an article: known, discovered, unnamed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.closed_sets import PartyKind, Where
from extractors.models import Company, PartySpan
from extractors.parties.finder import PartyFinder

TABLE = (
    Company(key="microsoft", name="Microsoft", kind=PartyKind.HYPERSCALER),
    Company(key="spring-lane", name="Spring Lane Capital", kind=PartyKind.OTHER),
)
FINDER = PartyFinder(TABLE)


def named(text: str, title: str = "") -> set[tuple[str | None, str]]:
    return {(one.name, one.kind.value) for one in FINDER.find(title, text) if one.name}


def spans(text: str, title: str = "") -> list[PartySpan]:
    return list(FINDER.find(title, text))


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        pytest.param("The bitcoin miner Tidewater Hash said so.", "Tidewater Hash", "miner", id="descriptor before"),
        pytest.param(
            "Northern Loom, a GPU cloud provider, agreed.", "Northern Loom", "neocloud", id="descriptor after"
        ),
        pytest.param("Lumenor AI, the maker of the Quill chatbot, pays.", "Lumenor AI", "ai_lab", id="maker of"),
        pytest.param("Data center developer Halvard Estates built it.", "Halvard Estates", "developer", id="developer"),
        pytest.param("Chipmaker Ostrava Silicon supplies it.", "Ostrava Silicon", "chip_vendor", id="chipmaker"),
        pytest.param("Brightwell Corp. pays in advance.", "Brightwell", "undisclosed", id="legal suffix"),
        pytest.param(
            "Solvane Ltd. (TSX: SLVN), a digital asset miner, sold.", "Solvane", "miner", id="ticker and after"
        ),
        pytest.param("It signed a lease with Veylan for ten years.", "Veylan", "undisclosed", id="place of a partner"),
        pytest.param("Nordhash mines bitcoin in two towns. Nordhash grew.", "Nordhash", "miner", id="what it does"),
        pytest.param(
            "Bitcoin miner and data center landlord Brightwell Power spoke.",
            "Brightwell Power",
            "miner",
            id="and landlord",
        ),
        pytest.param(
            "Brightwell AB, since 2017 a miner of bitcoin on spare power, spoke.", "Brightwell", "miner", id="since"
        ),
        pytest.param("Veylan Inc., a builder of GPU clouds, pays.", "Veylan", "neocloud", id="builder of clouds"),
        pytest.param(
            "Lithium miner Saltmarsh Metals sold a mine.", "Saltmarsh Metals", "other", id="metals are no coins"
        ),
        pytest.param(
            "Karsten Vale, CEO of Rimfrost Compute, spoke.", "Rimfrost Compute", "neocloud", id="CEO of, hint"
        ),
    ],
)
def test_an_unknown_company_is_discovered(text: str, name: str, kind: str) -> None:
    assert (name, kind) in named(text)


@pytest.mark.parametrize(
    "text",
    [
        "CEO Karsten Vale said it in New York on Tuesday.",
        "Reuters and the Wall Street Journal reported it.",
        "The S&P 500 and the Nasdaq rose in North Dakota.",
        "Bitcoin fell below a level last seen in May.",
        "The campus in Harlan County will grow.",
        "Nobody named anything here.",
        "Contracted capacity grew. The contracted revenue with Contracted Capacity grew, too.",
    ],
)
def test_no_company(text: str) -> None:
    assert named(text) == set()


def test_short_forms_mean_the_full_name_also_in_the_title() -> None:
    text = "Cobalt Ridge Compute plc, once a bitcoin miner, agreed. Cobalt Ridge gets paid."
    assert {one.name for one in spans(text, "Cobalt Ridge to host GPUs")} == {"Cobalt Ridge Compute"}


def test_a_subsidiary_that_shares_the_name_is_its_parent() -> None:
    text = "Solvane Energy Ltd. (TSX: SLVN) said its subsidiary, Solvane Compute LLC, signed. Solvane rose."
    assert {one.name for one in spans(text)} == {"Solvane Energy"}


def test_the_printed_ticker_travels_with_the_name() -> None:
    found = spans("Tidewater Hash Inc. (NASDAQ: TIDE) rose.")
    assert [(one.name, one.ticker.symbol if one.ticker else None) for one in found] == [("Tidewater Hash", "TIDE")]


def test_a_symbol_no_table_knows_is_a_company_by_itself() -> None:
    assert ("BRWL", "undisclosed") in named("$BRWL just landed a tenant, not $BTC.")


def test_a_name_in_brackets_explains_its_symbol() -> None:
    text = "$BRWL (Brightwell Kraft, yes that one) signed. Later $BRWL rose."
    assert {one.name for one in spans(text)} == {"Brightwell Kraft"}


def test_a_name_of_headline_and_sentence_is_a_company() -> None:
    text = "Shares fell after word that Novaquay had served notice."
    assert ("Novaquay", "undisclosed") in named(text, "Stock Tumbles After Novaquay Walks Away")


def test_a_word_of_two_headlines_is_no_company() -> None:
    title = "Microsoft Takes Its Last Option, Adding Roughly 90 MW of Space"
    assert {one.name for one in spans(f"{title}\nCalling for Roughly 90 MW More\nIt grows.", title)} == {"Microsoft"}


def test_a_paper_is_no_company() -> None:
    assert named('They signed a restated agreement (the "C&D Agreement") and a Master Lease.') == set()


def test_an_abbreviation_in_brackets_is_the_same_company() -> None:
    found = spans("Spring Lane Capital (SLC) lends. SLC is patient.")
    assert [(one.text, one.key) for one in found] == [("Spring Lane Capital", "spring-lane"), ("SLC", "spring-lane")]


def test_an_apposition_is_no_second_party() -> None:
    found = spans("Microsoft, a hyperscaler, rents from another bitcoin miner, Nordhash Ltd.")
    assert [one.name for one in found] == ["Microsoft", "Nordhash"]


@pytest.mark.parametrize(
    ("text", "kind", "definite"),
    [
        pytest.param("with an investment-grade hyperscaler", PartyKind.HYPERSCALER, False, id="hyperscaler"),
        pytest.param("The same tenant takes more", PartyKind.UNDISCLOSED, True, id="the same tenant"),
        pytest.param("an existing customer", PartyKind.UNDISCLOSED, False, id="existing customer"),
        pytest.param("a U.S.-based neocloud", PartyKind.NEOCLOUD, False, id="neocloud"),
        pytest.param("an unnamed AI lab", PartyKind.AI_LAB, False, id="AI lab"),
        pytest.param("a Fortune 100 technology company", PartyKind.UNDISCLOSED, False, id="Fortune 100"),
        pytest.param("its anchor tenant", PartyKind.UNDISCLOSED, True, id="its tenant"),
        pytest.param("a $2 trillion tech giant", PartyKind.HYPERSCALER, False, id="tech giant"),
        pytest.param("two hyperscalers", PartyKind.HYPERSCALER, False, id="a counted plural"),
        pytest.param("one of the world's largest hyperscalers", PartyKind.HYPERSCALER, False, id="one of many"),
        pytest.param("an unnamed European GPU cloud", PartyKind.NEOCLOUD, False, id="a cloud by that word"),
        pytest.param(
            "a firm from Ohio that trains language models", PartyKind.AI_LAB, False, id="a clause says the trade"
        ),
        pytest.param("that crypto miner", PartyKind.MINER, True, id="that miner"),
    ],
)
def test_an_unnamed_party_has_the_kind_the_text_gives(text: str, kind: PartyKind, definite: bool) -> None:
    (found,) = spans(text)
    assert (found.name, found.kind, found.definite) == (None, kind, definite)


@pytest.mark.parametrize(
    "text",
    [
        "hyperscalers want power",
        "any hyperscaler",
        "potential tenants",
        "a tenant-ready campus",
        "an AI cloud contract",
        "a firm that runs a bakery",
    ],
)
def test_no_unnamed_party(text: str) -> None:
    assert [one for one in spans(text) if not one.modifier] == []


def test_a_headline_needs_no_article() -> None:
    (found,) = spans("", "Nobody Signs Lease With Investment-Grade Hyperscaler")
    assert (found.where, found.kind) == (Where.TITLE, PartyKind.HYPERSCALER)


@given(st.text())
def test_offsets_are_those_of_the_original(text: str) -> None:
    for one in FINDER.find(text, text + " Microsoft\u2019s tenant"):
        source = text if one.where is Where.TITLE else text + " Microsoft\u2019s tenant"
        assert source[one.start : one.end] == one.text
