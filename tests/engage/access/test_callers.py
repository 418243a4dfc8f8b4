"""Where a request comes from: what our own proxies say counts, and what the caller says does not."""

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from multidict import CIMultiDict

from engage.access import callers
from engage.settings import SETTINGS, Settings


@pytest.mark.parametrize(
    ("proxies", "lines", "address"),
    [
        (1, ["203.0.113.7"], "203.0.113.7"),
        (1, ["10.9.9.9, 203.0.113.7"], "203.0.113.7"),
        (1, ["10.9.9.9", "203.0.113.7"], "203.0.113.7"),
        (2, ["10.9.9.9", "203.0.113.7", "192.0.2.1"], "203.0.113.7"),
        (1, ["203.0.113.7:51234"], "203.0.113.7"),
        (1, ["[2001:db8::1]:443"], "2001:db8::1"),
        (1, ["2001:db8::1"], "2001:db8::1"),
        (0, ["10.9.9.9"], "unknown"),
        (2, ["10.9.9.9"], "unknown"),
    ],
)
def test_address_is_the_one_that_our_proxies_vouch_for(proxies: int, lines: list[str], address: str) -> None:
    app = web.Application()
    app[SETTINGS] = Settings(trusted_proxies=proxies)
    headers = CIMultiDict(("X-Forwarded-For", line) for line in lines)

    request = make_mocked_request("GET", "/", headers=headers, app=app).clone(remote="unknown")

    assert callers.address(request) == address
