"""What becomes of a message on its way through discord.py, which by itself repeats calls after waits of its own.

A repetition that leaves after Discord forgot the nonce would be a second message, and a rate limit that follows an
error of Discord's says nothing about the call before it. A `Flight` is handed along with the call (a context
variable of its task) and looked at by a tracer on each request: late ones do not leave, doubtful ones are remembered.
"""

import asyncio
from collections.abc import Callable, Coroutine
from contextvars import ContextVar, copy_context
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, TypeVar

import aiohttp

T = TypeVar("T")


class TooLateError(Exception):
    """A request was not let go: its time was over."""


@dataclass(slots=True, kw_only=True)
class Flight:
    """`is_over` says that nothing more may leave; `is_doubtful` that an error of Discord's left the outcome open."""

    is_over: Callable[[], bool]
    is_doubtful: bool = False


_current: ContextVar[Flight | None] = ContextVar("flight", default=None)


def launch(call: Coroutine[Any, Any, T], flight: Flight) -> "asyncio.Task[T]":
    """Start a call whose requests the tracer holds to this flight."""
    context = copy_context()
    context.run(_current.set, flight)
    return asyncio.create_task(call, context=context)


def tracer() -> aiohttp.TraceConfig:
    """Return what a client's HTTP session has to be built with."""
    config = aiohttp.TraceConfig()
    config.on_request_start.append(_hold_back)
    config.on_request_end.append(_take_note)
    return config


async def _hold_back(_: aiohttp.ClientSession, __: SimpleNamespace, ___: aiohttp.TraceRequestStartParams) -> None:
    flight = _current.get()
    if flight is not None and flight.is_over():
        raise TooLateError


async def _take_note(_: aiohttp.ClientSession, __: SimpleNamespace, done: aiohttp.TraceRequestEndParams) -> None:
    flight = _current.get()
    if flight is not None and done.response.status >= 500:
        flight.is_doubtful = True
