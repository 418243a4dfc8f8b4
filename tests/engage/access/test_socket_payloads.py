"""Signals with any payload at all: each is answered, and every refusal is an error of ours."""

import asyncio
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.engage.access.doors import Signal, signals
from tests.engage.access.town import Town, a_town
from tests.house import House
from tests.house.people import HouseAgent, HouseVisitor

EXAMPLES = 15
QUIETLY = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


def payloads_like(real: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any object at all, and the real payload with fields that are missing, foreign or of another type."""
    spoilt = st.fixed_dictionaries({}, optional={name: st.just(value) | VALUES for name, value in real.items()})
    return spoilt | st.dictionaries(st.text(max_size=10), VALUES, max_size=4)


# PostgreSQL is the stricter of the two, and once is long enough
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_no_payload_breaks_a_signal(house: House) -> None:
    async with a_town(house) as town:
        for signal in signals():
            for person in town.with_sockets(signal.namespace).values():
                # a socket that is refused too often is closed
                await (person.reopens_widget() if isinstance(person, HouseVisitor) else person.reopens_console())
                await asyncio.to_thread(send_anything, asyncio.get_running_loop(), town, signal, person)


def send_anything(
    loop: asyncio.AbstractEventLoop, town: Town, signal: Signal, person: HouseVisitor | HouseAgent
) -> None:
    async def answer_to(payload: dict[str, Any]) -> dict[str, Any]:
        # the budget of signals a second fills up again
        town.house.clock.advance(seconds=1)
        return await person.screen.signal(signal.name, **payload)

    @QUIETLY
    @given(payload=payloads_like(town.filled(signal.payload)))
    def send(payload: dict[str, Any]) -> None:
        answer = asyncio.run_coroutine_threadsafe(answer_to(payload), loop).result(10)
        assert answer["ok"] or answer["error"]["code"] in ("bad_payload", "not_found", "not_allowed"), answer

    send()
