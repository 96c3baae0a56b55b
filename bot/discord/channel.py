"""The bot's Discord connection as a place that takes messages: what each failure means for the outbox."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from math import inf
from time import monotonic
from typing import Any, Protocol, TypeVar

import aiohttp
import discord

from bot.delivery.channel import Found, GoneError, InvalidError, LaterError, RefusedError, UnknownError
from bot.discord.flight import Flight, TooLateError, launch
from bot.discord.payload import OversizeError, edit_arguments, send_arguments
from bot.messages.message import Message

T = TypeVar("T")
#: A search reads at most so many messages; beyond, nobody can say that ours is absent.
SEARCH_LIMIT = 1000
_UNKNOWN_MESSAGE = 10008


class Line(Protocol):
    """Who holds the client that is connected now; the supervisor replaces it after a crash."""

    @property
    def client(self) -> discord.Client | None: ...


class DiscordChannel:
    """Posts into channels as the bot. Discord keeps our nonces for some minutes and lets us read back.

    A call that takes too long is given up but not cancelled: cancelling a request leaves discord.py's rate limiter of
    that channel (after a global limit: of all channels) closed for good. A send given up is joined, not repeated.
    """

    remembers_nonces = True

    def __init__(self, line: Line, *, timeout_s: float = 15.0, clock_s: Callable[[], float] = monotonic) -> None:
        self._line, self._timeout_s, self._clock_s = line, timeout_s, clock_s
        self._sending: dict[str, tuple[asyncio.Task[discord.Message], Flight]] = {}

    async def send(
        self, place: str, message: Message, *, nonce: str, reply_to: str | None, leave_within_s: float = inf
    ) -> str | None:
        """Post a message; a reply to a deleted alert stands alone."""
        under_way = self._sending.get(nonce)
        if under_way is None:
            arguments = _checked(send_arguments, message)
            if reply_to is not None:
                arguments["reference"] = discord.MessageReference(
                    message_id=int(reply_to), channel_id=int(place), fail_if_not_exists=False
                )
            last = self._clock_s() + leave_within_s
            flight = Flight(is_over=lambda: self._clock_s() > last)
            under_way = launch(self._channel(place).send(nonce=nonce, **arguments), flight), flight
            self._sending[nonce] = under_way
            under_way[0].add_done_callback(lambda _: self._sending.pop(nonce, None))
        task, flight = under_way
        try:
            return str((await self._outcome(task)).id)
        except LaterError as error:
            if flight.is_doubtful:
                raise UnknownError(f"{error}, after an error of Discord's") from error
            raise

    async def edit(self, place: str, message_id: str, message: Message) -> None:
        """Replace what a sent message shows."""
        target = self._channel(place).get_partial_message(int(message_id))
        arguments = _checked(edit_arguments, message)
        arguments.pop("content", None)  # an edit never pings again
        await self._outcome(asyncio.create_task(target.edit(**arguments)))

    async def find(self, place: str, marker: str, *, since: datetime) -> str | Found:
        """Look through the channel for a message of ours whose footer begins with the marker."""
        try:
            return await self._outcome(asyncio.create_task(self._search(self._channel(place), marker, since)))
        except RefusedError:
            return Found.UNREADABLE
        except UnknownError as error:  # reading changes nothing and may be repeated
            raise LaterError(str(error)) from error

    async def _search(self, channel: discord.PartialMessageable, marker: str, since: datetime) -> str | Found:
        seen = 0
        async for message in channel.history(limit=SEARCH_LIMIT, after=since, oldest_first=True):
            seen += 1
            if self._is_ours(message, marker):
                return str(message.id)
        return Found.ABSENT if seen < SEARCH_LIMIT else Found.UNREADABLE

    def _is_ours(self, message: discord.Message, marker: str) -> bool:
        client = self._line.client
        if client is None or client.user is None or message.author.id != client.user.id:
            return False
        footers = [embed.footer.text or "" for embed in message.embeds]
        return any(footer.partition(" ")[0] == marker for footer in footers)

    def _channel(self, place: str) -> discord.PartialMessageable:
        client = self._line.client
        if client is None or client.is_closed() or not client.is_ready():
            raise LaterError("Discord is not connected", after_s=2.0)
        if not place.isdigit():
            raise RefusedError(f"{place!r} is no channel id")
        return client.get_partial_messageable(int(place))

    async def _outcome(self, task: "asyncio.Task[T]") -> T:
        """Wait for a call and say what its failure means: not delivered, never will be, or nobody knows."""
        try:
            done, _ = await asyncio.wait({task}, timeout=self._timeout_s)
            if not done:
                task.add_done_callback(_forget)
                raise UnknownError(f"no answer within {self._timeout_s:g} s")
            return task.result()
        except asyncio.CancelledError:
            task.add_done_callback(_forget)
            raise
        except TooLateError as error:
            raise UnknownError("no attempt may be repeated so late") from error
        except discord.HTTPException as error:
            raise _meaning(error) from error
        except aiohttp.ClientConnectorError as error:
            raise LaterError("Discord could not be reached") from error
        except (aiohttp.ClientError, OSError) as error:
            raise UnknownError(f"the connection broke ({type(error).__name__})") from error


def _forget(task: "asyncio.Task[T]") -> None:
    """Take note of the end of a call nobody waits for any more, or asyncio would complain."""
    if not task.cancelled():
        task.exception()


def _meaning(error: discord.HTTPException) -> Exception:
    if error.status == 429:
        return LaterError("rate limited", after_s=5.0)
    if error.status >= 500:
        return UnknownError(f"Discord answered {error.status}")
    if error.code == _UNKNOWN_MESSAGE:
        return GoneError("the alert was deleted")
    if error.status in {401, 403, 404}:
        return RefusedError(f"{error.text or 'no access'} (Discord {error.status}, code {error.code})")
    return InvalidError(f"Discord refused the message: {error.text[:300]}")


def _checked(arguments: Callable[[Message], dict[str, Any]], message: Message) -> dict[str, Any]:
    try:
        return arguments(message)
    except OversizeError as error:
        raise InvalidError(str(error)) from error
