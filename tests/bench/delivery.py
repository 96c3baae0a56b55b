"""The fault run: 1,000 alerts to twenty channels by a process that is killed 200 times, over TLS and real sockets.

lost_or_doubled, out_of_order   must be 0; the rows' stories are printed when they are not
uncertain                       rows of which nobody could tell (here: channels that cannot be read back)
under_way_when_killed           rows that were being sent at the moment of a kill
known_by_nonce, troubles        messages that Discord recognised; calls that met an error, a limit or a cut
"""

import asyncio
import tempfile
from pathlib import Path

from db.outbox import OutboxState
from tests.loopback_discord.killing import brave


def measure(*, quick: bool) -> dict[str, float]:
    """Run once; figures in pieces."""
    alerts, kills = (30, 6) if quick else (1000, 200)
    with tempfile.TemporaryDirectory() as folder:
        outcome = asyncio.run(brave(Path(folder), alerts=alerts, kills=kills, within_s=60 if quick else 1200))
    if outcome.wrong:
        print("\n".join(outcome.wrong))
    return {
        "alerts": float(len(outcome.rows)),
        "kills": float(kills),
        "lost_or_doubled": float(len(outcome.wrong)),
        "out_of_order": float(outcome.out_of_order),
        "uncertain": float(outcome.count(OutboxState.UNCERTAIN)),
        "under_way_when_killed": float(outcome.under_way),
        "known_by_nonce": float(outcome.recognised),
        "troubles": float(outcome.struck.total()),
    }
