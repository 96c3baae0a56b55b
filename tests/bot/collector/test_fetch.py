"""One GET against a server that misbehaves: every fault becomes a named trouble, within its bounds."""

import gzip
import zlib
from collections.abc import AsyncIterator

import aiohttp
import brotli
import pytest
from backports import zstd

from bot.collector.fetch import Answer, Trouble, fetch, open_session
from bot.collector.options import CollectorOptions
from tests.loopback import misbehave
from tests.loopback.world import Handler, LoopbackWorld

LIMIT = 1_000_000
BODY = b"<rss><channel><title>T</title></channel></rss>"


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with open_session(CollectorOptions(contact="ops@example.org", allow_loopback=True)) as session:
        yield session


async def get(session: aiohttp.ClientSession, url: str, **options: object) -> Answer:
    return await fetch(session, url, **{"max_bytes": LIMIT, **options})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("handler", "trouble"),
    [
        pytest.param(misbehave.endless_body, Trouble.TOO_LARGE, id="endless body"),
        pytest.param(misbehave.truncated_gzip(BODY * 50), Trouble.BROKEN, id="truncated gzip"),
        pytest.param(misbehave.encoded(b"no gzip at all", "gzip"), Trouble.BROKEN, id="not gzip"),
        pytest.param(misbehave.encoded(b"no deflate", "deflate"), Trouble.BROKEN, id="not deflate"),
        pytest.param(misbehave.encoded(b"no brotli", "br"), Trouble.BROKEN, id="not br"),
        pytest.param(misbehave.encoded(b"no zstd, none", "zstd"), Trouble.BROKEN, id="not zstd"),
        pytest.param(misbehave.encoded(BODY, "exotic"), Trouble.BROKEN, id="unknown encoding"),
        pytest.param(misbehave.bomb("gzip", 20), Trouble.TOO_LARGE, id="gzip bomb"),
        pytest.param(misbehave.bomb("deflate", 20), Trouble.TOO_LARGE, id="deflate bomb"),
        pytest.param(misbehave.bomb("br", 20), Trouble.TOO_LARGE, id="br bomb"),
        pytest.param(misbehave.bomb("zstd", 20), Trouble.TOO_LARGE, id="zstd bomb"),
        pytest.param(misbehave.wrong_length, Trouble.BROKEN, id="wrong length"),
        pytest.param(misbehave.reset, Trouble.UNREACHABLE, id="reset"),
        pytest.param(misbehave.garbage, Trouble.UNREACHABLE, id="not HTTP"),
        pytest.param(misbehave.redirect("/here"), Trouble.REDIRECTS, id="redirect loop"),
        pytest.param(misbehave.redirect("ftp://files.example/feed"), Trouble.REFUSED, id="redirect to ftp"),
        pytest.param(misbehave.redirect("file:///etc/passwd"), Trouble.REFUSED, id="redirect to file"),
        pytest.param(misbehave.redirect("http://[nonsense"), Trouble.UNREACHABLE, id="redirect to nonsense"),
    ],
)
async def test_a_fault_is_named(
    world: LoopbackWorld, session: aiohttp.ClientSession, handler: Handler, trouble: Trouble
) -> None:
    world.on("/here", handler)
    answer = await get(session, world.url("/here"))
    assert (answer.trouble, bool(answer.reason), answer.body) == (trouble, True, b"")


@pytest.mark.parametrize(
    "handler", [pytest.param(misbehave.never, id="headers"), pytest.param(misbehave.slow_body, id="body")]
)
async def test_a_slow_answer_is_given_up(world: LoopbackWorld, handler: Handler) -> None:
    world.on("/here", handler)
    async with open_session(CollectorOptions(allow_loopback=True, total_timeout_s=0.2)) as session:
        assert (await get(session, world.url("/here"))).trouble is Trouble.TIMEOUT


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        pytest.param("gzip", gzip.compress(BODY), id="gzip"),
        pytest.param("gzip", gzip.compress(BODY[:20]) + gzip.compress(BODY[20:]), id="gzip in two members"),
        pytest.param("", gzip.compress(BODY), id="gzip that nobody announced"),
        pytest.param("x-gzip", gzip.compress(BODY), id="x-gzip"),
        pytest.param("deflate", zlib.compress(BODY), id="deflate"),
        pytest.param("deflate", zlib.compress(BODY)[2:-4], id="raw deflate"),
        pytest.param("br", brotli.compress(BODY), id="br"),
        pytest.param("zstd", zstd.compress(BODY), id="zstd"),
        pytest.param("zstd", zstd.compress(BODY[:20]) + zstd.compress(BODY[20:]), id="zstd in two frames"),
        pytest.param("identity", BODY, id="identity"),
    ],
)
async def test_every_encoding_is_undone(
    world: LoopbackWorld, session: aiohttp.ClientSession, encoding: str, packed: bytes
) -> None:
    world.on("/here", misbehave.encoded(packed, encoding))
    assert (await get(session, world.url("/here"))).body == BODY


