"""How gently a host is asked: so many requests at once, so long between two, not at all while it wants a pause.

The clock and the sleep are handed in. When a feed is due is not decided here.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from yarl import URL

#: SEC EDGAR asks for at most 10 requests a second over all its hosts; half of that is plenty.
_SEC_DELAY_S = 0.2


@lru_cache(maxsize=4096)
def host_of(url: str) -> str:
    """Return the name under which a host's requests are counted; www and bare are one, and so are all of sec.gov."""
    try:
        parsed = URL(url)
        host, port = (parsed.host or "").lower().removeprefix("www."), parsed.explicit_port
    except ValueError:
        return ""
    if host == "sec.gov" or host.endswith(".sec.gov"):
        return "sec.gov"
    return f"{host}:{port}" if port else host


@dataclass(slots=True)
class _Host:
    places: asyncio.Semaphore
    delay_s: float
    next_start: float = 0.0
    paused_until: datetime | None = None


@dataclass(slots=True, kw_only=True)
class HostGate:
    """Lets requests through to each host one after the other."""

    concurrency: int
    delay_s: float
    clock: Callable[[], float]
    sleep: Callable[[float], Awaitable[None]]
    _hosts: dict[str, _Host] = field(default_factory=dict)

    @asynccontextmanager
    async def visit(self, host: str) -> AsyncIterator[None]:
        """Wait for a place and for the delay since the last request's start, then hold the place."""
        state = self._state(host)
        async with state.places:
            now = self.clock()
            start = max(now, state.next_start)
            state.next_start = start + state.delay_s
            if start > now:
                await self.sleep(start - now)
            yield

    def pause(self, host: str, *, until: datetime) -> None:
        """Let nobody ask this host before then; a later end wins."""
        state = self._state(host)
        state.paused_until = max(until, state.paused_until) if state.paused_until else until

    def load(self, pauses: Mapping[str, datetime]) -> None:
        """Take over the pauses that were stored."""
        for host, until in pauses.items():
            self.pause(host, until=until)

    def paused_until(self, host: str, *, now: datetime) -> datetime | None:
        """Return until when the host wants to be left alone, None when it may be asked."""
        state = self._hosts.get(host)
        return state.paused_until if state and state.paused_until and state.paused_until > now else None

    def _state(self, host: str) -> _Host:
        if host not in self._hosts:
            delay = max(self.delay_s, _SEC_DELAY_S) if host == "sec.gov" else self.delay_s
            self._hosts[host] = _Host(places=asyncio.Semaphore(self.concurrency), delay_s=delay)
        return self._hosts[host]
