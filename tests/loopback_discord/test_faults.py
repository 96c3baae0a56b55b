"""A short fault run: the delivering process is killed with SIGKILL again and again, in bad weather.

What must hold: every alert is there exactly once, or its row says `uncertain`; the order of each channel is kept.
`python -m tests.bench delivery` is the long run: 1,000 alerts, 200 kills.
"""

from db.outbox import OutboxState
from tests.loopback_discord.killing import brave


async def test_every_alert_is_there_once_or_says_uncertain(tmp_path):
    outcome = await brave(tmp_path, alerts=60, kills=12, within_s=55)
    assert outcome.wrong == []
    assert outcome.out_of_order == 0
    assert outcome.count(OutboxState.SENT) + outcome.count(OutboxState.UNCERTAIN) == 60
    assert outcome.under_way > 0
    assert outcome.recognised > 0
    assert outcome.objections == []
