"""The composed deployment names what exists: settings, commands, one image, a health check for each part."""

from typing import Any

import yaml

from engage.cli import cli
from engage.doctor import PARTS
from engage.settings import Settings
from tests.architecture.sources import ROOT

#: read by the proxy's own file and by compose, not by the program
OF_THE_PROXY = {"ENGAGE_SITE"}


def services() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    return found


def of_engage() -> dict[str, dict[str, Any]]:
    return {name: each for name, each in services().items() if "build" in each}


def commands() -> set[str]:
    names = (each.name or getattr(each.callback, "__name__", "") for each in cli.registered_commands)
    return {name.replace("_", "-") for name in names}


def test_every_setting_of_the_deployment_exists() -> None:
    known = {f"ENGAGE_{name.upper()}" for name in Settings.model_fields}
    used = {name for each in services().values() for name in each.get("environment", {}) if name.startswith("ENGAGE_")}
    in_image = {word for word in (ROOT / "Dockerfile").read_text().replace("=", " ").split() if word[:7] == "ENGAGE_"}

    assert (used | in_image) - known <= OF_THE_PROXY


def test_two_web_processes_and_a_worker_run_one_image_behind_a_proxy() -> None:
    roles = [each["command"][0] for each in of_engage().values()]
    images = {each["image"] for each in of_engage().values()}

    assert sorted(roles) == ["migrate", "web", "web", "work"]
    assert len(images) == 1
    assert {"postgres", "redis", "proxy"} <= services().keys()
    proxied = (ROOT / "deploy/Caddyfile").read_text()
    assert all(f"{name}:8000" in proxied for name, each in of_engage().items() if each["command"] == ["web"])


def test_whoever_runs_on_has_a_health_check_and_comes_back() -> None:
    staying = {name: each for name, each in services().items() if each.get("restart") != "no"}

    assert [name for name, each in staying.items() if not each["healthcheck"].get("test")] == []
    assert {each["restart"] for each in staying.values()} == {"unless-stopped"}
    asked = services()["worker"]["healthcheck"]["test"]
    assert asked[:3] == ["CMD", "engage", "doctor"]
    assert set(asked[3:]) <= PARTS.keys()


def test_processes_get_longer_to_stop_than_they_take() -> None:
    for each in of_engage().values():
        assert int(each["stop_grace_period"].rstrip("s")) > int(each["environment"]["ENGAGE_STOP_SECONDS"])


def test_procfile_has_the_same_roles() -> None:
    lines = (ROOT / "Procfile").read_text().split("\n")
    roles = {line.partition(": engage ")[2] for line in lines if line}

    assert roles == {each["command"][0] for each in of_engage().values()}
    assert roles <= commands()


def test_image_runs_as_nobody_in_particular() -> None:
    last_stage = (ROOT / "Dockerfile").read_text().rpartition("\nFROM ")[2].splitlines()

    assert "USER engage" in last_stage
    assert last_stage.index("USER engage") < last_stage.index('ENTRYPOINT ["engage"]')
