"""Where a request comes from, as far as it can be known."""

from aiohttp import web

from engage.settings import SETTINGS


def address(request: web.Request) -> str:
    """The caller's address: the last hop that a proxy of ours vouches for, else the connection's own."""
    hops = request.app[SETTINGS].trusted_proxies
    # a proxy may add a line of its own below the caller's, as HAProxy does: the last line counts, not the first
    lines = ",".join(request.headers.getall("X-Forwarded-For", ()))
    forwarded = [hop.strip() for hop in lines.split(",") if hop.strip()]
    if hops and len(forwarded) >= hops:
        return _without_port(forwarded[-hops])
    return request.remote or "unknown"


def _without_port(hop: str) -> str:
    """Some proxies write where the connection came from: 203.0.113.7:51234, [2001:db8::1]:443."""
    if hop.startswith("["):
        return hop[1:].partition("]")[0]
    return hop.partition(":")[0] if hop.count(":") == 1 else hop
