"""The bot's Discord client and the supervisor that keeps one connected.

Default intents, nobody pinged unless a message opts in, slash commands only, synced when they changed. discord.py's
known weaknesses are covered here: a first connect that is refused and an event it cannot parse end `start()` with an
exception (the supervisor builds a new client), and a command that raises leaves its interaction unanswered (the tree
answers).
"""

import asyncio
import hashlib
import json
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bot.discord.answers import answer_error
from bot.discord.buttons import press_item
from bot.discord.flight import tracer
from bot.discord.services import Services
from bot.errors import ConfigError
from db import runs, watches
from db.connection import Database

_log = logging.getLogger(__name__)

FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 300.0
#: A connection that lasted this long was good: the next failure starts from the shortest wait.
GOOD_AFTER_S = 120.0
SYNC_RUN = "command sync"
Registrar = Callable[[app_commands.CommandTree[Any], Services], None]


class PulseTree(app_commands.CommandTree[discord.Client]):
    """A command tree whose errors are always answered."""

    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError, /) -> None:
        await answer_error(interaction, error)


class _Pulse(discord.Client):
    """What the plain and the sharded client share."""

    services: Services
    tree: PulseTree
    command_guilds: Sequence[int]

    def equip(self, services: Services, *, command_guilds: Sequence[int]) -> None:
        from bot.cogs import register_all
        from bot.discord.presses import ACTIONS

        self.services, self.command_guilds = services, command_guilds
        self.tree = PulseTree(self)
        register_all(self.tree, services)
        self.add_dynamic_items(press_item(services, ACTIONS))

    async def setup_hook(self) -> None:
        """Tell Discord about the commands, but only when they differ from what it knows."""
        guilds = [discord.Object(guild_id) for guild_id in self.command_guilds]
        for guild in guilds:
            self.tree.copy_global_to(guild=guild)
        mark = _commands_mark(self.tree, self.application_id, self.command_guilds)
        if await self.services.store.run(_is_synced, mark):
            return
        for guild in guilds:
            await self.tree.sync(guild=guild)
        if not guilds:
            await self.tree.sync()
        await self.services.store.run(_remember_sync, mark, self.services)
        _log.info("commands synced", extra={"commands": len(self.tree.get_commands())})

    async def on_ready(self) -> None:
        """Remember the servers we are in."""
        for guild in self.guilds:
            await self.on_guild_join(guild)
        _log.info("discord ready", extra={"guilds": len(self.guilds)})

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Remember a server."""
        now = self.services.clock()
        await self.services.store.run(watches.guild_joined, str(guild.id), name=guild.name or "", now=now)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Stop a left server's watches; they are deleted 30 days later."""
        await self.services.store.run(watches.guild_left, str(guild.id), now=self.services.clock())


def _manners() -> dict[str, Any]:
    """Say how every client of ours behaves: default intents, nobody pinged, each request looked at before it leaves."""
    return {
        "intents": discord.Intents.default(),
        "allowed_mentions": discord.AllowedMentions.none(),
        "http_trace": tracer(),
    }


class PulseClient(_Pulse):
    """One connection to Discord. `connector` lets tests and proxies decide where connections go."""

    def __init__(self, services: Services, *, command_guilds: Sequence[int] = (), **options: Any) -> None:
        super().__init__(**_manners(), **options)
        self.equip(services, command_guilds=command_guilds)


class ShardedPulseClient(_Pulse, discord.AutoShardedClient):
    """The same over several connections, advised above 1,000 servers."""

    def __init__(self, services: Services, *, command_guilds: Sequence[int] = (), **options: Any) -> None:
        super().__init__(**_manners(), **options)
        self.equip(services, command_guilds=command_guilds)


class Supervisor:
    """Keeps a client connected. A refused token or intent ends it; everything else is tried again, ever more slowly."""

    def __init__(
        self,
        make_client: Callable[[], discord.Client],
        token: str,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._make_client, self._token, self._sleep = make_client, token, sleep
        self.client: discord.Client | None = None
        self.restarts = 0

    async def run(self) -> None:
        """Stay connected until cancelled."""
        wait = FIRST_WAIT_S
        while True:
            began = asyncio.get_running_loop().time()
            reason = await self._connect()
            if asyncio.get_running_loop().time() - began > GOOD_AFTER_S:
                wait = FIRST_WAIT_S
            self.restarts += 1
            _log.warning("discord connection ended", extra={"reason": reason, "retry_s": round(wait)})
            await self._sleep(wait * random.uniform(0.75, 1.25))  # noqa: S311 - jitter
            wait = min(LONGEST_WAIT_S, wait * 2)

    async def _connect(self) -> str:
        """Run one client to its end and return why it ended."""
        self.client = client = self._make_client()
        try:
            async with client:
                await client.start(self._token)
        except discord.LoginFailure as error:
            raise ConfigError(
                "DISCORD_TOKEN", "", "Discord refuses the bot token", "Copy it again from the developer portal"
            ) from error
        except discord.PrivilegedIntentsRequired as error:
            raise ConfigError(
                "Discord",
                "intents",
                "Discord refuses the default intents",
                "Report this; the bot asks for no privileged one",
            ) from error
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            return f"{type(error).__name__}: {error}"
        except Exception as error:  # noqa: BLE001 - discord.py lets AttributeError and KeyError out of start()
            _log.exception("discord client crashed")
            return f"crash: {type(error).__name__}"
        return "closed"


def _commands_mark(tree: PulseTree, application_id: int | None, guilds: Sequence[int]) -> str:
    """Name the commands as Discord would learn them."""
    commands = [command.to_dict(tree) for command in tree.get_commands()]
    text = json.dumps([application_id, list(guilds), commands], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _is_synced(db: Database, mark: str) -> bool:
    run = runs.last_run(db, SYNC_RUN)
    return run is not None and run.reason == mark


def _remember_sync(db: Database, mark: str, services: Services) -> None:
    now = services.clock()
    run = runs.begin_run(db, SYNC_RUN, due_at=now, now=now)
    if run is not None:
        runs.finish_run(db, run, outcome="ok", now=now, reason=mark)
