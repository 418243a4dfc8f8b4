"""Which websites may embed the widget: exact origins, and nothing that only looks like one."""

import pytest

from engage.sites import origins

OWN = "https://care.example"
ALLOWED = ["https://shop.example", "self", "http://localhost:3000"]


@pytest.mark.parametrize("origin", ["https://shop.example", OWN, "http://localhost:3000"])
def test_listed_origin_may_embed(origin: str) -> None:
    assert origins.is_allowed(origin, allowed=ALLOWED, own=OWN)


@pytest.mark.parametrize(
    "origin",
    [
        "http://shop.example",
        "https://shop.example:8443",
        "https://evil-shop.example",
        "https://shop.example.evil.example",
        "https://sub.shop.example",
        "http://localhost:3001",
        "null",
        "self",
        "",
    ],
)
def test_origin_that_only_looks_like_a_listed_one_may_not(origin: str) -> None:
    assert not origins.is_allowed(origin, allowed=ALLOWED, own=OWN)


def test_our_own_pages_may_whatever_is_listed() -> None:
    assert origins.is_allowed(OWN, allowed=["https://shop.example"], own=OWN)


def test_request_without_an_origin_comes_from_no_script() -> None:
    assert origins.is_allowed(None, allowed=[], own=OWN)


def test_frame_ancestors_are_the_list_in_the_words_of_the_policy() -> None:
    assert origins.frame_ancestors(ALLOWED) == "'self' https://shop.example http://localhost:3000"
    assert origins.frame_ancestors([]) == "'self'"


def test_origin_of_an_address_leaves_out_its_path() -> None:
    assert origins.origin_of("https://care.example:8443/help/?q=1") == "https://care.example:8443"
