from collections.abc import AsyncIterator

import pytest

from tests.engage.kit.workshop import Workshop


@pytest.fixture
async def workshop(database_url: str) -> AsyncIterator[Workshop]:
    """The kit without any slice, on both databases."""
    async with Workshop(database_url) as workshop:
        yield workshop
