"""mempool.space: read politely, believed only within bands, kept for when it is away."""

import json
from datetime import timedelta
from typing import Any

import pytest

from bot.collector.collector import Collector
from bot.collector.fetch import Answer
from bot.collector.network_figures import SOURCES, read_figures, update_network_figures
from tests.bot.collector.rows import NOW
from tests.loopback import misbehave
from tests.loopback.world import LoopbackWorld

ANSWERS: dict[str, Any] = {
    "/api/v1/prices": {"time": 1762171200, "USD": 107500, "EUR": 93000},
    "/api/v1/difficulty-adjustment": {"difficultyChange": -2.5, "remainingBlocks": 900},
    "/api/v1/mining/hashrate/3d": {"currentHashrate": 1.1e21, "currentDifficulty": 1.56e14, "hashrates": []},
    "/api/v1/mining/reward-stats/144": {
        "startBlock": 1000,
        "endBlock": 1143,
        "totalReward": "1",
        "totalFee": "288000000",
    },
}


@pytest.fixture
def mempool(world: LoopbackWorld) -> LoopbackWorld:
    for path, record in ANSWERS.items():
        world.put(path, json.dumps(record), content_type="application/json")
    return world


async def test_figures_are_read_with_their_time(mempool: LoopbackWorld, collector: Collector) -> None:
    figures = await update_network_figures(collector.visits, NOW, base_url=mempool.url(""))
    assert {name: figure.value for name, figure in figures.items()} == {
        "price_usd": 107500,
        "difficulty_change_pct": -2.5,
        "hashrate_eh_per_s": pytest.approx(1100),
        "difficulty": 1.56e14,
        "fee_btc_per_block": pytest.approx(0.02),
    }
    assert figures["price_usd"].observed_at == NOW


async def test_the_source_is_asked_every_ten_minutes_at_most(mempool: LoopbackWorld, collector: Collector) -> None:
    for minutes in (0, 5, 9, 11):
        await update_network_figures(collector.visits, NOW + timedelta(minutes=minutes), base_url=mempool.url(""))
    assert len(mempool.requests) == 2 * len(SOURCES)


async def test_what_was_known_stays_when_the_source_is_away(mempool: LoopbackWorld, collector: Collector) -> None:
    await update_network_figures(collector.visits, NOW, base_url=mempool.url(""))
    for path in ANSWERS:
        mempool.on(path, misbehave.status(500))
    figures = await update_network_figures(collector.visits, NOW + timedelta(hours=1), base_url=mempool.url(""))
    assert figures["price_usd"].value == 107500
    assert figures["price_usd"].observed_at == NOW


@pytest.mark.parametrize(
    ("path", "body"),
    [
        pytest.param("/api/v1/prices", '{"USD": 12}', id="below the band"),
        pytest.param("/api/v1/prices", '{"USD": 1e300}', id="above the band"),
        pytest.param("/api/v1/prices", '{"USD": NaN}', id="not a number"),
        pytest.param("/api/v1/prices", '{"USD": null}', id="null"),
        pytest.param("/api/v1/prices", '{"EUR": 90000}', id="missing"),
        pytest.param("/api/v1/prices", "<html>", id="HTML"),
        pytest.param("/api/v1/prices", "[]", id="another shape"),
        pytest.param(
            "/api/v1/mining/reward-stats/144", '{"startBlock": 2, "endBlock": 1, "totalFee": "1"}', id="no blocks"
        ),
    ],
)
def test_nonsense_counts_as_nothing(path: str, body: str) -> None:
    answer = Answer(url=path, final_url=path, status=200, body=body.encode())
    assert read_figures(answer, SOURCES[path]) == {}
