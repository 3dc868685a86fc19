"""Where deliveries may go: https, and only to addresses of the public internet."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import IPv6Address, ip_address

import httpx

from graph.errors import JiangpuError

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


class AddressRefused(JiangpuError):
    """A place to which nothing is delivered."""


async def resolved(host: str, port: int) -> Sequence[str]:
    """All addresses of a host, as the operating system knows them."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


async def public_address(url: httpx.URL, resolve: Resolve = resolved) -> str:
    """The address to connect to; raises AddressRefused unless all addresses of the host are public.

    Asked anew for each delivery and used for it: a name that changes meanwhile changes nothing.
    """
    if url.scheme != "https" or not url.host or url.userinfo:
        raise AddressRefused("a webhook's address begins with https:// and holds no password")
    try:
        found = await resolve(url.host, url.port or 443)
    except OSError as error:
        raise AddressRefused(f"{url.host} has no address") from error
    if not found or not all(_is_public(address) for address in found):
        raise AddressRefused(
            f"{url.host} is not on the public internet; deliveries go nowhere else"
        )
    return found[0]


def _is_public(text: str) -> bool:
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is not None and not _is_public(str(inner)):
            return False
    return address.is_global and not address.is_multicast
