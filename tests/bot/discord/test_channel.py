"""Delivery through the real client: what is sent, edited, found, and what each refusal means."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import discord
import pytest

from bot.delivery.channel import Found, GoneError, InvalidError, LaterError, RefusedError
from bot.delivery.news import EventKind, NewsEvent
from bot.discord.channel import DiscordChannel
from bot.discord.client import PulseClient
from bot.discord.services import Services
from bot.messages.message import Attachment, Embed, Message
from bot.messages.render import alert_message
from bot.store import Store
from db import watches
from db.watches import WatchDraft

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def simcord_bot(tmp_path):
    store = Store(tmp_path / "p.db")
    yield PulseClient(Services(store=store), guild_ready_timeout=0.05)
    store.close()


@pytest.fixture
def line(simcord_env):
    class Line:
        client = simcord_env.bot

    return Line()


@pytest.fixture
def place(simcord_env):
    return simcord_env.create_guild().create_text_channel("deals")


@pytest.fixture
def alert(make_deal, now):
    return alert_message(make_deal(), NewsEvent(kind=EventKind.NEW, at=now), row="MP-7")


async def test_an_alert_arrives_as_rendered_with_its_buttons(line, place, alert):
    message_id = await DiscordChannel(line).send(str(place.id), alert, nonce="n" * 24, reply_to=None)
    arrived = place.last_message
    assert str(arrived.id) == message_id
    assert arrived.embeds[0].title == alert.embeds[0].title
    assert arrived.components[0].children[0].custom_id == "mp:sources:7"


async def test_a_picture_travels_with_its_words(line, place):
    chart = Attachment(filename="c.png", content=b"PNG", alt="what it shows")
    message = Message(embeds=(Embed(title="t", colour=1, image="c.png"),), attachments=(chart,))
    await DiscordChannel(line).send(str(place.id), message, nonce="1", reply_to=None)
    assert place.last_message.attachments[0].description == "what it shows"


async def test_edit_replaces_and_never_pings_again(line, place, alert):
    channel = DiscordChannel(line)
    message_id = await channel.send(str(place.id), alert, nonce="1", reply_to=None)
    await channel.edit(str(place.id), message_id, Message(embeds=(Embed(title="changed", colour=1),), role_id=5))
    assert place.last_message.embeds[0].title == "changed"
    assert place.last_message.content == ""


async def test_a_reply_points_at_the_alert_and_stands_alone_when_it_is_gone(line, place, alert):
    channel = DiscordChannel(line)
    first = await channel.send(str(place.id), alert, nonce="1", reply_to=None)
    await channel.send(str(place.id), alert, nonce="2", reply_to=first)
    assert place.last_message.reference.message_id == int(first)
    await (await line.client.get_channel(place.id).fetch_message(int(first))).delete()
    assert await channel.send(str(place.id), alert, nonce="3", reply_to=first)


async def test_find_reads_the_footers_first_word(line, place, alert):
    channel = DiscordChannel(line)
    message_id = await channel.send(str(place.id), alert, nonce="1", reply_to=None)
    assert await channel.find(str(place.id), "MP-7", since=LONG_AGO) == message_id
    assert await channel.find(str(place.id), "MP-77", since=LONG_AGO) is Found.ABSENT
    assert (
        await channel.find(str(place.id), "MP-7", since=line.client.user.created_at + timedelta(days=9999))
        is Found.ABSENT
    )


async def test_a_deleted_alert_is_gone(line, place, alert):
    channel = DiscordChannel(line)
    message_id = await channel.send(str(place.id), alert, nonce="1", reply_to=None)
    await (await line.client.get_channel(place.id).fetch_message(int(message_id))).delete()
    with pytest.raises(GoneError):
        await channel.edit(str(place.id), message_id, alert)


async def test_a_closed_channel_refuses(line, simcord_env, alert):
    guild = simcord_env.create_guild()
    closed = guild.create_text_channel(
        "closed", overwrites={guild.default_role: discord.PermissionOverwrite(send_messages=False)}
    )
    with pytest.raises(RefusedError, match="Missing Permissions"):
        await DiscordChannel(line).send(str(closed.id), alert, nonce="1", reply_to=None)
    with pytest.raises(RefusedError, match="code 10003"):
        await DiscordChannel(line).send("123456789012345678", alert, nonce="1", reply_to=None)


async def test_an_oversized_message_never_leaves(line, place):
    with pytest.raises(InvalidError, match="title has 300 characters"):
        await DiscordChannel(line).send(
            str(place.id), Message(embeds=(Embed(title="x" * 300, colour=1),)), nonce="1", reply_to=None
        )


async def test_without_a_connection_it_waits(alert):
    class Nobody:
        client = None

    with pytest.raises(LaterError, match="not connected"):
        await DiscordChannel(Nobody()).send("1", alert, nonce="1", reply_to=None)


async def test_only_the_chosen_role_is_pinged(line, simcord_env, alert):
    guild = simcord_env.create_guild()
    room, role = guild.create_text_channel("deals"), guild.create_role("Traders", mentionable=True)
    message = replace(alert, role_id=role.id)
    await DiscordChannel(line).send(str(room.id), message, nonce="1", reply_to=None)
    assert room.last_message.content == f"<@&{role.id}>"
    (post,) = [
        entry for entry in simcord_env.http_requests if entry.path.endswith("/messages") and entry.method == "POST"
    ]
    assert post.json["allowed_mentions"]["roles"] == [role.id]
    assert post.json["allowed_mentions"].get("parse", []) == []


async def test_a_left_servers_watches_stop_at_once(line, simcord_env):
    guild = simcord_env.create_guild()
    services, real = line.client.services, line.client.get_guild(guild.id)
    draft = WatchDraft(name="w", guild_id=str(guild.id), channel_id="1")
    await line.client.on_guild_join(real)
    await services.store.run(watches.add_watch, draft, now=LONG_AGO)
    await line.client.on_guild_remove(real)
    (watch,) = await services.store.run(watches.list_watches)
    assert watch.disabled_reason == "the bot left the server"
