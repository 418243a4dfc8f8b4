"""Which websites may embed a site's widget. Pure."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from engage.sites.errors import NoOrigin

#: stands for our own address in a site's list
SELF = "self"
#: what may stand in a header of ours: nothing that ends a directive
HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(\.(?!-)[a-z0-9-]{1,63})*")
LONGEST = 255


def is_allowed(origin: str | None, *, allowed: Iterable[str], own: str) -> bool:
    """Exact match of scheme, host and port.

    Our own pages (the widget's frame, the help centre) always may; a request without an Origin is not from another
    website's script.
    """
    return origin in (None, own) or (origin != SELF and origin in allowed)


def frame_ancestors(allowed: Iterable[str]) -> str:
    """The sources of the CSP directive of the same name; our own pages always may."""
    return " ".join(["'self'", *(each for each in allowed if each != SELF)])


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def parsed(text: str) -> str:
    """The exact origin of what a person typed, or copied with its path from his address bar. Raises NoOrigin."""
    try:
        parts = urlsplit(text.strip())
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode()
    except (ValueError, UnicodeError) as problem:
        raise NoOrigin from problem
    if parts.scheme not in ("http", "https") or parts.username is not None or not HOST.fullmatch(host):
        raise NoOrigin
    if len(host) > LONGEST:
        raise NoOrigin
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + (f":{port}" if port not in (None, usual) else "")
