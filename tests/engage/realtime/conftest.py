"""One node, or as many as a test asks for."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tests.engage.realtime.nodes import Node

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
