"""Which network figures are good enough to be called live."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.capacity.estimate import estimate
from bot.capacity.question import Question, Use
from bot.valuation.live_network import with_network
from bot.valuation.model_tables import load_assumptions
from db.network import NetworkFigure

NOW = datetime(2026, 6, 20, 12, tzinfo=UTC)
GOOD = {"price_usd": 62_000.0, "difficulty": 136e12, "fee_btc_per_block": 0.03, "hashrate_eh_per_s": 970.0}


def figures(*, age_h=1, **changes):
    observed = NOW - timedelta(hours=age_h)
    return {
        name: NetworkFigure(name=name, value=value, observed_at=observed, source_url="https://mempool.space/x")
        for name, value in (GOOD | changes).items()
        if value is not None
    }


def test_live_figures_replace_the_dated_hashprice():
    rows = with_network(load_assumptions(), figures(), now=NOW)
    found = estimate(Question(use=Use.MINING, mw_gross=100.0), rows, draws=300)
    assert found["hashprice_usd_per_ph_day"].p50 == pytest.approx(28.9, rel=0.02)
    assert any("live 2026-06-20 11:00 UTC" in line for line in found.warnings)


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(figures(age_h=48), id="old"),
        pytest.param(figures(price_usd=None), id="no-price"),
        pytest.param(figures(hashrate_eh_per_s=400.0), id="hashrate-contradicts-difficulty"),
        pytest.param({}, id="none"),
    ],
)
def test_otherwise_the_dated_defaults_stand(given):
    rows = load_assumptions()
    assert with_network(rows, given, now=NOW) is rows
