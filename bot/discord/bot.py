"""The bot beside the service: one supervised connection, what its commands work with, and the place alerts go to."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

import aiohttp

from bot.app import alert_rules
from bot.clock import utc_now
from bot.discord import long_answers
from bot.discord.channel import DiscordChannel
from bot.discord.client import PulseClient, ShardedPulseClient, Supervisor
from bot.discord.services import Services
from bot.errors import ConfigError
from bot.messages.message import Message
from bot.settings import Settings
from bot.store import Store
from bot.workshop import Worker, Workshop

Connector = Callable[[], aiohttp.BaseConnector]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bot:
    """The place alerts go to, and the task that keeps it connected; it ends only with an error that needs a person."""

    channel: DiscordChannel
    task: asyncio.Task[None]


def services_of(settings: Settings, store: Store, worker: Worker) -> Services:
    """Put together what commands and buttons work with."""

    async def ask(text: str, as_of: datetime | None) -> Message:
        return await worker.run(long_answers.question, text, as_of, now=utc_now())

    return Services(
        store=store,
        operator_ids=frozenset(settings.operator.user_ids),
        rules=alert_rules(settings),
        min_confidence=settings.alerts.min_confidence,
        version=version("market-pulse"),
        ask=ask,
        worker=worker,
    )


@asynccontextmanager
async def open_bot(settings: Settings, store: Store, *, connector: Connector | None = None) -> AsyncIterator[Bot]:
    """Keep the bot connected while the block lasts. `connector` decides where connections go (tests, proxies)."""
    token = settings.discord_token
    if token is None:
        raise ConfigError("DISCORD_TOKEN", "", "it is not set", "Set it in the environment, or run without Discord")
    workshop = Workshop(store.path)
    services = services_of(settings, store, workshop)
    kind = ShardedPulseClient if settings.discord.sharded else PulseClient

    def make_client() -> PulseClient | ShardedPulseClient:
        options = {"connector": connector()} if connector else {}
        return kind(services, command_guilds=settings.discord.command_guilds, **options)

    supervisor = Supervisor(make_client, token.get_secret_value())
    task = asyncio.create_task(supervisor.run(), name="discord")
    try:
        yield Bot(channel=DiscordChannel(supervisor, timeout_s=settings.discord.send_timeout_s), task=task)
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError, ConfigError):
            await task
        workshop.close()
