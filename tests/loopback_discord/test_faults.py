"""A storm: errors, lost answers, rate limits, cut sockets, outages and a deliverer that is killed again and again.

What must hold: every alert is there exactly once, or its row says `uncertain`; the order of each channel is kept.
"""

import pytest

from db.outbox import OutboxState
from tests.loopback_discord.storm import brave


@pytest.mark.parametrize(
    "readable", [pytest.param(True, id="history-readable"), pytest.param(False, id="history-closed")]
)
async def test_every_alert_is_there_once_or_says_uncertain(tmp_path, readable):
    outcome = await brave(tmp_path, alerts=200, kills=30, readable=readable)
    sent, uncertain = outcome.count(OutboxState.SENT), outcome.count(OutboxState.UNCERTAIN)
    assert sent + uncertain == 200
    assert outcome.wrong == []
    assert not readable or uncertain == 0
    assert all(ids == sorted(ids) for ids in outcome.order)
    assert outcome.struck["swallow"] > 5
