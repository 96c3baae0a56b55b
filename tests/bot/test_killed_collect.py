"""Killed at random moments of the command, ingest loses no entry and leaves no half article.

`MARKET_PULSE_KILLS=500 pytest tests/bot/test_killed_collect.py` for the long run.
"""

import os
from pathlib import Path

from tests.bot.killed_collect import survive

KILLS = int(os.environ.get("MARKET_PULSE_KILLS", "12"))


def test_no_kill_of_collect_loses_anything(tmp_path: Path) -> None:
    outcome = survive(tmp_path, kills=KILLS)
    assert outcome.faults == ()
    assert outcome.stored == outcome.published == outcome.articles
    assert outcome.alerts >= outcome.deals > 0
