"""A loopback web server that serves what a test puts on it and remembers what it was asked.

async with LoopbackWorld() as world:
    world.put("/feed.xml", body, etag='"1"')
    world.on("/slow", misbehave.never)
    world.url("/feed.xml"), world.requests
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    headers: Mapping[str, str]


@dataclass(slots=True)
class Page:
    """A resource that answers conditional requests as a good server does."""

    body: bytes
    content_type: str = "application/xml"
    status: int = 200
    etag: str | None = None
    last_modified: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        headers = dict(self.headers)
        if self.etag:
            headers["ETag"] = self.etag
        if self.last_modified:
            headers["Last-Modified"] = self.last_modified
        if self._unchanged_for(request):
            return web.Response(status=304, headers=headers)
        return web.Response(status=self.status, body=self.body, headers={"Content-Type": self.content_type, **headers})

    def _unchanged_for(self, request: web.Request) -> bool:
        if self.etag and "If-None-Match" in request.headers:
            return request.headers["If-None-Match"] == self.etag
        return bool(self.last_modified) and request.headers.get("If-Modified-Since") == self.last_modified


class LoopbackWorld:
    """The server. Unknown paths are 404; robots.txt is missing, that is, allows everything."""

    def __init__(self) -> None:
        self.requests: list[Asked] = []
        self.closing = asyncio.Event()
        self._handlers: dict[str, Handler] = {}
        self._runner: web.ServerRunner | None = None
        self.port = 0

    async def __aenter__(self) -> "LoopbackWorld":
        self._runner = web.ServerRunner(web.Server(self._answer), shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        assert self._runner
        await self._runner.cleanup()

    def url(self, path: str = "/") -> str:
        """The address of a path on this server."""
        return f"http://127.0.0.1:{self.port}{path}"

    def put(self, path: str, body: bytes | str, **options: object) -> Page:
        """Serve a resource; the returned page may be changed later."""
        page = Page(body.encode() if isinstance(body, str) else body, **options)  # type: ignore[arg-type]
        self._handlers[path] = page
        return page

    def on(self, path: str, handler: Handler) -> None:
        """Let a handler answer for a path."""
        self._handlers[path] = handler

    def asked(self, path: str) -> list[Asked]:
        """The requests for one path, oldest first."""
        return [request for request in self.requests if request.path == path]

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        self.requests.append(Asked(request.method, request.path, request.headers))
        request._loopback_world = self  # type: ignore[attr-defined]
        handler = self._handlers.get(request.path)
        if handler is None:
            return web.Response(status=404, text="nothing here")
        return await handler(request)  # type: ignore[arg-type]
