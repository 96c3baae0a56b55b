"""The way from the real client to the loopback server: Discord's names lead here, every other name is refused."""

import socket
import ssl

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from tests.loopback_discord.certificates import HOSTS


class LoopbackResolver(AbstractResolver):
    """Answers Discord's host names with our own port, so that nothing ever leaves the machine."""

    def __init__(self, port: int) -> None:
        self.port, self.asked = port, set()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked.add(host)
        if host not in HOSTS:
            raise OSError(f"{host} is not to be reached from a test")
        return [ResolveResult(hostname=host, host="127.0.0.1", port=self.port, family=socket.AF_INET, proto=0, flags=0)]

    async def close(self) -> None:
        """Nothing to close."""


def connector(port: int, trusting: ssl.SSLContext) -> aiohttp.TCPConnector:
    """Return what the composition root would inject."""
    return aiohttp.TCPConnector(limit=0, resolver=LoopbackResolver(port), ssl=trusting)
