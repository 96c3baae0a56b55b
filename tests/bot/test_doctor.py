"""The doctor: each fault is found, graded and given a remedy; feeds and Discord answer from real sockets."""

import json
import sqlite3
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from click.testing import CliRunner
from multidict import CIMultiDict

from bot import doctor, doctor_feeds
from bot.cli.group import cli
from bot.collector.fetch import Answer, Trouble
from bot.collector.options import CollectorOptions
from bot.doctor import Status
from bot.doctor_discord import NEEDED, channel_permissions, check_discord, invitation, missing_permissions
from bot.sample.server import SampleServer, serve_sample
from bot.settings import Settings, load_settings
from db.connection import open_database

NOW = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)
ALL = sum(NEEDED.values())
OPTIONS = CollectorOptions(allow_loopback=True, per_host_delay_s=0, total_timeout_s=5, contact="me@example.org")


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


@pytest.mark.parametrize(
    ("version", "status"),
    [
        pytest.param((3, 10), Status.FAIL, id="too-old"),
        pytest.param((3, 11), Status.OK, id="lowest"),
        pytest.param((3, 13), Status.OK, id="highest"),
        pytest.param((3, 14), Status.FAIL, id="too-new"),
    ],
)
def test_python_versions(version: tuple[int, int], status: Status) -> None:
    assert doctor.check_python(version).status is status


def test_old_sqlite_fails() -> None:
    assert doctor.check_sqlite((3, 36, 0)).status is Status.FAIL


@pytest.mark.parametrize(
    ("free", "status"),
    [
        pytest.param(100_000_000, Status.FAIL, id="full"),
        pytest.param(500_000_000, Status.WARN, id="tight"),
        pytest.param(50_000_000_000, Status.OK, id="roomy"),
    ],
)
def test_disk(tmp_path: Path, free: int, status: Status) -> None:
    assert doctor.check_disk(tmp_path / "no" / "x.db", free_bytes=lambda _: free).status is status


def test_missing_settings_warn_and_wrong_ones_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.settings.user_settings_path", lambda: tmp_path / "none.toml")
    assert doctor.check_settings(None).status is Status.WARN
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("[collector]\ntimeout_s = 0\n", encoding="utf-8")
    found = doctor.check_settings(wrong)
    assert found.status is Status.FAIL
    assert "collector.timeout_s (line 2)" in found.finding


def test_database_that_is_not_there_yet_is_fine(tmp_path: Path) -> None:
    path = tmp_path / "new" / "deals.db"
    assert doctor.check_database(path).status is Status.OK
    assert not path.parent.exists()


def test_own_database_is_fine_and_a_foreign_one_fails(tmp_path: Path) -> None:
    open_database(tmp_path / "own.db").close()
    assert doctor.check_database(tmp_path / "own.db").status is Status.OK
    foreign = sqlite3.connect(tmp_path / "foreign.db")
    foreign.execute("CREATE TABLE t (x)")
    foreign.close()
    assert doctor.check_database(tmp_path / "foreign.db").status is Status.FAIL
    (tmp_path / "text.db").write_text("no database at all, only words " * 50, encoding="utf-8")
    assert doctor.check_database(tmp_path / "text.db").status is Status.FAIL


@pytest.mark.parametrize(
    ("text", "status", "word"),
    [
        pytest.param("", Status.OK, "75 feeds", id="all"),
        pytest.param('groups = ["minning"]', Status.FAIL, "minning", id="unknown-group"),
        pytest.param('disabled = ["coindisk"]', Status.WARN, "coindisk", id="unknown-key"),
    ],
)
def test_feed_choice(tmp_path: Path, text: str, status: Status, word: str) -> None:
    path = tmp_path / "s.toml"
    path.write_text(f"[collector]\n{text}\n", encoding="utf-8")
    found = doctor.check_feed_choice(load_settings(path, database_path=None))
    assert found.status is status
    assert word.removeprefix("75 ") in found.finding


@pytest.fixture
async def sample() -> AsyncIterator[SampleServer]:
    server = await serve_sample(datetime.now(UTC))
    yield server
    await server.close()


async def test_sample_feeds_are_fresh_and_the_broken_ones_are_told(sample: SampleServer) -> None:
    visited: list[None] = []
    reports = await doctor_feeds.visit_feeds(
        sample.feeds, options=OPTIONS, now=datetime.now(UTC), progress=lambda: visited.append(None)
    )
    found = {report.feed.key: report.check for report in reports}
    assert len(visited) == len(sample.feeds)
    assert found.pop("sample-night-shift").finding == "an HTML page, not a feed"
    assert found.pop("sample-gridlock").status is Status.WARN
    assert {check.status for check in found.values()} == {Status.OK}
    summary = doctor_feeds.summarise(reports, skipped=2)
    assert summary[0].finding == "5 of 7 answer with a fresh feed, 2 of SEC EDGAR not asked"
    assert doctor_feeds.check_clock(reports).status is Status.OK


async def test_network_that_is_down_is_one_fault_not_many(sample: SampleServer) -> None:
    dead = tuple(replace(feed, url="http://127.0.0.1:1/feed") for feed in sample.feeds)
    reports = await doctor_feeds.visit_feeds(dead, options=OPTIONS, now=NOW)
    (only,) = doctor_feeds.summarise(reports, skipped=0)
    assert only.status is Status.FAIL
    assert doctor_feeds.check_clock(reports).status is Status.WARN


