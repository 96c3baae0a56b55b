"""Questions in plain words are read right and answered only from what records hold."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.ask.answers import answer
from bot.ask.estimates import estimate_answer
from bot.ask.names import CompanyIndex
from bot.ask.question import Topic, understand
from db.records import DealRecord
from extractors.closed_sets import CapacityKind, DealStatus, DealType, PartyKind
from extractors.models import Company, Ticker

NOW = datetime(2026, 3, 10, tzinfo=UTC)
COMPANIES = CompanyIndex(
    [
        Company(key="northgate", name="Northgate Digital", kind=PartyKind.MINER, aliases=("Northgate",)),
        Company(key="redwood", name="Redwood AI", kind=PartyKind.AI_LAB, tickers=(Ticker(symbol="RWA", exchange="X"),)),
        Company(key="ebb", name="Ebb Compute", kind=PartyKind.NEOCLOUD, aliases=("Ebb",)),
    ]
)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        pytest.param("How much is the Northgate deal with Redwood AI worth?", Topic.VALUE, id="value"),
        pytest.param("how many MW does redwood ai get", Topic.CAPACITY, id="capacity"),
        pytest.param("how long is the northgate lease", Topic.TERM, id="term"),
        pytest.param("What did Northgate shares do?", Topic.REACTION, id="reaction"),
        pytest.param("largest leases by MW this year", Topic.RANKING, id="ranking"),
        pytest.param("How many deals were signed in 2026?", Topic.COUNT, id="count"),
        pytest.param("Who are Northgate's tenants?", Topic.CUSTOMERS, id="customers"),
        pytest.param("total MW contracted by Northgate", Topic.TOTAL_CAPACITY, id="total MW"),
        pytest.param("which sentence proves the Northgate deal", Topic.EVIDENCE, id="evidence"),
        pytest.param("what is 200 MW of GB300 worth", Topic.ESTIMATE, id="estimate"),
        pytest.param("should I buy RWA?", Topic.REFUSED, id="advice"),
        pytest.param("which miner has the most megawatts?", Topic.RANKING, id="most"),
        pytest.param("when does the Northgate lease start?", Topic.DELIVERY, id="delivery"),
        pytest.param("how much did Northgate get prepaid?", Topic.PREPAYMENT, id="prepayment"),
        pytest.param("Northgate?", Topic.LIST, id="only a name"),
        pytest.param("tell me a joke", Topic.UNKNOWN, id="nonsense"),
    ],
)
def test_topic(text: str, topic: Topic) -> None:
    assert understand(text, COMPANIES, now=NOW).topic is topic


def test_companies_in_any_case_with_possessive_and_ticker() -> None:
    assert COMPANIES.find("did NORTHGATE's deal with $rwa close") == ("Northgate Digital", "Redwood AI")


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        pytest.param("deals in 2025", date(2025, 1, 1), date(2026, 1, 1), id="in a year"),
        pytest.param("deals since 2025", date(2025, 1, 1), None, id="since"),
        pytest.param("deals this year", date(2026, 1, 1), None, id="this year"),
        pytest.param("deals of the last 30 days", date(2026, 2, 8), None, id="last days"),
        pytest.param("deals before 2024", None, date(2024, 1, 1), id="before"),
        pytest.param("deals in January", date(2026, 1, 1), date(2026, 2, 1), id="in a month"),
        pytest.param("deals in December", date(2025, 12, 1), date(2026, 1, 1), id="last December"),
        pytest.param("deals since May 2025", date(2025, 5, 1), None, id="since a month"),
        pytest.param("deals of yesterday", date(2026, 3, 9), date(2026, 3, 10), id="yesterday"),
        pytest.param("deals", None, None, id="none"),
    ],
)
def test_period(text: str, since: date | None, until: date | None) -> None:
    question = understand(text, COMPANIES, now=NOW)
    assert (question.since, question.until) == (since, until)


def test_a_lower_case_ticker_that_is_a_word_is_no_name() -> None:
    words = Company(key="w", name="Wordy", kind=PartyKind.MINER, tickers=(Ticker(symbol="ANY", exchange="X"),))
    index = CompanyIndex([words])
    assert [index.find(text) for text in ("any rumours?", "ANY rumours?", "$any rumours?")] == [
        (),
        ("Wordy",),
        ("Wordy",),
    ]


def test_names_that_only_the_stored_deals_know_are_found() -> None:
    index = COMPANIES.with_parties(["Copperline Digital", "Marlowe Ridge Mining", "Redwood AI"])
    assert index.find("did copperline's rival Marlowe Ridge or Redwood AI sign?") == (
        "Copperline Digital",
        "Marlowe Ridge Mining",
        "Redwood AI",
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("What deals does Acme Corp have?", ("Acme Corp",), id="two words"),
        pytest.param("what deals does zorbulon have", ("zorbulon",), id="lower case"),
        pytest.param("zorbulon's tenants", ("zorbulon",), id="possessive"),
        pytest.param("Zorbulon deals", ("Zorbulon",), id="first word"),
        pytest.param("deals in Texas", ("Texas",), id="place"),
        pytest.param("Northgate's deals with Ebb since January 2026", (), id="known"),
        pytest.param("Largest leases by MW this year", (), id="ranking"),
        pytest.param("Which AI cloud contracts use GB300 GPUs?", (), id="model"),
        pytest.param("How did the shares react in May?", (), id="month"),
        pytest.param("what does the Northgate lease cost", (), id="article"),
        pytest.param("Did $RWA sign?", (), id="ticker"),
    ],
)
def test_names_nobody_knows(text: str, names: tuple[str, ...]) -> None:
    assert understand(text, COMPANIES, now=NOW).strangers == names


def test_a_name_nobody_knows_is_no_question_about_all(make_deal: Callable[..., DealRecord]) -> None:
    assert ask("What deals does Acme Corp have?", make_deal()).startswith(
        "I have no stored deal of “Acme Corp”: no company and no site"
    )


def test_a_site_chooses_the_deals(make_deal: Callable[..., DealRecord]) -> None:
    other = make_deal(8, slug="other", site="Cold Creek, Ohio")
    said = answer(understand("deals in Texas", COMPANIES, now=NOW), [other, make_deal(site="Prairie Fork, Texas")])
    assert [deal.slug for deal in said.deals] == ["northgate-redwood-2026-03"]
    assert said.understood == "list of deals at Texas"


def test_ranking_leaves_out_what_is_not_signed_and_can_ascend(make_deal: Callable[..., DealRecord]) -> None:
    rumour = make_deal(8, slug="rumour", capacity_mw=900.0, status=DealStatus.RUMORED)
    large = make_deal(9, slug="large", capacity_mw=400.0)
    said = answer(understand("smallest deals by MW", COMPANIES, now=NOW), [rumour, large, make_deal()])
    assert [deal.slug for deal in said.deals] == ["northgate-redwood-2026-03", "large"]
    assert "1 unsigned or ended left out" in said.text


def test_a_named_gpu_chooses_the_deals(make_deal: Callable[..., DealRecord]) -> None:
    other = make_deal(8, slug="other", gpu_models=("H100",))
    said = answer(understand("which deals use gb300?", COMPANIES, now=NOW), [other, make_deal(gpu_models=("GB300",))])
    assert [deal.slug for deal in said.deals] == ["northgate-redwood-2026-03"]


def ask(text: str, *deals: DealRecord) -> str:
    return answer(understand(text, COMPANIES, now=NOW), deals).text


def test_value_is_said_with_qualifier_options_and_proof(make_deal: Callable[..., DealRecord]) -> None:
    said = answer(understand("How much is the Northgate deal worth?", COMPANIES, now=NOW), [make_deal()])
    assert "about $4.2 billion, up to $7.5 billion with all options" in said.text
    assert "a contract it puts at about $4.2 billion" in said.citations[0].sentence


def test_an_unstated_fact_is_said_to_be_unstated(make_deal: Callable[..., DealRecord]) -> None:
    deal = make_deal(value_usd=None, value_qualifier=None, value_max_usd=None)
    assert "no source states its value" in ask("How much is the Northgate deal worth?", deal)


def test_two_names_mean_the_deal_between_them(make_deal: Callable[..., DealRecord]) -> None:
    other = make_deal(8, slug="other", customer="Ebb Compute", value_usd=Decimal(1_000_000_000))
    assert "Redwood AI" in ask("How much is the Northgate deal with Redwood AI worth?", other, make_deal())


def test_totals_keep_the_bases_apart_and_leave_out_rumours(make_deal: Callable[..., DealRecord]) -> None:
    gross = make_deal(8, slug="b", capacity_mw=100.0, capacity_kind=CapacityKind.GROSS)
    rumour = make_deal(9, slug="c", capacity_mw=900.0, status=DealStatus.RUMORED)
    assert ask("total MW contracted by Northgate", make_deal(), gross, rumour) == (
        "100 MW gross + 200 MW critical IT in 2 signed deals."
    )


def test_ranking_is_by_the_named_figure(make_deal: Callable[..., DealRecord]) -> None:
    lease = make_deal(8, slug="b", capacity_mw=300.0, deal_type=DealType.HOSTING_LEASE, customer="Ebb Compute")
    said = answer(understand("biggest deals by MW", COMPANIES, now=NOW), [make_deal(), lease])
    assert [deal.slug for deal in said.deals] == ["b", "northgate-redwood-2026-03"]


def test_share_moves_come_from_the_record(make_deal: Callable[..., DealRecord]) -> None:
    assert "▲ at least 30% during the session" in ask("What did Northgate shares do?", make_deal())


def test_no_fitting_deal_is_said(make_deal: Callable[..., DealRecord]) -> None:
    assert ask("Ebb deals in 2020", make_deal()).startswith("I have no stored deal that fits")


def test_every_topic_has_an_answer(make_deal: Callable[..., DealRecord]) -> None:
    for text in (
        "who hosts Redwood AI?",
        "where is it?",
        "when was it signed?",
        "is it final?",
        "how many GPUs?",
        "deals",
    ):
        assert ask(text, make_deal())


def test_an_estimate_says_what_was_given_as_people_write_it() -> None:
    said = estimate_answer("what is 200 MW of GB300 for 5 years at $9.7bn worth?")
    assert said.understood == "GPU GB300, critical IT load 200 MW, contract value $9.70bn, base term 5 years"
