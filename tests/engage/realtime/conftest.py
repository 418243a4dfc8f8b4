"""One node, or as many as a test asks for."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import uvloop

from tests.engage.realtime.nodes import Node


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The loop that the program runs on: its transports buffer in another way than those of asyncio."""
    return {"uvloop": uvloop.new_event_loop}


StartNode: TypeAlias = Callable[..., Awaitable[Node]]


@pytest.fixture
async def start_node(tmp_path: Path) -> AsyncIterator[StartNode]:
    async with AsyncExitStack() as running:

        async def start(**settings: Any) -> Node:
            return await running.enter_async_context(Node(tmp_path, **settings).running())

        yield start


@pytest.fixture
async def node(start_node: StartNode) -> Node:
    return await start_node()
