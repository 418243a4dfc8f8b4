"""Fixtures of the server's own tests."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tests.house import House

BuildHouse: TypeAlias = Callable[..., Awaitable[House]]


@pytest.fixture
async def build_house(database_url: str, tmp_path: Path) -> AsyncIterator[BuildHouse]:
    """A house with settings of the test's own; whatever went wrong behind the scenes fails the test."""
    async with AsyncExitStack() as standing:
        houses: list[House] = []

        async def build(**settings: Any) -> House:
            house = await standing.enter_async_context(House(database_url, tmp_path, **settings))
            houses.append(house)
            return house

        yield build
        complaints = [complaint for house in houses for complaint in await house.complaints()]
        assert not complaints, "\n\n".join(complaints)


@pytest.fixture
async def house(build_house: BuildHouse) -> House:
    """The whole server in the test, on both databases, with a clock that only the test moves."""
    return await build_house()
