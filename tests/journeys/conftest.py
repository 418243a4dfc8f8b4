"""The demo carrier as new for each test, and the people who come to it."""

from collections.abc import AsyncIterator, Generator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.conftest import StartEngage
from tests.journeys.carrier import Carrier, seed
from tests.journeys.cast import Cast
from tests.services.engage import EngageProcess

#: what a browser may take on a busy machine before something counts as missing
PATIENCE_MS = 20_000


_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A journey that fails is played once more, and the run names it: a starved machine breaks one in a thousand.

    What fails twice fails. Nothing but journeys has a second chance.
    """
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("carrier")
    seed(folder)
    return folder


@pytest.fixture
def carrier(seeded: Path, tmp_path: Path, start_engage: StartEngage) -> Carrier:
    return Carrier(seeded, tmp_path, start_engage)


@pytest.fixture
def demo(carrier: Carrier) -> EngageProcess:
    """The carrier as `make run` opens it."""
    return carrier.opens()


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture
async def cast(chromium: Browser, request: pytest.FixtureRequest) -> AsyncIterator[Cast]:
    """Whoever takes part; at the end nobody's browser has complained, and no secret stood in an address."""
    expect.set_options(timeout=PATIENCE_MS)
    cast = Cast(chromium)
    yield cast
    if FAILED in request.node.stash:
        print(await cast.sees())  # noqa: T201  # pytest shows it below the failure
    assert cast.complaints() == []
    assert cast.secrets_in_addresses() == []
