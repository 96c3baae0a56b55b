"""The lease that lets one service at a time collect and deliver on a database; short writes need none."""

import logging
import os
import socket
from collections.abc import Callable
from datetime import datetime

from bot.errors import LeaseHeldError
from bot.store import Store
from db.runs import abandon_runs, acquire_lease, release_lease, renew_lease

_log = logging.getLogger(__name__)

NAME = "service"
#: A service that was killed frees the database after this long.
LIFE_S = 60.0
RENEW_S = 15.0


class Lease:
    """Our claim on the database. `take`, then `keep` from time to time, then `give_back`."""

    def __init__(self, store: Store, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self.holder = f"{socket.gethostname()}:{os.getpid()}"

    async def take(self) -> None:
        """Take the lease and mark runs that a killed process left open. Raises LeaseHeldError when another has it."""
        other = await self._store.run(acquire_lease, NAME, holder=self.holder, now=self._clock(), for_s=LIFE_S)
        if other is not None:
            raise LeaseHeldError(other.holder, f"{other.expires_at:%H:%M:%S} UTC unless it renews")
        await self._store.run(abandon_runs, now=self._clock())

    async def keep(self) -> bool:
        """Renew the lease; False when another service has taken it meanwhile."""
        kept = await self._store.run(renew_lease, NAME, holder=self.holder, now=self._clock(), for_s=LIFE_S)
        if not kept:
            _log.error("lease lost", extra={"holder": self.holder})
        return kept

    async def give_back(self) -> None:
        """Free the database for the next service at once."""
        await self._store.run(release_lease, NAME, holder=self.holder)
