"""A loopback Discord: REST and gateway over TLS on one port of this machine."""

import asyncio
import ssl
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from tests.loopback_discord.certificates import make_contexts
from tests.loopback_discord.gateway import Gateway
from tests.loopback_discord.memory import APPLICATION_ID, GUILD_ID, Memory, user
from tests.loopback_discord.rest import Rest
from tests.loopback_discord.wire import connector


class LoopbackDiscord:
    """The server and what a test does with it."""

    def __init__(self, port: int, trusting: ssl.SSLContext, memory: Memory, gateway: Gateway, rest: Rest) -> None:
        self.port, self._trusting = port, trusting
        self.memory, self.gateway, self.rest = memory, gateway, rest
        self._tokens = 0

    def connector(self):
        """Return what the composition root injects."""
        return connector(self.port, self._trusting)

    async def command(self, name: str, *, channel_id: int = 500, options: tuple = (), group: str | None = None) -> str:
        """Invoke a slash command and return the interaction's token."""
        data = {"id": "9000", "name": group or name, "type": 1, "options": list(options)}
        if group:
            data["options"] = [{"type": 1, "name": name, "options": list(options)}]
        return await self._interact(2, data, channel_id)

    async def complete(self, name: str, option: str, text: str, *, channel_id: int = 500) -> str:
        """Type into an option of a slash command and return the interaction's token."""
        options = [{"type": 3, "name": option, "value": text, "focused": True}]
        return await self._interact(4, {"id": "9000", "name": name, "type": 1, "options": options}, channel_id)

    async def press(self, custom_id: str, message: dict, *, channel_id: int = 500) -> str:
        """Press a button under a message."""
        return await self._interact(3, {"component_type": 2, "custom_id": custom_id}, channel_id, message=message)

    async def _interact(self, kind: int, data: dict, channel_id: int, **extra) -> str:
        self._tokens += 1
        token = f"token-{self._tokens}"
        member = {
            "user": user(301, "ada", bot=False),
            "roles": [],
            "flags": 0,
            "permissions": str((1 << 53) - 1),
            "joined_at": "2026-01-01T00:00:00+00:00",
            "deaf": False,
            "mute": False,
        }
        await self.gateway.dispatch("INTERACTION_CREATE", {
            "id": str(next(self.memory.ids)), "application_id": str(APPLICATION_ID), "type": kind, "token": token, "version": 1,
            "data": data, "guild_id": str(GUILD_ID), "guild": {"id": str(GUILD_ID), "locale": "en-US", "features": []},
            "channel_id": str(channel_id), "channel": {"id": str(channel_id), "type": 0, "name": "deals", "position": 0, "permissions": str((1 << 53) - 1)},
            "member": member, "locale": "en-US", "guild_locale": "en-US", "app_permissions": str((1 << 53) - 1),
            "attachment_size_limit": 10485760, "entitlements": [], "authorizing_integration_owners": {"0": str(GUILD_ID)}, "context": 0, **extra,
        })  # fmt: skip
        return token

    async def answer(self, token: str, *, within_s: float = 5.0) -> dict:
        """Wait for the first answer to an interaction."""
        return await _until(lambda: self.memory.callbacks.get(token), within_s)

    async def followup(self, token: str, *, within_s: float = 5.0) -> dict:
        """Wait for what follows a deferred answer."""
        return (await _until(lambda: self.memory.followups.get(token), within_s))[0]


async def _until(probe, within_s: float):
    async with asyncio.timeout(within_s):
        while not (found := probe()):  # noqa: ASYNC110 - the server's tables have no event
            await asyncio.sleep(0.005)
    return found


@asynccontextmanager
async def loopback_discord(folder: Path, *, heartbeat_s: float = 40.0):
    """Run a loopback Discord."""
    serving, trusting = make_contexts(folder)
    memory = Memory(clock=asyncio.get_running_loop().time)
    gateway, rest = Gateway(memory, heartbeat_s=heartbeat_s), Rest(memory)

    async def handle(request: web.Request) -> web.StreamResponse:
        is_socket = request.headers.get("Upgrade", "").lower() == "websocket"
        return await (gateway.handle(request) if is_socket else rest.handle(request))

    server = web.Server(handle)
    runner = web.ServerRunner(server, shutdown_timeout=0.2)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=serving)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]
    try:
        yield LoopbackDiscord(port, trusting, memory, gateway, rest)
    finally:
        await gateway.close_all(1001)
        await runner.cleanup()
