"""A polite GET: the fetch, through the gate of its host, with the host's pauses kept and stored.

Feeds, pages, robots.txt and the JSON sources all go through here, so that no host is asked by two rooms at once.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import aiohttp

from bot.collector.fetch import FEED_TYPES, Answer, Trouble, fetch
from bot.collector.interpret import host_pause
from bot.collector.options import CollectorOptions
from bot.collector.politeness import HostGate, host_of
from bot.store import Store
from db.hosts import pause_host

_AFTER_TIMEOUT = timedelta(minutes=2)
NO_CONTACT = "SEC EDGAR wants to know whom to write to; set `contact` in [collector] and its sources are read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What an earlier answer gave to be echoed exactly."""

    etag: str | None = None
    last_modified: str | None = None


NONE = Validators()


@dataclass(slots=True, kw_only=True)
class Visits:
    """Goes to hosts on behalf of everybody in the collector."""

    session: aiohttp.ClientSession
    store: Store
    options: CollectorOptions
    gate: HostGate
    places: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self.places = asyncio.Semaphore(self.options.concurrency)

    async def get(
        self, url: str, *, max_bytes: int, now: datetime, accept: str = FEED_TYPES, validators: Validators = NONE
    ) -> Answer:
        """Get an address when its host may be asked; a host that wants a pause is not asked."""
        async with self.asking(url, max_bytes=max_bytes, now=now, accept=accept, validators=validators) as answer:
            return answer

    @asynccontextmanager
    async def asking(
        self, url: str, *, max_bytes: int, now: datetime, accept: str = FEED_TYPES, validators: Validators = NONE
    ) -> AsyncIterator[Answer]:
        """Get an address and keep its place until the block ends, so that unread bodies cannot pile up."""
        host = host_of(url)
        if host == "sec.gov" and not self.options.contact:
            yield _not_asked(url, Trouble.NO_CONTACT, NO_CONTACT)
            return
        async with self.gate.visit(host):
            # Asked after the wait: another request may have been told 429 meanwhile.
            if until := self.gate.paused_until(host, now=now):
                yield _not_asked(url, Trouble.PAUSED, f"{host} wants a pause until {until:%H:%M} UTC")
                return
            async with self.places:
                answer = await fetch(
                    self.session,
                    url,
                    max_bytes=max_bytes,
                    max_redirects=self.options.max_redirects,
                    accept=accept,
                    etag=validators.etag,
                    last_modified=validators.last_modified,
                )
                await self._keep_pause(answer, now)
                yield answer

    async def _keep_pause(self, answer: Answer, now: datetime) -> None:
        if answer.trouble is Trouble.TIMEOUT:
            # Its other feeds would only keep the round waiting, one time-out after the other.
            self.gate.pause(host_of(answer.url), until=now + _AFTER_TIMEOUT)
            return
        until = host_pause(answer, now=now)
        if until is None:
            return
        for host in {host_of(answer.url), host_of(answer.final_url)}:
            self.gate.pause(host, until=until)
            await self.store.run(pause_host, host, until=until, reason=f"status {answer.status}")


def _not_asked(url: str, trouble: Trouble, reason: str) -> Answer:
    return Answer(url=url, final_url=url, trouble=trouble, reason=reason)
