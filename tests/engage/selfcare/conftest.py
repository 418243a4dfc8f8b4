from collections.abc import AsyncIterator

import pytest

from tests.engage.selfcare.help_site import Client, demo_site, serving


@pytest.fixture
async def client(empty_database_url: str) -> AsyncIterator[Client]:
    """A server with the demo carrier as its default site."""
    async with serving(empty_database_url) as client:
        await demo_site(client)
        yield client
