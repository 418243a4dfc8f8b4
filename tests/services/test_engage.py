"""The program as the other tests run it: started, killed, stopped, started again."""

from urllib.request import urlopen

from tests.conftest import StartEngage
from tests.services.engage import EngageProcess


def test_program_is_ready_at_the_same_address_after_a_kill(engage: EngageProcess) -> None:
    engage.restart()

    assert engage.is_ready()


def test_program_stops_in_peace_when_asked_to(engage: EngageProcess) -> None:
    assert engage.stop() == 0
    assert not engage.is_running


def test_program_starts_on_either_database(start_engage: StartEngage, database_url: str) -> None:
    assert start_engage(ENGAGE_DATABASE_URL=database_url).is_ready()


def test_web_and_work_run_side_by_side(start_engage: StartEngage, postgres_url: str, redis_url: str) -> None:
    shared = {"ENGAGE_DATABASE_URL": postgres_url, "ENGAGE_REDIS_URL": redis_url}

    worker = start_engage(role="work", **shared)
    web = start_engage(role="web", **shared)

    assert web.is_ready()
    assert worker.is_running


def test_demo_serves_its_website(engage_demo: EngageProcess) -> None:
    with urlopen(f"{engage_demo.url}/demo/", timeout=30) as answer:
        assert answer.status == 200
