"""Deliveries go to the public internet only."""

from collections.abc import Sequence

import httpx
import pytest

from graph.jobs.addresses import AddressRefused, public_address
from graph.jobs.webhooks import signature


def resolving(*addresses: str):
    async def resolve(host: str, port: int) -> Sequence[str]:
        return addresses

    return resolve


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *(
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "::1",
            "fe80::1%eth0",
            "fc00::1",
        ),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "ff02::1", "::"),
    ],
)
async def test_inner_addresses_are_refused(address: str) -> None:
    url = httpx.URL("https://partner.test/hook")
    with pytest.raises(AddressRefused, match="not on the public internet"):
        await public_address(url, resolving(address))
    with pytest.raises(AddressRefused):
        await public_address(url, resolving("93.184.215.14", address))


async def test_public_address_is_the_one_to_connect_to() -> None:
    url = httpx.URL("https://partner.test/hook")
    assert await public_address(url, resolving("93.184.215.14")) == "93.184.215.14"


@pytest.mark.parametrize(
    "url", ["http://partner.test/", "https://user:word@partner.test/", "file:///etc"]
)
async def test_other_schemes_and_passwords_are_refused(url: str) -> None:
    with pytest.raises(AddressRefused, match="https"):
        await public_address(httpx.URL(url), resolving("93.184.215.14"))


def test_signature_covers_time_and_body() -> None:
    one = signature("secret", b"{}", 1)
    assert one == "t=1,v1=" + one.rpartition("=")[2]
    assert len({one, signature("secret", b"{} ", 1), signature("secret", b"{}", 2)}) == 3
    assert signature("other", b"{}", 1) != one
