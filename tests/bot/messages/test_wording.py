"""Numbers, money, megawatts, terms and dates in words."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.messages.wording import (
    NumberFormat,
    Style,
    listed,
    moment,
    money,
    move,
    number,
    period,
    power,
    qualified,
    short_money,
    term,
)
from extractors.closed_sets import CapacityKind, Direction, Precision, Qualifier, Session
from extractors.models import PartialDate, Reaction


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        pytest.param("9700000000", "USD", "$9.7 billion", id="billions"),
        pytest.param("3250000000", "USD", "$3.25 billion", id="two-decimals"),
        pytest.param("1100000000000", "USD", "$1.1 trillion", id="trillions"),
        pytest.param("450000000", "CAD", "C$450 million", id="canadian"),
        pytest.param("725000", "USD", "$725,000", id="thousands"),
        pytest.param("2000000000", "NOK", "NOK 2 billion", id="no-symbol"),
        pytest.param("-5000000", "EUR", "−€5 million", id="negative"),
    ],
)
def test_money(amount, currency, words):
    assert money(Decimal(amount), currency=currency) == words


def test_short_money():
    assert short_money(Decimal("9.7e9")) == "$9.7B"


@pytest.mark.parametrize(
    ("numbers", "text"),
    [(NumberFormat.EN, "1,234.5"), (NumberFormat.EU, "1.234,5"), (NumberFormat.SPACE, "1\u202f234.5")],
)
def test_number_formats(numbers, text):
    assert number(1234.5, decimals=2, style=Style(numbers=numbers)) == text


@pytest.mark.parametrize(
    ("years", "words"),
    [
        (1.0, "1 year"),
        (5.0, "5 years"),
        (1.5, "18 months"),
        (12.5, "12.5 years"),
        (0.25, "3 months"),
        (0.05, "18 days"),
    ],
)
def test_term(years, words):
    assert term(years) == words


def test_power_says_its_basis():
    assert power(200, kind=CapacityKind.IT) == "200 MW critical IT"
    assert power(1250, kind=CapacityKind.GROSS) == "1.25 GW gross"
    assert power(62.5, kind=CapacityKind.UNSPECIFIED) == "62.5 MW"


@pytest.mark.parametrize(
    ("precision", "words"),
    [
        (Precision.DAY, "1 Jul 2026"),
        (Precision.MONTH, "Jul 2026"),
        (Precision.QUARTER, "Q3 2026"),
        (Precision.HALF, "H2 2026"),
        (Precision.YEAR, "2026"),
    ],
)
def test_period_is_no_more_precise_than_known(precision, words):
    assert period(PartialDate(date="2026-07-01", precision=precision)) == words


def test_moment_is_told_in_the_readers_zone():
    late = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)
    assert moment(late, style=Style(timezone="Europe/Berlin"), clock=True) == "5 Mar 2026, 00:30 CET"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param({"pct": 30.0, "qualifier": Qualifier.AT_LEAST}, "▲ at least 30%", id="qualified"),
        pytest.param({"pct": 7.4, "session": Session.CLOSE}, "▲ 7.4% at the close", id="session"),
        pytest.param({"price_from": 8.1, "price_to": 9.4}, "▲ $8.1 → $9.4", id="prices"),
        pytest.param({}, "▲ up", id="words-only"),
    ],
)
def test_move(facts, words):
    assert move(Reaction(company="Northgate", direction=Direction.UP, **facts)) == words


def test_small_words():
    assert qualified("$1", Qualifier.UP_TO) == "up to $1"
    assert listed(["a", "b", "c"]) == "a, b and c"
