"""Which websites may embed a site's widget. Pure."""

from collections.abc import Iterable
from urllib.parse import urlsplit

#: stands for our own address in a site's list
SELF = "self"


def is_allowed(origin: str | None, *, allowed: Iterable[str], own: str) -> bool:
    """Exact match of scheme, host and port.

    Our own pages (the widget's frame, the help centre) always may; a request without an Origin is not from another
    website's script.
    """
    return origin in (None, own) or (origin != SELF and origin in allowed)


def frame_ancestors(allowed: Iterable[str]) -> str:
    """The sources of the CSP directive of the same name."""
    return " ".join("'self'" if each == SELF else each for each in allowed) or "'none'"


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
