"""The demo carrier as new for each test, and the people who come to it."""

import asyncio
import inspect
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.conftest import StartEngage
from tests.journeys import furniture
from tests.journeys.builds import outdated
from tests.journeys.carrier import Carrier, seed
from tests.journeys.cast import Cast
from tests.journeys.patience import PATIENCE_MS
from tests.services.engage import EngageProcess
from tests.services.forks import Forks
from tests.services.process import free_port

#: what an offer may ring while it is looked at from all sides
OFFER_SECONDS = 300


_HERE = Path(__file__).parent
LONGEST = (
    "test_every_screen",
    "test_keyboard_alone",
    "test_document",
    "test_network_faults",
    "test_rolling_upgrade",
    "test_parties",
    "test_processes",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A journey that fails is played once more as all tests are that have programs beside them; the longest begin, so
    that no core waits for one at the end.
    """
    items.sort(key=lambda item: item.path.stem not in LONGEST)
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.flaky(reruns=1))
            if isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.function):
                item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)  # that of the browser


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Generator[None, object, object]:
    """What a journey asks for runs in the loop in which its browser does, as the journey itself."""
    if inspect.iscoroutinefunction(fixturedef.func) or inspect.isasyncgenfunction(fixturedef.func):
        vars(fixturedef.func)["_loop_scope"] = "session"
    return (yield)


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory, forks: Forks | None) -> Path:
    folder = tmp_path_factory.mktemp("carrier")
    seed(folder, forks)
    return folder


@pytest.fixture
def carrier(seeded: Path, tmp_path: Path, start_engage: StartEngage) -> Carrier:
    return Carrier(seeded, tmp_path, start_engage)


@pytest.fixture
def demo(carrier: Carrier) -> EngageProcess:
    """The carrier as `make run` opens it."""
    return carrier.opens()


@pytest.fixture(scope="module")
def letterbox() -> int:
    """The port on which the furnished carrier takes mails."""
    return free_port()


@pytest.fixture(scope="module")
def furnished(
    seeded: Path, tmp_path_factory: pytest.TempPathFactory, letterbox: int, forks: Forks | None
) -> Iterator[str]:
    """The address of a carrier that a module's journeys share, with one of everything that an admin can set up."""
    folder = tmp_path_factory.mktemp("furnished")
    started: list[EngageProcess] = []

    def start(**settings: str) -> EngageProcess:
        started.append(EngageProcess(folder, settings, forks=forks))
        started[0].start()
        return started[0]

    carrier = Carrier(seeded, folder, start)
    carrier.lets_offers_ring(seconds=OFFER_SECONDS)
    carrier.calls_at_any_hour()
    url = carrier.opens(ENGAGE_OUTGOING_ALLOW='["127.0.0.1"]', ENGAGE_MAIL_LMTP_PORT=str(letterbox)).url
    asyncio.run(furniture.sets_up(url))
    asyncio.run(furniture.plans_a_call(url))
    carrier.could_not_file_a_mail()
    carrier.had_a_mail_back()
    yield url
    started[0].kill()


FAILED = pytest.StashKey[bool]()
#: characters of what the server wrote last
LOG_SHOWN = 4_000


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed and isinstance(item, pytest.Function):
        item.stash[FAILED] = True
        servers = [each for each in item.funcargs.values() if isinstance(each, EngageProcess)]
        report.sections.extend(("engage", each.log[-LOG_SHOWN:]) for each in servers)
        report.sections.extend(("an old build", line) for line in outdated())
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
