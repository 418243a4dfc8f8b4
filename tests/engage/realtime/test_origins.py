import pytest

from engage.realtime.origins import is_same_origin


@pytest.mark.parametrize(
    ("origin", "host", "public_url", "allowed"),
    [
        (None, "care.example", None, True),
        ("https://care.example", "care.example", None, True),
        ("http://127.0.0.1:8000", "127.0.0.1:8000", None, True),
        ("https://Care.Example", "care.example", None, True),
        ("https://care.example", "10.0.0.7:8000", "https://care.example/", True),
        ("https://shop.example", "care.example", None, False),
        ("https://shop.example", "care.example", "https://care.example", False),
        ("http://127.0.0.1:9000", "127.0.0.1:8000", None, False),
        ("http://care.example", "10.0.0.7:8000", "https://care.example", False),
        ("https://care.example.evil.example", "care.example", "https://care.example", False),
        ("null", "care.example", None, False),
        ("null", "", None, False),
        ("", "", None, False),
    ],
)
def test_only_pages_of_our_own_host_connect(
    origin: str | None, host: str, public_url: str | None, allowed: bool
) -> None:
    assert is_same_origin(origin, host=host, public_url=public_url) is allowed