async def test_a_body_just_within_the_limit_is_read(world: LoopbackWorld, session: aiohttp.ClientSession) -> None:
    world.on("/here", misbehave.encoded(gzip.compress(b"x" * LIMIT), "gzip"))
    assert len((await get(session, world.url("/here"))).body) == LIMIT


async def test_a_length_announced_beyond_the_limit_is_not_read(
    world: LoopbackWorld, session: aiohttp.ClientSession
) -> None:
    world.put("/here", b"x" * (LIMIT + 1))
    assert (await get(session, world.url("/here"))).trouble is Trouble.TOO_LARGE


async def test_validators_are_echoed_to_the_byte(world: LoopbackWorld, session: aiohttp.ClientSession) -> None:
    world.put("/here", BODY, etag='W/"x y"', last_modified="Sun, 2 Nov 25 09:00:00 +0000")
    answer = await get(session, world.url("/here"), etag='W/"x y"', last_modified="Sun, 2 Nov 25 09:00:00 +0000")
    assert answer.status == 304
    (asked,) = world.requests
    assert asked.headers["If-None-Match"] == 'W/"x y"'
    assert asked.headers["If-Modified-Since"] == "Sun, 2 Nov 25 09:00:00 +0000"
    assert asked.headers["User-Agent"] == "MarketPulse/0.1 (ops@example.org)"


@pytest.mark.parametrize(
    ("steps", "permanent"),
    [
        pytest.param((301,), "/1", id="301"),
        pytest.param((308, 301), "/2", id="308 then 301"),
        pytest.param((302,), None, id="302"),
        pytest.param((307,), None, id="307"),
        pytest.param((301, 302), "/1", id="301 then 302 counts to the first step"),
        pytest.param((302, 301), None, id="302 then 301"),
    ],
)
async def test_a_chain_is_permanent_up_to_its_first_temporary_step(
    world: LoopbackWorld, session: aiohttp.ClientSession, steps: tuple[int, ...], permanent: str | None
) -> None:
    for n, status in enumerate(steps):
        world.on(f"/{n}", misbehave.redirect(f"/{n + 1}", status))
    world.put(f"/{len(steps)}", BODY)
    answer = await get(session, world.url("/0"))
    assert answer.body == BODY
    assert answer.final_url == world.url(f"/{len(steps)}")
    assert answer.permanent_url == (permanent and world.url(permanent))


async def test_credentials_stay_with_their_host(world: LoopbackWorld, session: aiohttp.ClientSession) -> None:
    async with LoopbackWorld() as other:
        other.put("/there", BODY)
        world.on("/away", misbehave.redirect(other.url("/there")))
        world.on("/near", misbehave.redirect("/target"))
        world.put("/target", BODY)
        with_password = world.url("/away").replace("//", "//reader:secret@")
        answer = await get(session, with_password)
        assert (answer.body, "secret" in answer.final_url) == (BODY, False)
        await get(session, with_password.replace("/away", "/near"))
        assert "Authorization" in world.asked("/target")[0].headers
        assert "Authorization" not in other.requests[0].headers


async def test_credentials_in_a_redirect_are_not_used(world: LoopbackWorld, session: aiohttp.ClientSession) -> None:
    world.on("/here", misbehave.redirect(world.url("/target").replace("//", "//made:up@")))
    world.put("/target", BODY)
    await get(session, world.url("/here"))
    assert "Authorization" not in world.asked("/target")[0].headers


async def test_cookies_are_not_kept(world: LoopbackWorld, session: aiohttp.ClientSession) -> None:
    world.put("/here", BODY, headers={"Set-Cookie": "track=1"})
    await get(session, world.url("/here"))
    await get(session, world.url("/here"))
    assert "Cookie" not in world.requests[1].headers
