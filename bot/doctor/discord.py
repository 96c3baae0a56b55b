"""Checks of the bot's place on Discord: token, servers, and what it may do in the channels of the settings.

Reads a few REST resources and changes nothing. The token is never printed.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import aiohttp
from pydantic import SecretStr

from bot.doctor.checks import Check, fail, ok, warn

if TYPE_CHECKING:
    from bot.settings import Settings

API = "https://discord.com/api/v10"
PORTAL = "https://discord.com/developers/applications"

_ADMINISTRATOR = 1 << 3
#: What the bot needs where it speaks (Discord's permission bits).
NEEDED = {
    "View Channel": 1 << 10,
    "Send Messages": 1 << 11,
    "Embed Links": 1 << 14,
    "Attach Files": 1 << 15,
    "Read Message History": 1 << 16,
}


def invitation(application_id: str) -> str:
    """Return the address at which a server's admin invites the bot with exactly the permissions it needs."""
    permissions = sum(NEEDED.values())
    return (
        f"https://discord.com/oauth2/authorize?client_id={application_id}"
        f"&permissions={permissions}&scope=bot+applications.commands"
    )


async def check_discord(settings: "Settings", *, api: str = API, timeout_s: float = 15.0) -> tuple[Check, ...]:
    """Check token, servers and channels; without a token only say so."""
    token = settings.discord_token
    if token is None:
        remedy = "Set DISCORD_TOKEN in the environment if alerts shall go to Discord (README: Put it on Discord)."
        return (warn("Discord", "no token: alerts go to the console and the log", remedy), *_webhooks(settings))
    timeout = aiohttp.ClientTimeout(total=timeout_s)
    headers = {"Authorization": f"Bot {token.get_secret_value()}"}
    try:
        async with aiohttp.ClientSession(headers=headers, timeout=timeout) as session:
            checks = await _Visitor(session, api).check(settings)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        reason = str(error) or type(error).__name__
        checks = [fail("Discord", f"cannot be reached ({reason})", "Check this machine's network and firewall.")]
    return (*checks, *_webhooks(settings))


def missing_permissions(bits: int) -> list[str]:
    """Name what is missing of what the bot needs."""
    return [] if bits & _ADMINISTRATOR else [name for name, bit in NEEDED.items() if not bits & bit]


def channel_permissions(
    base: int, overwrites: Sequence[Mapping[str, Any]], *, guild: str, roles: set[str], me: str
) -> int:
    """Apply a channel's overwrites to the server-wide permissions: @everyone, then roles together, then the member."""
    if base & _ADMINISTRATOR:
        return base
    of_everyone = [o for o in overwrites if o["id"] == guild]
    of_roles = [o for o in overwrites if o["id"] in roles - {guild}]
    of_member = [o for o in overwrites if o["id"] == me]
    for group in (of_everyone, of_roles, of_member):
        deny = allow = 0
        for overwrite in group:
            deny, allow = deny | int(overwrite["deny"]), allow | int(overwrite["allow"])
        base = base & ~deny | allow
    return base


class _Visitor:
    """Asks Discord on behalf of one check."""

    def __init__(self, session: aiohttp.ClientSession, api: str) -> None:
        self._session, self._api = session, api

    async def check(self, settings: "Settings") -> list[Check]:
        status, me = await self._get("/users/@me")
        if status == 401:
            return [
                fail("Discord token", "Discord does not know it", f"Reset the token at {PORTAL} and set DISCORD_TOKEN.")
            ]
        if status != 200:
            return [warn("Discord token", f"Discord answers with status {status}", "Try again in a minute.")]
        _, application = await self._get("/applications/@me")
        invite = invitation(str(application.get("id", me["id"])))
        _, guilds = await self._get("/users/@me/guilds")
        checks = [ok("Discord token", f"logs in as {me['username']}"), _servers(guilds, invite)]
        wanted = dict.fromkeys(
            (*settings.discord.alert_channels, *settings.discord.digest_channels, *settings.operator.channels)
        )
        by_id = {guild["id"]: guild for guild in guilds}
        return checks + [await self._channel(str(channel), by_id, me["id"], invite) for channel in wanted]

    async def _channel(self, channel: str, guilds: Mapping[str, Any], me: str, invite: str) -> Check:
        name = f"Discord channel {channel}"
        status, body = await self._get(f"/channels/{channel}")
        if status != 200 or body.get("guild_id") not in guilds:
            finding = "the bot cannot see it" if status in {200, 403} else f"not found (status {status})"
            return fail(name, finding, f"Correct the id in the settings, or invite the bot: {invite}")
        guild = guilds[body["guild_id"]]
        _, member = await self._get(f"/guilds/{guild['id']}/members/{me}")
        bits = channel_permissions(
            int(guild["permissions"]),
            body.get("permission_overwrites", []),
            guild=guild["id"],
            roles=set(member.get("roles", [])),
            me=me,
        )
        if missing := missing_permissions(bits):
            remedy = f"Grant them to the bot's role in the channel's settings of {guild['name']}."
            return fail(name, f"missing: {', '.join(missing)}", remedy)
        return ok(name, f"#{body.get('name', channel)} in {guild['name']}: all permissions")

    async def _get(self, path: str) -> tuple[int, Any]:
        async with self._session.get(f"{self._api}{path}") as response:
            return response.status, await response.json(content_type=None) if response.status == 200 else {}


def _servers(guilds: Sequence[Mapping[str, Any]], invite: str) -> Check:
    if not guilds:
        return warn("Discord servers", "the bot is on no server yet", f"Invite it: {invite}")
    poor = {guild["name"]: missing for guild in guilds if (missing := missing_permissions(int(guild["permissions"])))}
    if poor:
        finding = "; ".join(f"{name} lacks {', '.join(missing)}" for name, missing in poor.items())
        return warn("Discord servers", finding, f"Grant them to the bot's role, or invite it again: {invite}")
    return ok("Discord servers", f"on {len(guilds)}, with all permissions")


def _webhooks(settings: "Settings") -> list[Check]:
    """Check that every webhook named in the settings has its address in the environment."""
    return [
        _webhook(name, variable, settings.webhook_url(name)) for name, variable in settings.discord.webhooks.items()
    ]


def _webhook(name: str, variable: str, url: SecretStr | None) -> Check:
    if url is None:
        return fail(
            f"Webhook {name}", f"{variable} is not set", f"Set {variable} in the environment, or remove the row."
        )
    if not url.get_secret_value().startswith("https://"):
        return fail(
            f"Webhook {name}", f"{variable} holds no https address", "Copy the address from the channel's settings."
        )
    return ok(f"Webhook {name}", f"address in {variable}")
