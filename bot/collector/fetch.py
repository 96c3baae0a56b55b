"""One GET, done safely: conditional, bounded in bytes, time and redirects, decompressed by us.

It reports what the server said and decides nothing about it; politeness (when, how often) is not its business.
"""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import aiohttp
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from bot.collector.addresses import RefusedAddressError, check_url, guarded_sockets
from bot.collector.decompress import ACCEPT_ENCODING, GZIP_MAGIC, DecompressionError, decoder_for
from bot.collector.options import CollectorOptions

FEED_TYPES = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9,"
    " application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1"
)
PAGE_TYPES = "text/html, application/xhtml+xml;q=0.9, text/plain;q=0.5, */*;q=0.1"

_PERMANENT = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65_536


class Trouble(StrEnum):
    """Why there is no answer to look at."""

    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    BROKEN = "broken"
    TOO_LARGE = "too_large"
    REDIRECTS = "redirects"
    PAUSED = "paused"
    NO_CONTACT = "no_contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back. Without `trouble` there is a status and, unless it was 304, a body."""

    url: str
    final_url: str
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=CIMultiDict)
    body: bytes = b""
    trouble: Trouble | None = None
    reason: str = ""
    permanent_url: str | None = None
    """Where an unbroken chain of permanent redirects from `url` leads."""
    duration_ms: int = 0

    @property
    def content_type(self) -> str:
        """The media type without parameters, in lower case."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()


def open_session(options: CollectorOptions) -> aiohttp.ClientSession:
    """Open the collector's client session: guarded sockets, no cookies, no proxies from the environment."""
    connector = aiohttp.TCPConnector(
        limit=options.concurrency,
        socket_factory=guarded_sockets(allow_loopback=options.allow_loopback),
        ttl_dns_cache=300,
    )
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        trust_env=False,
        headers={"User-Agent": options.user_agent, "Accept-Encoding": ACCEPT_ENCODING},
        timeout=aiohttp.ClientTimeout(
            total=options.total_timeout_s, connect=options.connect_timeout_s, sock_connect=options.connect_timeout_s
        ),
    )


async def fetch(
    session: aiohttp.ClientSession,
    url: str,
    *,
    max_bytes: int,
    max_redirects: int = 5,
    accept: str = FEED_TYPES,
    etag: str | None = None,
    last_modified: str | None = None,
) -> Answer:
    """Get an address, following redirects by hand; everything that can go wrong comes back as `Answer.trouble`."""
    trip = _Trip(session=session, url=url, max_bytes=max_bytes, max_redirects=max_redirects)
    headers = {"Accept": accept}
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    return await trip.run(headers)


@dataclass(slots=True, kw_only=True)
class _Trip:
    """The way of one request through its redirects."""

    session: aiohttp.ClientSession
    url: str
    max_bytes: int
    max_redirects: int
    at: str = ""
    permanent_url: str | None = None
    started: float = field(default_factory=time.perf_counter)

    async def run(self, headers: dict[str, str]) -> Answer:
        self.at = self.url
        try:
            return await self._follow(headers)
        except (aiohttp.ClientError, DecompressionError, OSError, ValueError) as error:
            return self._failed(*_trouble(error))

    async def _follow(self, headers: dict[str, str]) -> Answer:
        permanent = True
        target = check_url(self.url)
        origin = target.origin()
        for _ in range(self.max_redirects + 1):
            self.at = _shown(target)
            async with self.session.get(target, headers=headers, allow_redirects=False) as response:
                location = response.headers.get("Location")
                if response.status not in _REDIRECTS or not location:
                    return await self._read(response)
                permanent = permanent and response.status in _PERMANENT
            target = self._next(target, location, origin)
            if permanent:
                self.permanent_url = _shown(target)
        return self._failed(Trouble.REDIRECTS, f"more than {self.max_redirects} redirects")

    @staticmethod
    def _next(current: URL, location: str, origin: URL) -> URL:
        """Resolve a Location; credentials never travel to another origin, nor do ones a server made up."""
        target = check_url(str(current.join(URL(location)))).with_fragment(None)
        keep = current.origin() == origin == target.origin()
        return target.with_user(current.user).with_password(current.password) if keep else target.with_user(None)

    async def _read(self, response: aiohttp.ClientResponse) -> Answer:
        body = b""
        if response.status not in {204, 304}:
            if response.content_length is not None and response.content_length > self.max_bytes:
                response.close()
                return self._failed(Trouble.TOO_LARGE, _too_large(self.max_bytes), response)
            body = await self._body(response)
            if len(body) > self.max_bytes:
                response.close()
                return self._failed(Trouble.TOO_LARGE, _too_large(self.max_bytes), response)
        return Answer(
            url=self.url,
            final_url=self.at,
            status=response.status,
            headers=response.headers,
            body=body,
            permanent_url=self.permanent_url,
            duration_ms=self._passed_ms(),
        )

    async def _body(self, response: aiohttp.ClientResponse) -> bytes:
        encoding = response.headers.get("Content-Encoding", "")
        decoder = decoder_for(encoding)
        body = bytearray()
        received = 0
        async for chunk in response.content.iter_chunked(_CHUNK):
            if not received and not encoding and chunk.startswith(GZIP_MAGIC):
                decoder = decoder_for("gzip")  # feed.xml.gz, or a server that forgot to say so
            received += len(chunk)
            body += decoder.feed(chunk, self.max_bytes - len(body))
            if max(received, len(body)) > self.max_bytes:
                return bytes(body.ljust(self.max_bytes + 1))
            if received > _CHUNK:
                await asyncio.sleep(0)  # a large body unpacks in steps, so that the loop goes on
        if received:
            decoder.finish()
        return bytes(body)

    def _failed(self, trouble: Trouble, reason: str, response: aiohttp.ClientResponse | None = None) -> Answer:
        return Answer(
            url=self.url,
            final_url=self.at or self.url,
            status=response.status if response else None,
            headers=response.headers if response else CIMultiDictProxy(CIMultiDict()),
            trouble=trouble,
            reason=reason,
            permanent_url=self.permanent_url,
            duration_ms=self._passed_ms(),
        )

    def _passed_ms(self) -> int:
        return round((time.perf_counter() - self.started) * 1000)


def _shown(url: URL) -> str:
    """Write an address without credentials; removing what is not there would cost as much as parsing."""
    return str(url if url.raw_user is None and url.raw_password is None else url.with_user(None))


def _too_large(limit: int) -> str:
    return f"the answer is larger than {limit / 1e6:g} MB"


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0][:200]


def _trouble(error: Exception) -> tuple[Trouble, str]:
    if refused := _refused_cause(error):
        return Trouble.REFUSED, str(refused)
    if isinstance(error, TimeoutError):
        return Trouble.TIMEOUT, "no complete answer in time"
    if isinstance(error, DecompressionError | aiohttp.ClientPayloadError):
        return Trouble.BROKEN, _first_line(error) or "the body ended early"
    return Trouble.UNREACHABLE, _first_line(error) or type(error).__name__


def _refused_cause(error: BaseException | None) -> RefusedAddressError | None:
    while error is not None:
        if isinstance(error, RefusedAddressError):
            return error
        error = error.__cause__ or error.__context__
    return None
