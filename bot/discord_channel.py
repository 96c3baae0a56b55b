"""The bot's Discord connection as a place that takes messages: what each failure means for the outbox."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Protocol

import aiohttp
import discord

from bot.delivery import Found, GoneError, InvalidError, LaterError, RefusedError, UnknownError
from bot.discord_payload import OversizeError, edit_arguments, send_arguments
from bot.message import Message

#: A search reads at most so many messages; beyond, nobody can say that ours is absent.
SEARCH_LIMIT = 1000
_UNKNOWN_MESSAGE = 10008


class Line(Protocol):
    """Who holds the client that is connected now; the supervisor replaces it after a crash."""

    @property
    def client(self) -> discord.Client | None: ...


class DiscordChannel:
    """Posts into channels as the bot. Discord keeps our nonces for some minutes and lets us read back."""

    remembers_nonces = True

    def __init__(self, line: Line, *, timeout_s: float = 15.0) -> None:
        self._line, self._timeout_s = line, timeout_s

    async def send(self, place: str, message: Message, *, nonce: str, reply_to: str | None) -> str | None:
        """Post a message; a reply to a deleted alert stands alone."""
        channel = self._channel(place)
        arguments = _checked(send_arguments, message)
        if reply_to is not None:
            arguments["reference"] = discord.MessageReference(
                message_id=int(reply_to), channel_id=int(place), fail_if_not_exists=False
            )
        async with self._failures():
            sent = await channel.send(nonce=nonce, **arguments)
        return str(sent.id)

    async def edit(self, place: str, message_id: str, message: Message) -> None:
        """Replace what a sent message shows."""
        target = self._channel(place).get_partial_message(int(message_id))
        arguments = _checked(edit_arguments, message)
        arguments.pop("content", None)  # an edit never pings again
        async with self._failures():
            await target.edit(**arguments)

    async def find(self, place: str, marker: str, *, since: datetime) -> str | Found:
        """Look through the channel for a message of ours whose footer begins with the marker."""
        seen = 0
        try:
            async with self._failures():
                async for message in self._channel(place).history(limit=SEARCH_LIMIT, after=since, oldest_first=True):
                    seen += 1
                    if self._is_ours(message, marker):
                        return str(message.id)
        except RefusedError:
            return Found.UNREADABLE
        except UnknownError as error:  # reading changes nothing and may be repeated
            raise LaterError(str(error)) from error
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

    @asynccontextmanager
    async def _failures(self) -> AsyncIterator[None]:
        """Say what a failure means: surely not delivered, never will be, or nobody knows."""
        try:
            async with asyncio.timeout(self._timeout_s):
                yield
        except discord.HTTPException as error:
            raise _meaning(error) from error
        except aiohttp.ClientConnectorError as error:
            raise LaterError("Discord could not be reached") from error
        except TimeoutError as error:
            raise UnknownError(f"no answer within {self._timeout_s:g} s") from error
        except (aiohttp.ClientError, OSError) as error:
            raise UnknownError(f"the connection broke ({type(error).__name__})") from error


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
