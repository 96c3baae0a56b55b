"""Serves the sample outlets over HTTP on 127.0.0.1, as polite publishers do: ETag, Last-Modified, 304.

server = await serve_sample(now)
... fetch server.feeds ...
await server.close()
"""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime

from aiohttp import web

from bot.catalog import FeedSpec
from bot.sample import documents
from bot.sample.world import BROKEN, Outlet, feed_specs, load_outlets

Handler = Callable[[web.Request], Awaitable[web.Response]]

_HTML = "text/html; charset=utf-8"
_PAGE_FOR_FEED = (
    "<!DOCTYPE html><html><head><title>The Night Shift</title></head><body><h1>We have moved</h1></body></html>"
)


@dataclass(frozen=True, slots=True)
class _Document:
    text: str
    content_type: str


@dataclass(frozen=True, slots=True)
class SampleServer:
    """A running sample world: where it answers and which feeds it has."""

    base_url: str
    feeds: tuple[FeedSpec, ...]
    outlets: tuple[Outlet, ...]
    _runner: web.AppRunner

    async def close(self) -> None:
        """Stop answering; harmless when called twice."""
        await self._runner.cleanup()


async def serve_sample(now: datetime, *, port: int = 0) -> SampleServer:
    """Start the sample server; `now` (aware UTC) is the moment from which the articles' ages count."""
    outlets = load_outlets(now)
    library: dict[str, _Document] = {}
    app = web.Application()
    app.router.add_get("/{path:.*}", _answer(library, modified=now.replace(microsecond=0)))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    base_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    library.update(_documents(outlets, base_url))
    return SampleServer(base_url, feed_specs(outlets, base_url), outlets, runner)


def _documents(outlets: tuple[Outlet, ...], base_url: str) -> dict[str, _Document]:
    """Render every address of the sample world once."""
    library = {"robots.txt": _Document("User-agent: *\nAllow: /\n", "text/plain")}
    for outlet in outlets:
        feed_type = documents.CONTENT_TYPES[outlet.format]
        library[f"{outlet.key}/feed"] = _Document(documents.feed(outlet, base_url), feed_type)
        library[f"{outlet.key}/"] = _Document(documents.front_page(outlet), _HTML)
        for article in outlet.articles:
            library[f"{outlet.key}/{article.slug}"] = _Document(documents.page(outlet, article), _HTML)
    library[f"{next(iter(BROKEN))}/feed"] = _Document(_PAGE_FOR_FEED, _HTML)
    return library


def _answer(library: Mapping[str, _Document], *, modified: datetime) -> Handler:
    async def handler(request: web.Request) -> web.Response:
        path = request.match_info["path"]
        if path == "gridlock/feed":
            return web.Response(status=500, text="the sample server fails here on purpose")
        document = library.get(path)
        if document is None:
            return web.Response(status=404, text="no such sample page")
        etag = f'"{hashlib.sha256(document.text.encode()).hexdigest()[:16]}"'
        headers = {"ETag": etag, "Last-Modified": format_datetime(modified, usegmt=True)}
        if _is_current(request.headers, etag, modified):
            return web.Response(status=304, headers=headers)
        return web.Response(body=document.text.encode(), headers=headers | {"Content-Type": document.content_type})

    return handler


def _is_current(headers: Mapping[str, str], etag: str, modified: datetime) -> bool:
    """Decide a conditional request; If-None-Match outranks If-Modified-Since (RFC 9110, 13.1.3)."""
    if "If-None-Match" in headers:
        return etag in headers["If-None-Match"]
    try:
        return parsedate_to_datetime(headers["If-Modified-Since"]) >= modified
    except (KeyError, ValueError, TypeError):
        return False
