"""The real client over TLS and real sockets: start, commands, buttons, delivery, and every known way to fail."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from bot.delivery.channel import UnknownError
from bot.discord.channel import DiscordChannel
from bot.discord.client import PulseClient, Supervisor
from bot.discord.services import Services
from bot.messages.message import Attachment, Embed, Message
from bot.store import Store
from tests.loopback_discord import contract
from tests.loopback_discord.rest import failing, rate_limited
from tests.loopback_discord.server import loopback_discord


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "p.db")
    yield store
    store.close()


@pytest.fixture
async def discord(tmp_path):
    async with loopback_discord(tmp_path) as server:
        yield server
        assert server.rest.objections == []


def make_client(discord, store):
    return PulseClient(Services(store=store), connector=discord.connector(), guild_ready_timeout=0.05)


@asynccontextmanager
async def connected(discord, store, *, token="good-token"):
    async with supervised(lambda: make_client(discord, store), token=token) as supervisor:
        yield supervisor


@asynccontextmanager
async def supervised(make, *, token="good-token"):
    supervisor = Supervisor(make, token, sleep=lambda _: asyncio.sleep(0.01))
    task = asyncio.create_task(supervisor.run())
    try:
        await ready(supervisor, task)
        yield supervisor
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def ready(supervisor, task):
    async with asyncio.timeout(8):
        while not (supervisor.client and supervisor.client.is_ready()):
            if task.done():
                await task
            await asyncio.sleep(0.01)


def small(title="t"):
    return Message(embeds=(Embed(title=title, colour=1, footer="MP-1 · f"),))


async def test_start_syncs_once_and_answers_a_command(discord, store):
    async with connected(discord, store):
        names = {command["name"] for command in discord.memory.commands}
        assert {"setup", "watch", "deals", "deal", "status", "help", "feeds", "digest"} <= names
        token = await discord.command("deals")
        answer = await discord.answer(token)
        assert answer["data"]["embeds"][0]["title"] == "No stored deal fits"
        assert answer["data"]["flags"] & 64
    puts = [call for call in discord.rest.calls if call[0] == "PUT"]
    async with connected(discord, store):
        assert [call for call in discord.rest.calls if call[0] == "PUT"] == puts


async def test_a_deferred_answer_follows(discord, store):
    async with connected(discord, store):
        token = await discord.command("now", group="digest")
        assert (await discord.answer(token))["type"] == 5
        assert "quiet week" in (await discord.followup(token))["embeds"][0]["title"]


async def test_a_button_of_an_earlier_life_is_answered(discord, store):
    async with connected(discord, store):
        message = {
            "id": "77", "type": 0, "content": "", "channel_id": "500", "author": {"id": "100", "username": "p", "discriminator": "0", "avatar": None},
            "embeds": [], "attachments": [],
            "components": [{"type": 1, "components": [{"type": 2, "style": 2, "label": "Sources", "custom_id": "mp:sources:7"}]}], "mentions": [], "mention_roles": [], "mention_everyone": False,
            "pinned": False, "tts": False, "flags": 0, "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None,
        }  # fmt: skip
        token = await discord.press("mp:sources:7", message)
        assert "I have no deal" in (await discord.answer(token))["data"]["content"]


async def test_delivery_with_a_picture(discord, store):
    async with connected(discord, store) as line:
        chart = Attachment(filename="c.png", content=b"\x89PNG" * 50, alt="what it shows")
        message = Message(embeds=(Embed(title="t", colour=1, image="c.png"),), attachments=(chart,))
        await DiscordChannel(line).send("500", message, nonce="n1", reply_to=None)
        (sent,) = discord.memory.in_channel(500)
        assert sent.body["files"] == [{"filename": "c.png", "size": 200, "description": "what it shows"}]
        assert (sent.body["nonce"], sent.body["enforce_nonce"]) == ("n1", True)


async def test_the_same_nonce_is_one_message(discord, store):
    async with connected(discord, store) as line:
        channel = DiscordChannel(line)
        discord.rest.fault = once("swallow")
        with pytest.raises(UnknownError):
            await channel.send("500", small(), nonce="n1", reply_to=None)
        again = await channel.send("500", small(), nonce="n1", reply_to=None)
        assert [str(message.id) for message in discord.memory.in_channel(500)] == [again]


@pytest.mark.parametrize("status", [503, 520])
async def test_trouble_discord_py_does_not_retry_is_unknown(discord, store, status):
    async with connected(discord, store) as line:
        discord.rest.fault = once(failing(status))
        with pytest.raises(UnknownError, match=str(status)):
            await DiscordChannel(line).send("500", small(), nonce="n1", reply_to=None)


async def test_a_repetition_by_discord_py_never_leaves_late(discord, store):
    """After a 500, 502 or 504 it posts again by itself, perhaps when Discord has forgotten the nonce."""
    async with connected(discord, store) as line:
        discord.rest.fault = once("taken, but failing")
        with pytest.raises(UnknownError, match="so late"):
            await DiscordChannel(line).send("500", small(), nonce="n1", reply_to=None, leave_within_s=0.5)
        assert discord.rest.calls.count(("POST", "/channels/500/messages")) == 1


async def test_a_limit_after_an_error_leaves_the_outcome_open(discord, store):
    async with connected(discord, store) as line:
        limited = rate_limited(1)
        del limited.headers["Via"]  # then discord.py gives up at once
        troubles = [limited, "taken, but failing"]
        discord.rest.fault = lambda method, path: troubles.pop() if troubles and path.endswith("/messages") else None
        with pytest.raises(UnknownError, match="after an error"):
            await DiscordChannel(line).send("500", small(), nonce="n1", reply_to=None)


async def test_rate_limits_are_waited_out(discord, store):
    async with connected(discord, store) as line:
        discord.rest.fault = once(rate_limited(0.05))
        await DiscordChannel(line).send("500", small(), nonce="n1", reply_to=None)
        discord.rest.fault = once(rate_limited(0.05, everywhere=True))
        await DiscordChannel(line).send("500", small(), nonce="n2", reply_to=None)
        assert len(discord.memory.in_channel(500)) == 2


@pytest.mark.parametrize("cut", ["abort", "reconnect", "close"])
async def test_a_dropped_connection_resumes_and_misses_nothing(discord, store, cut):
    async with connected(discord, store):
        if cut == "abort":
            discord.gateway.abort_all()
        elif cut == "reconnect":
            await discord.gateway.ask_to_reconnect()
        else:
            await discord.gateway.close_all(4000)
        token = await discord.command("status")
        assert (await discord.answer(token))["data"]["embeds"][0]["title"] == "All well"
        assert discord.gateway.resumes >= 1


class Hasty(PulseClient):
    async def before_identify_hook(self, shard_id, *, initial=False):
        """Do not wait five seconds before a session begins anew."""


async def test_a_session_that_discord_forgot_begins_anew(discord, store):
    def make():
        return Hasty(Services(store=store), connector=discord.connector(), guild_ready_timeout=0.05)

    discord.gateway.refuse_resume = True
    async with supervised(make) as line:
        discord.gateway.abort_all()
        async with asyncio.timeout(8):
            while discord.gateway.identifies < 2 or not line.client.is_ready():  # noqa: ASYNC110 - a foreign client
                await asyncio.sleep(0.02)
        token = await discord.command("status")
        assert await discord.answer(token)


async def test_a_connection_without_heartbeat_answers_is_resumed(tmp_path, store):
    async with loopback_discord(tmp_path, heartbeat_s=0.2) as discord:

        def make():
            options = {"connector": discord.connector(), "guild_ready_timeout": 0.05, "heartbeat_timeout": 0.6}
            return PulseClient(Services(store=store), **options)

        async with supervised(make):
            discord.gateway.mute_acks = True
            async with asyncio.timeout(8):
                while not discord.gateway.resumes:  # noqa: ASYNC110 - the server's counters have no event
                    await asyncio.sleep(0.02)
            discord.gateway.mute_acks = False
            token = await discord.command("status")
            assert await discord.answer(token)


async def test_a_refused_first_connect_is_tried_again(discord, store):
    """discord.py leaves start() with an AttributeError when the very first gateway connection fails."""
    refused = []
    handle = discord.gateway.handle

    async def refuse(request):
        if not refused:
            refused.append(1)
            request.transport.abort()
        return await handle(request)

    discord.gateway.handle = refuse
    async with connected(discord, store) as supervisor:
        assert refused
        assert supervisor.client.is_ready()


async def test_an_event_that_cannot_be_parsed_does_not_end_the_bot(discord, store):
    """discord.py lets a KeyError out of start() for a message without its type."""
    async with connected(discord, store) as supervisor:
        first = supervisor.client
        await discord.gateway.dispatch("MESSAGE_CREATE", {"id": "1", "channel_id": "500"})
        async with asyncio.timeout(8):
            while supervisor.client is first or not supervisor.client.is_ready():  # noqa: ASYNC110 - a foreign client has no event to wait for
                await asyncio.sleep(0.01)
        token = await discord.command("status")
        assert await discord.answer(token)


async def test_a_command_that_raises_is_answered(discord, store):
    """discord.py only logs it; the person would look at a failed interaction."""
    async with connected(discord, store) as supervisor:
        supervisor.client.services.store.close()
        token = await discord.command("status")
        assert "Something broke on my side" in (await discord.answer(token))["data"]["content"]


async def test_a_wrong_token_ends_with_the_remedy(discord, store):
    with pytest.raises(Exception, match="Copy it again from the developer portal"):
        async with connected(discord, store, token="bad-token"):
            pass


def once(trouble):
    left = [trouble]

    def fault(method, path):
        return left.pop() if left and method == "POST" and path.endswith("/messages") else None

    return fault


@pytest.mark.skipif(not contract.available(), reason="Discord's API description is not beside the project")
def test_the_contract_objects_to_what_discord_refuses():
    long = {"embeds": [{"title": "x" * 300}]}
    assert contract.faults("/channels/{channel_id}/messages", "post", long)
    assert contract.faults("/channels/{channel_id}/messages", "post", {"content": "ok"}) == []
