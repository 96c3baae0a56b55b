"""No address inside this machine or its network is ever connected to, whatever name or redirect leads there."""

import socket

import aiohttp
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.collector.addresses import RefusedAddressError, check_url, guarded_sockets, refusal
from bot.collector.fetch import Trouble, fetch, open_session
from bot.collector.options import CollectorOptions
from tests.loopback import misbehave
from tests.loopback.world import LoopbackWorld


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "127.8.8.8", "::1", "0.0.0.0", "::", "10.0.0.1", "172.16.5.4", "192.168.1.1", "100.64.0.1",
        "169.254.169.254", "fe80::1%eth0", "fd00:ec2::254", "168.63.129.16", "192.0.0.192", "224.0.0.1", "ff02::1",
        "255.255.255.255", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::",
        "198.18.0.1", "240.0.0.1", "2001:db8::1",
    ],
)  # fmt: skip
def test_an_inner_number_is_refused(number: str) -> None:
    assert refusal(number, allow_loopback=False)


@pytest.mark.parametrize("number", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "8.8.8.8"])
def test_a_public_number_is_allowed(number: str) -> None:
    assert refusal(number, allow_loopback=False) is None


@pytest.mark.parametrize(
    ("number", "allowed"), [("127.0.0.1", True), ("::1", True), ("10.0.0.1", False), ("169.254.169.254", False)]
)
def test_the_setting_allows_this_machine_only(number: str, allowed: bool) -> None:
    assert (refusal(number, allow_loopback=True) is None) is allowed


@pytest.mark.parametrize(
    "url",
    ["ftp://a.example/", "file:///etc/passwd", "javascript:alert(1)", "http://", "//a.example/x", "gopher://x", ""],
)
def test_only_the_web_is_fetched(url: str) -> None:
    with pytest.raises(RefusedAddressError):
        check_url(url)


class Rebinding(AbstractResolver):
    """Gives another number each time it is asked."""

    def __init__(self, *numbers: str) -> None:
        self.numbers = list(numbers)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        number = self.numbers.pop(0)
        return [ResolveResult(hostname=host, host=number, port=port, family=socket.AF_INET, proto=0, flags=0)]

    async def close(self) -> None:
        return


async def _get(resolver: AbstractResolver, url: str, *, allow_loopback: bool = False) -> str:
    connector = aiohttp.TCPConnector(
        resolver=resolver,
        use_dns_cache=False,
        force_close=True,  # no connection is kept, so every request looks the name up again
        socket_factory=guarded_sockets(allow_loopback=allow_loopback),
    )
    async with aiohttp.ClientSession(connector=connector, auto_decompress=False) as session:
        answer = await fetch(session, url, max_bytes=1000)
    return f"{answer.trouble}: {answer.reason}"


@pytest.mark.parametrize("number", ["127.0.0.1", "10.1.2.3", "169.254.169.254"])
async def test_a_name_that_leads_inside_is_refused_when_connecting(number: str) -> None:
    outcome = await _get(Rebinding(number), "http://innocent.example/feed")
    assert outcome.startswith(f"refused: {number} is refused")


async def test_a_name_that_changes_its_number_after_the_redirect_is_refused(world: LoopbackWorld) -> None:
    world.on("/feed", misbehave.redirect(f"http://rebind.example:{world.port}/secret"))
    world.put("/secret", b"secret")
    outcome = await _get(
        Rebinding("127.0.0.1", "10.0.0.7"), f"http://rebind.example:{world.port}/feed", allow_loopback=True
    )
    assert outcome.startswith("refused: 10.0.0.7 is refused")
    assert [asked.path for asked in world.requests] == ["/feed"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0x7f.1", "2130706433"])
async def test_this_machine_is_refused_by_default(world: LoopbackWorld, host: str) -> None:
    world.put("/feed", b"secret")
    async with open_session(CollectorOptions()) as session:
        answer = await fetch(session, f"http://{host}:{world.port}/feed", max_bytes=1000)
    assert answer.trouble in {Trouble.REFUSED, Trouble.UNREACHABLE}
    assert not world.requests


async def test_a_redirect_to_the_metadata_service_is_refused(world: LoopbackWorld) -> None:
    world.on("/feed", misbehave.redirect("http://169.254.169.254/latest/meta-data/"))
    async with open_session(CollectorOptions(allow_loopback=True)) as session:
        answer = await fetch(session, world.url("/feed"), max_bytes=1000)
    assert answer.trouble is Trouble.REFUSED
    assert "metadata" in answer.reason
