"""The doctor's look at Discord: token, servers, channels and webhooks, from a loopback REST server."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.doctor.checks import Status
from bot.doctor.discord import NEEDED, channel_permissions, check_discord, invitation, missing_permissions
from bot.settings import Settings, load_settings

ALL = sum(NEEDED.values())


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(
        '[discord]\nalert_channels = [70, 71, 72]\n[discord.webhooks]\nroom = "ROOM_URL"\n', encoding="utf-8"
    )
    return path


@pytest.fixture
def settings(settings_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("DISCORD_TOKEN", "right")
    monkeypatch.setenv("ROOM_URL", "https://discord.example/hook")
    return load_settings(settings_file, database_path=tmp_path / "deals.db")


GUILD = {"id": "1", "name": "Lab", "permissions": str(ALL)}
CHANNELS = {
    "70": {"id": "70", "name": "deals", "guild_id": "1", "permission_overwrites": []},
    "71": {
        "id": "71",
        "name": "quiet",
        "guild_id": "1",
        "permission_overwrites": [{"id": "1", "type": 0, "allow": "0", "deny": str(NEEDED["Send Messages"])}],
    },
}


def reply(data: object) -> Callable[[web.Request], Any]:
    async def handler(request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != "Bot right":
            return web.json_response({"message": "401: Unauthorized"}, status=401)
        found = data(request) if callable(data) else data
        return web.json_response(found or {}, status=200 if found is not None else 404)

    return handler


@pytest.fixture
async def discord() -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_get("/users/@me", reply({"id": "9", "username": "pulse"}))
    app.router.add_get("/applications/@me", reply({"id": "5"}))
    app.router.add_get("/users/@me/guilds", reply([GUILD]))
    app.router.add_get("/guilds/1/members/9", reply({"roles": []}))
    app.router.add_get("/channels/{id}", reply(lambda request: CHANNELS.get(request.match_info["id"])))
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/")


async def test_discord_token_servers_channels_and_webhooks(settings: Settings, discord: str) -> None:
    checks = {check.name: check for check in await check_discord(settings, api=discord)}
    assert checks["Discord token"].finding == "logs in as pulse"
    assert checks["Discord servers"].status is Status.OK
    assert checks["Discord channel 70"].status is Status.OK
    assert checks["Discord channel 71"].finding == "missing: Send Messages"
    assert "client_id=5" in checks["Discord channel 72"].remedy
    assert checks["Webhook room"].status is Status.OK


async def test_wrong_token_is_told_without_showing_it(
    settings: Settings, discord: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "wr0ng")
    monkeypatch.delenv("ROOM_URL")
    checks = await check_discord(settings, api=discord)
    assert [check.status for check in checks] == [Status.FAIL, Status.FAIL]
    assert "wr0ng" not in repr(checks)


async def test_no_token_is_a_choice(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISCORD_TOKEN")
    first, *_ = await check_discord(settings)
    assert first.status is Status.WARN


async def test_discord_out_of_reach(settings: Settings) -> None:
    first, *_ = await check_discord(settings, api="http://127.0.0.1:1")
    assert (first.status, first.name) == (Status.FAIL, "Discord")


def test_overwrites_apply_in_discords_order() -> None:
    send = NEEDED["Send Messages"]
    everyone = {"id": "1", "allow": "0", "deny": str(send)}
    role = {"id": "4", "allow": str(send), "deny": "0"}
    assert missing_permissions(channel_permissions(ALL, [everyone, role], guild="1", roles={"4"}, me="9")) == []
    member = {"id": "9", "allow": "0", "deny": str(send)}
    bits = channel_permissions(ALL, [member, everyone, role], guild="1", roles={"4"}, me="9")
    assert missing_permissions(bits) == ["Send Messages"]
    assert missing_permissions(channel_permissions(1 << 3, [everyone], guild="1", roles=set(), me="9")) == []


def test_invitation_asks_for_both_scopes_and_no_more_permissions() -> None:
    assert invitation("5") == (
        f"https://discord.com/oauth2/authorize?client_id=5&permissions={ALL}&scope=bot+applications.commands"
    )