def rss(*ages_days: int) -> bytes:
    items = "".join(
        f"<item><title>n</title><pubDate>{NOW - timedelta(days=age):%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
        for age in ages_days
    )
    return f'<rss version="2.0"><channel><title>t</title>{items}</channel></rss>'.encode()


def answer(*, status: int | None = 200, body: bytes = b"", **facts: Any) -> Answer:
    headers = CIMultiDict({"Content-Type": "application/rss+xml"})
    address = "https://a.example/feed"
    return Answer(url=address, final_url=address, status=status, headers=headers, body=body, **facts)


@pytest.mark.parametrize(
    ("given", "status", "word"),
    [
        pytest.param(answer(body=rss(0, 1, 2)), Status.OK, "newest 0 h old", id="fresh"),
        pytest.param(answer(body=rss(30, 31, 32)), Status.WARN, "nothing new for 30 days", id="silent"),
        pytest.param(answer(body=rss(30, 60, 90, 120, 150, 180)), Status.OK, "newest 30 d old", id="slow-by-nature"),
        pytest.param(answer(body=rss()), Status.WARN, "without entries", id="empty"),
        pytest.param(answer(body=b"<html><body>hi</body></html>"), Status.FAIL, "HTML page", id="page"),
        pytest.param(answer(status=404), Status.FAIL, "404", id="not-found"),
        pytest.param(answer(status=410), Status.FAIL, "410", id="gone"),
        pytest.param(answer(status=403), Status.FAIL, "403", id="forbidden"),
        pytest.param(answer(status=503), Status.WARN, "503", id="busy"),
        pytest.param(answer(status=429), Status.WARN, "429", id="too-many"),
        pytest.param(answer(status=None, trouble=Trouble.TIMEOUT, reason="slow"), Status.WARN, "slow", id="timeout"),
        pytest.param(
            answer(body=rss(0), permanent_url="https://b.example/"), Status.WARN, "moved for good", id="moved"
        ),
    ],
)
async def test_judging_a_feed(sample: SampleServer, given: Answer, status: Status, word: str) -> None:
    found = doctor_feeds.judge(sample.feeds[0], given, now=NOW)
    assert found.status is status
    assert word in found.finding
    assert bool(found.remedy) is (status is not Status.OK)


@pytest.mark.parametrize(
    ("skew_s", "status"),
    [
        pytest.param(2, Status.OK, id="right"),
        pytest.param(-120, Status.WARN, id="fast"),
        pytest.param(7200, Status.FAIL, id="hours"),
    ],
)
async def test_clock_against_servers(sample: SampleServer, skew_s: int, status: Status) -> None:
    check = doctor.ok("x", "y")
    reports = [doctor_feeds.FeedReport(feed=feed, check=check, skew=timedelta(seconds=skew_s)) for feed in sample.feeds]
    assert doctor_feeds.check_clock(reports).status is status


def test_edgar_wants_a_contact() -> None:
    assert doctor_feeds.check_contact(CollectorOptions()).status is Status.WARN
    assert "me@example.org" in doctor_feeds.check_contact(OPTIONS).finding


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


def invoke(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, args)
    return result.exit_code, result.output


def test_command_prints_json_and_exits_by_the_worst(tmp_path: Path, settings_file: Path) -> None:
    good = ("--settings", str(settings_file), "--db", str(tmp_path / "d.db"), "doctor", "--offline", "--json")
    code, text = invoke(*good)
    assert (code, json.loads(text)["ok"]) == (0, True)
    (tmp_path / "d.db").write_text("not a database " * 100, encoding="utf-8")
    code, text = invoke(*good)
    assert code == 1
    assert {row["status"] for row in json.loads(text)["checks"] if row["name"] == "Database"} == {"fail"}


def test_command_shows_wrong_settings_as_a_row(settings_file: Path) -> None:
    settings_file.write_text("[collector\n", encoding="utf-8")
    code, text = invoke("--settings", str(settings_file), "doctor", "--offline")
    assert code == 1
    assert "Settings" in text
    assert "Traceback" not in text


def test_command_refuses_an_unknown_feed(settings_file: Path) -> None:
    code, text = invoke("--settings", str(settings_file), "doctor", "--feed", "nobody")
    assert code == 2
    assert "nobody" in text


def test_config_show_path_and_check(settings_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "s3cret")
    options = ("--settings", str(settings_file), "--db", str(tmp_path / "d.db"), "config")
    code, text = invoke(*options, "show", "--changed", "--json")
    assert code == 0
    assert json.loads(text)["database.path"]["source"] == "option --db"
    assert set(json.loads(text)) == {"database.path", "discord.alert_channels", "discord.webhooks"}
    assert "s3cret" not in invoke(*options, "show")[1]
    assert str(settings_file) in invoke(*options, "path")[1]
    assert invoke(*options, "check")[0] == 0
    assert invoke(*options, "show", "nothing")[0] == 2


def test_config_check_tells_the_first_fault(settings_file: Path) -> None:
    settings_file.write_text('[collector]\ngroups = ["x"]\n', encoding="utf-8")
    code, text = invoke("--settings", str(settings_file), "config", "check")
    assert code == 3
    assert "collector" in text
