"""Which addresses may be fetched: the web only, and never this machine, its network or a cloud's metadata service.

Feeds and pages come from strangers, so an address is checked twice: its form before a request, and the number the
socket is about to connect to, after all name resolution. The second check holds against redirects and DNS rebinding.
"""

import ipaddress
import socket
from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias

from yarl import URL

AddrInfo: TypeAlias = tuple[int, int, int, str, tuple[str, int] | tuple[str, int, int, int]]
_IPAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

#: Azure's WireServer and metadata address is the one such service on a public number.
_METADATA = frozenset({ipaddress.ip_address("168.63.129.16")})
#: Protocol assignments, among them Oracle's metadata service; older Pythons call most of this network global.
_ASSIGNMENTS = ipaddress.ip_network("192.0.0.0/24")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class RefusedAddressError(OSError):
    """An address that must not be fetched."""

    def __init__(self, address: str, reason: str) -> None:
        self.address, self.reason = address, reason
        super().__init__(f"{address} is refused: {reason}")


@lru_cache(maxsize=4096)
def check_url(url: str) -> URL:
    """Return the parsed address if it is of the web. Raises RefusedAddressError."""
    try:
        parsed = URL(url)
        port_ok = parsed.port is not None
    except ValueError as error:
        raise RefusedAddressError(url, "it is not an address") from error
    if parsed.scheme not in {"http", "https"}:
        raise RefusedAddressError(url, "only http and https are fetched")
    if not parsed.host or not port_ok:
        raise RefusedAddressError(url, "it names no host")
    return parsed


def refusal(number: str, *, allow_loopback: bool) -> str | None:
    """Say why an IP address must not be connected to; None when it may."""
    address = _unwrapped(ipaddress.ip_address(number.partition("%")[0]))
    if address.is_loopback:
        return None if allow_loopback else "it is this machine"
    if address in _METADATA or address.is_link_local:
        return "it is link-local or a cloud's metadata service"
    if address.is_multicast:
        return "it is multicast"
    if not address.is_global or address in _ASSIGNMENTS:
        return "it is in a private or reserved network"
    return None


def _unwrapped(address: _IPAddress) -> _IPAddress:
    """Return the IPv4 address that an IPv6 one carries (mapped, 6to4, Teredo, NAT64), else the address itself."""
    if not isinstance(address, ipaddress.IPv6Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else address)


def guarded_sockets(*, allow_loopback: bool) -> Callable[[AddrInfo], socket.socket]:
    """Return a socket factory for aiohttp's connector that refuses forbidden numbers at connect time."""

    def make(info: AddrInfo) -> socket.socket:
        family, kind, protocol, _, sockaddr = info
        number = str(sockaddr[0])
        if reason := refusal(number, allow_loopback=allow_loopback):
            raise RefusedAddressError(number, reason)
        return socket.socket(family, kind, protocol)

    return make
