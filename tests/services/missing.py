"""What happens when the machine lacks a real part: a skipped test with the reason, and in CI a failed one."""

import os
from typing import NoReturn

import pytest


def missing(part: str) -> NoReturn:
    words = f"{part} is not installed on this machine; `make test` as root on Debian installs it"
    if os.environ.get("CI") == "true":
        pytest.fail(words, pytrace=False)
    pytest.skip(words)
