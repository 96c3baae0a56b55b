"""A plain webhook over real sockets: what it posts, and what each failure means."""

import json

import aiohttp
import pytest
from aiohttp import web

from bot.delivery.channel import Found, GoneError, InvalidError, LaterError, RefusedError, UnknownError
from bot.delivery.webhook import WebhookChannel
from bot.messages.message import Attachment, Button, Embed, Message


class Hook:
    """A server that answers as told and remembers what it got."""

    def __init__(self):
        self.status, self.headers, self.got, self.cut = 200, {}, [], False

    async def handle(self, request):
        parts = {}
        async for part in await request.multipart():
            parts[part.name] = await part.read()
        self.got.append((request.method, request.path_qs, json.loads(parts.pop("payload_json")), parts))
        if self.cut:
            request.transport.abort()
        return web.json_response({"id": "555"}, status=self.status, headers=self.headers)


@pytest.fixture
def hook():
    return Hook()


@pytest.fixture
async def channel(hook, aiohttp_server):
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", hook.handle)
    server = await aiohttp_server(app)
    async with aiohttp.ClientSession() as session:
        yield WebhookChannel(
            session, lambda name: str(server.make_url("/hook/secret")) if name == "room" else None, timeout_s=2
        )


def small(**extra):
    return Message(embeds=(Embed(title="t", colour=1),), buttons=(Button(label="Why", custom_id="mp:why:1"),), **extra)


async def test_it_posts_without_buttons_and_returns_the_id(channel, hook):
    assert await channel.send("room", small(), nonce="n", reply_to="1") == "555"
    method, path, body, _ = hook.got[0]
    assert (method, path) == ("POST", "/hook/secret?wait=true")
    assert "components" not in body
    assert body["allowed_mentions"] == {"parse": [], "roles": []}


async def test_a_picture_travels(channel, hook):
    await channel.send(
        "room", small(attachments=(Attachment(filename="c.png", content=b"PNG", alt="x"),)), nonce="n", reply_to=None
    )
    assert hook.got[0][3] == {"files[0]": b"PNG"}


async def test_edit_patches_its_message(channel, hook):
    await channel.edit("room", "555", small())
    assert hook.got[0][:2] == ("PATCH", "/hook/secret/messages/555")


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (429, LaterError),
        (400, InvalidError),
        (404, RefusedError),
        (401, RefusedError),
        (500, UnknownError),
        (503, UnknownError),
    ],
)
async def test_what_an_answer_means(channel, hook, status, error):
    hook.status, hook.headers = status, {"Retry-After": "7"}
    with pytest.raises(error) as caught:
        await channel.send("room", small(), nonce="n", reply_to=None)
    if status == 429:
        assert caught.value.after_s == 7.0


async def test_a_cut_connection_is_unknown_and_never_repeated_here(channel, hook):
    hook.cut = True
    with pytest.raises(UnknownError):
        await channel.send("room", small(), nonce="n", reply_to=None)
    assert len(hook.got) == 1


async def test_nothing_listening_is_surely_not_delivered(unused_tcp_port):
    async with aiohttp.ClientSession() as session:
        channel = WebhookChannel(session, lambda _: f"http://127.0.0.1:{unused_tcp_port}/hook")
        with pytest.raises(LaterError):
            await channel.send("room", small(), nonce="n", reply_to=None)


async def test_an_empty_setting_names_itself(channel):
    with pytest.raises(RefusedError, match="'nowhere' is empty"):
        await channel.send("nowhere", small(), nonce="n", reply_to=None)


async def test_a_deleted_message_is_gone_and_nothing_can_be_read_back(channel, hook):
    hook.status = 404
    with pytest.raises(GoneError):
        await channel.edit("room", "555", small())
    assert await channel.find("room", "MP-1", since=None) is Found.UNREADABLE
