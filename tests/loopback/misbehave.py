"""The ways in which servers misbehave, one handler each, for `LoopbackWorld.on`."""

import asyncio
import gzip
import zlib
from collections.abc import Sequence

import brotli
from aiohttp import web

from tests.loopback.world import Handler, LoopbackWorld


def _world(request: web.Request) -> LoopbackWorld:
    return request._loopback_world  # type: ignore[attr-defined,no-any-return]


async def never(request: web.Request) -> web.StreamResponse:
    """Send no headers until the server closes."""
    await _world(request).closing.wait()
    return web.Response(status=503)


async def slow_body(request: web.Request) -> web.StreamResponse:
    """Send headers and a beginning, then nothing."""
    response = web.StreamResponse(headers={"Content-Type": "application/xml"})
    await response.prepare(request)
    await response.write(b"<rss>")
    await _world(request).closing.wait()
    return response


async def endless_body(request: web.Request) -> web.StreamResponse:
    """Send spaces for ever."""
    response = web.StreamResponse(headers={"Content-Type": "application/xml"})
    await response.prepare(request)
    while not _world(request).closing.is_set():
        try:
            await response.write(b" " * 65_536)
        except (ConnectionError, asyncio.CancelledError):
            break
    return response


def encoded(body: bytes, encoding: str) -> Handler:
    """Send a body that is already encoded."""

    async def handler(request: web.Request) -> web.StreamResponse:
        return web.Response(body=body, headers={"Content-Encoding": encoding, "Content-Type": "application/xml"})

    return handler


def truncated_gzip(body: bytes) -> Handler:
    """Send the first half of a gzip stream, with a Content-Length that agrees."""
    packed = gzip.compress(body)
    return encoded(packed[: len(packed) // 2], "gzip")


def bomb(encoding: str, megabytes: int) -> Handler:
    """Send a small body that unpacks to a huge one."""
    data = b" " * (megabytes * 1_000_000)
    packed = {
        "gzip": lambda: gzip.compress(data, 9),
        "deflate": lambda: zlib.compress(data, 9),
        "br": lambda: brotli.compress(data, quality=5),
        "zstd": lambda: _zstd(data),
    }[encoding]()
    return encoded(packed, encoding)


def _zstd(data: bytes) -> bytes:
    try:
        from compression import zstd
    except ImportError:
        from backports import zstd  # type: ignore[no-redef]
    return zstd.compress(data)


async def wrong_length(request: web.Request) -> web.StreamResponse:
    """Promise more than is sent, then hang up."""
    assert request.transport
    request.transport.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: 5000\r\n\r\n<rss/>")
    await asyncio.sleep(0)
    request.transport.close()
    return web.Response()


async def reset(request: web.Request) -> web.StreamResponse:
    """Hang up without a word."""
    assert request.transport
    request.transport.abort()
    return web.Response()


async def garbage(request: web.Request) -> web.StreamResponse:
    """Answer something that is no HTTP."""
    assert request.transport
    request.transport.write(b"\x00\x01 this is not HTTP\r\n\r\n")
    request.transport.close()
    return web.Response()


def redirect(location: str, status: int = 301) -> Handler:
    """Redirect to an address."""

    async def handler(request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, headers={"Location": location})

    return handler


def status(code: int, body: str = "", **headers: str) -> Handler:
    """Answer with a status; header names with _ for -."""

    async def handler(request: web.Request) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=code, text=body, headers=named, content_type="text/html")

    return handler


def in_turn(handlers: Sequence[Handler]) -> Handler:
    """Let the handlers answer one after the other, the last one for good."""
    left = list(handlers)

    async def handler(request: web.Request) -> web.StreamResponse:
        return await (left.pop(0) if len(left) > 1 else left[0])(request)

    return handler


CHALLENGE_PAGE = (
    "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>"
    "<script src='/cdn-cgi/challenge-platform/h/g/orchestrate/chl_page/v1'></script></body></html>"
)
