"""Measured moves in words: beside bitcoin and peers, apart from what is reported, with what else happened."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.ask.engine import answer_question
from bot.delivery.announce import standing
from bot.messages.deal_card import deal_tab
from bot.messages.markdown import visible
from bot.messages.measured import measured_lines, signed
from db.market_records import Cause, Confounder, MeasuredReaction, Move, Window

DAY = Move(
    window=Window.DAY, from_day=date(2026, 3, 3), to_day=date(2026, 3, 4), price_from=50.0, price_to=56.0, pct=12.0,
    btc_pct=-3.06, peers_pct=1.4, peer_count=9,
)  # fmt: skip
AFTER = replace(
    DAY, window=Window.AFTER, from_day=DAY.to_day, to_day=date(2026, 3, 11), pct=-4.0, btc_pct=None, peers_pct=None
)


def measured(**facts) -> MeasuredReaction:
    found = MeasuredReaction(
        company="Northgate Digital", company_key="northgate-digital", symbol="NASDAQ:NGD",
        announced_at=datetime(2026, 3, 4, 12, tzinfo=UTC), time_known=True, event_day=DAY.to_day, reason="",
        moves=(DAY, AFTER), confounders=(), source="csv", is_complete=True, computed_at=datetime(2026, 4, 1, tzinfo=UTC),
    )  # fmt: skip
    return replace(found, **facts)


def said(make_deal, *found, reactions=()) -> str:
    return visible("\n".join(measured_lines(make_deal(measured=found, reactions=reactions))))


def test_the_day_stands_beside_bitcoin_and_peers(make_deal):
    text = said(make_deal, measured())
    assert "Northgate Digital (NASDAQ:NGD) +12% on 4 Mar 2026, close to close (bitcoin −3.1%, 9 peers +1.4%)" in text
    assert "the five sessions after −4%" in text


def test_what_else_happened_is_said(make_deal):
    note = Confounder(cause=Cause.FINANCING, name="Northgate – Note Holders", sessions_away=0)
    results = Confounder(cause=Cause.EARNINGS, name="Northgate reports results", sessions_away=-2)
    text = said(make_deal, measured(confounders=(note, results)))
    assert "⚠ the same day: financing “Northgate – Note Holders”" in text
    assert "within five sessions: results “Northgate reports results” (2 sessions earlier)" in text


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        pytest.param({"moves": (), "event_day": None, "reason": "no prices of NASDAQ:NGD"}, "not measured: no prices", id="nothing"),
        pytest.param({"time_known": False}, "Only the day of the announcement is known", id="day-only"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_said(make_deal, facts, text):
    assert text in said(make_deal, measured(**facts))


def test_both_are_shown_where_they_differ(make_deal, make_reaction):
    def told(**facts):
        reported = make_reaction(**facts)
        return said(make_deal, measured(), reactions=(replace(reported, company_key="northgate-digital"),))

    assert "≠ reported ▲ 30% at the close, measured +12%" in told(pct=30.0, session="close", qualifier=None)
    assert "of another day or window" in told(pct=30.0, session="premarket", qualifier=None)
    assert "reported" not in told(pct=12.0, session="close", qualifier=None)


def test_the_card_keeps_the_two_apart(make_deal, now):
    deal = make_deal(measured=(measured(),))
    text = visible(deal_tab(deal, "reactions", standing(deal, now=now)).embeds[0].description or "")
    assert text.index("As articles report it") < text.index("Measured from daily closes") < text.index("close to close")


def test_an_answer_adds_what_was_measured(make_deal, now):
    deal = make_deal(measured=(measured(),))
    found = answer_question("How did Northgate Digital shares react?", [deal], now=now)
    assert found.text.startswith("Northgate Digital")
    assert found.lines[:2] == ("Measured from daily closes:", found.lines[1])
    assert "+12% on 4 Mar 2026" in found.lines[1]
    silent = answer_question(
        "How did Northgate Digital shares react?", [make_deal(reactions=(), measured=(measured(),))], now=now
    )
    assert silent.text == "No source reports a share move for it."
    assert "+12% on 4 Mar 2026" in silent.lines[1]


def test_without_prices_the_card_says_nothing_of_them(make_deal, now):
    deal = make_deal()
    assert "Measured" not in (deal_tab(deal, "reactions", standing(deal, now=now)).embeds[0].description or "")


@pytest.mark.parametrize(("pct", "text"), [(11.52, "+11.5%"), (-3.0, "−3%"), (0.01, "0%"), (-0.04, "0%")])
def test_signed(pct, text):
    assert signed(pct) == text
