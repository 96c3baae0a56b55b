"""The service's side of delivery: opens the places messages go to and runs outbox and digests against them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from math import inf
from typing import TYPE_CHECKING

import aiohttp
from rich.console import Console

from bot.delivery.channel import Channel, Found, LaterError
from bot.delivery.console_channel import ConsoleChannel
from bot.delivery.digest_rounds import FOLD_AFTER, WEEKDAYS, fold_old, write_due_digests
from bot.delivery.digest_rounds import Options as DigestOptions
from bot.delivery.outbox import Deliverer
from bot.delivery.outbox import Options as OutboxOptions
from bot.delivery.standing_watches import CONSOLE, standing_watches, sync_standing_watches
from bot.delivery.webhook import WebhookChannel
from bot.messages.message import Message
from bot.settings import Settings
from bot.store import Store
from db.connection import Database
from db.feeds import Health, list_feeds

if TYPE_CHECKING:
    from bot.discord.bot import Bot, Connector


class Offline:
    """Stands for Discord while there is no connection: what is meant for it waits."""

    remembers_nonces = True

    async def send(
        self, place: str, message: Message, *, nonce: str, reply_to: str | None, leave_within_s: float = inf
    ) -> str | None:
        """Put the message off."""
        raise LaterError("Discord is not connected", after_s=60)

    async def edit(self, place: str, message_id: str, message: Message) -> None:
        """Put the edit off."""
        raise LaterError("Discord is not connected", after_s=60)

    async def find(self, place: str, marker: str, *, since: datetime) -> str | Found:
        """Put the search off."""
        raise LaterError("Discord is not connected", after_s=60)


class Switchboard:
    """Sends what is meant for the console there, and all else to Discord."""

    remembers_nonces = True

    def __init__(self, console: Channel, discord: Channel) -> None:
        self._console, self._discord = console, discord

    def _of(self, place: str) -> Channel:
        return self._console if place == CONSOLE else self._discord

    async def send(
        self, place: str, message: Message, *, nonce: str, reply_to: str | None, leave_within_s: float = inf
    ) -> str | None:
        """Post a message at its place."""
        return await self._of(place).send(place, message, nonce=nonce, reply_to=reply_to, leave_within_s=leave_within_s)

    async def edit(self, place: str, message_id: str, message: Message) -> None:
        """Edit a message at its place."""
        await self._of(place).edit(place, message_id, message)

    async def find(self, place: str, marker: str, *, since: datetime) -> str | Found:
        """Look for a message at its place."""
        return await self._of(place).find(place, marker, since=since)


class Delivery:
    """What the timetable calls: empty the outbox, write the digests that are due."""

    def __init__(
        self,
        store: Store,
        deliverer: Deliverer,
        digests: DigestOptions,
        *,
        bot: "Bot | None",
        fold_after: timedelta = FOLD_AFTER,
    ) -> None:
        self._store, self._deliverer, self._digests, self._bot = store, deliverer, digests, bot
        self._fold_after = fold_after

    async def deliver(self) -> int:
        """Send what may leave now and return how many messages were sent.

        Raises ConfigError when Discord refuses the token: no waiting mends that.
        """
        if self._bot is not None and self._bot.task.done():
            self._bot.task.result()
        return (await self._deliverer.deliver_due())["sent"]

    async def write_digests(self, *, now: datetime) -> int:
        """Fold what waited too long, enqueue the digests that are due; return how many digests."""
        await self._store.run(fold_old, now=now, after=self._fold_after)
        health = await self._store.run(troubled_feeds)
        return await write_due_digests(self._store, now=now, options=self._digests, health=health)


def troubled_feeds(db: Database) -> list[str]:
    """Say which feeds are not read well, and why, for the operator's digest."""
    return [
        f"{feed.title}: {feed.health_reason or feed.health.value}"
        for feed in list_feeds(db)
        if feed.health is not Health.OK
    ]


@asynccontextmanager
async def open_delivery(
    settings: Settings,
    store: Store,
    *,
    console: Console,
    now: datetime,
    connect: bool = True,
    connector: "Connector | None" = None,
) -> AsyncIterator[Delivery]:
    """Connect to where messages go: webhooks, Discord if there is a token and `connect`, else the console."""
    connect = connect and settings.discord_token is not None
    wanted = standing_watches(settings, with_console=not connect)
    await store.run(sync_standing_watches, wanted, now=now)
    async with (
        aiohttp.ClientSession() as session,
        _discord(settings, store, connect=connect, connector=connector) as bot,
    ):
        channels: dict[str, Channel] = {
            "channel": Switchboard(ConsoleChannel(console), bot.channel if bot else Offline()),
            "webhook": WebhookChannel(session, _address(settings), timeout_s=settings.discord.send_timeout_s),
        }
        options = OutboxOptions(max_attempts=settings.alerts.max_attempts)
        digests = DigestOptions(
            weekday=WEEKDAYS.index(settings.digest.weekly_on), catch_up=timedelta(hours=settings.digest.catch_up_hours)
        )
        yield Delivery(
            store,
            Deliverer(store, channels, options=options),
            digests,
            bot=bot,
            fold_after=timedelta(hours=settings.alerts.fold_after_hours),
        )


@asynccontextmanager
async def _discord(
    settings: Settings, store: Store, *, connect: bool, connector: "Connector | None"
) -> "AsyncIterator[Bot | None]":
    """Run the bot beside the service while the block lasts, if it is to connect."""
    if not connect:
        yield None
        return
    from bot.discord.bot import open_bot

    async with open_bot(settings, store, connector=connector) as bot:
        yield bot


def _address(settings: Settings) -> Callable[[str], str | None]:
    def address(name: str) -> str | None:
        secret = settings.webhook_url(name)
        return secret.get_secret_value() if secret else None

    return address
