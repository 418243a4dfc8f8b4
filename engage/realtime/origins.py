"""Whose pages may connect: our own. Chat frame and console are served by this host. Pure."""

from urllib.parse import urlsplit


def is_same_origin(origin: str | None, *, host: str, public_url: str | None) -> bool:
    """A browser names the page's origin with every websocket; a client that names none is no browser.

    The scheme is compared only with the public URL: behind a proxy that ends TLS we do not see our own.
    """
    if origin is None:
        return True
    if public_url is not None and origin == origin_of(public_url):
        return True
    page = urlsplit(origin).netloc.lower()
    return page != "" and page == host.lower()


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
