"""The program itself, as an operator runs it: `engage serve` in its own process, settings by environment."""

import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.services.forks import Forks
from tests.services.process import ServerProcess, free_port

ROOT = Path(__file__).parents[2]


class EngageProcess:
    """Stays at one address with one data folder, however often it is killed and started again.

    With `forks` it starts in a fraction of the time: only the interpreter's start and its imports are left out.
    """

    def __init__(
        self, folder: Path, settings: Mapping[str, str], *, role: str = "serve", forks: Forks | None = None
    ) -> None:
        self.folder = folder
        self._forks = forks
        self._role = role
        self.settings = dict(settings)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    @property
    def is_running(self) -> bool:
        return self._process.is_running

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def log(self) -> str:
        """All it has written, over all its runs."""
        return self._process.log

    def start(self) -> None:
        self._process = self._started(self._role, log=self.folder / f"engage-{self.port}.log")
        if self._role != "work":  # a worker has no address to ask
            self._process.wait_until(self.is_ready)

    def command(self, name: str, *arguments: str, code: int = 0) -> str:
        """One of the operator's commands with the same settings, run to its end; what it has said."""
        process = self._started(name, *arguments, log=self.folder / f"{name}.log")
        if process.wait(seconds=60) != code:
            raise AssertionError(process.log)
        return process.log

    def is_ready(self) -> bool:
        try:
            with urlopen(f"{self.url}/health/ready", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False

    def kill(self) -> None:
        """kill -9."""
        self._process.kill()

    def stop(self, *, seconds: float = 60) -> int:
        """A graceful stop, as on a new release; the exit code."""
        return self._process.end(signal.SIGTERM, seconds=seconds)

    def restart(self, **settings: str) -> None:
        """Killed and started with the same database and port, and with settings changed if any are given."""
        self.kill()
        self.settings.update(settings)
        self.start()

    def send(self, number: signal.Signals) -> None:
        self._process.send(number)

    def _started(self, *arguments: str, log: Path) -> ServerProcess:
        if self._forks:
            return self._forks.start(arguments, log=log, environment=self._environment())
        command = [sys.executable, "-m", "engage.cli", *arguments]
        return ServerProcess(command, log=log, cwd=ROOT, environment=self._environment())

    def _environment(self) -> dict[str, str]:
        own = {
            "PATH": os.environ.get("PATH", os.defpath),
            "COLUMNS": "200",
            "PYTHONUNBUFFERED": "1",
            "ENGAGE_PORT": str(self.port),
            "ENGAGE_DATA_DIR": str(self.folder),
        }
        return own | self.settings


def migrate(folder: Path, database_url: str, forks: Forks | None = None) -> None:
    """Brings a database to the newest schema by the operator's command."""
    run_command("migrate", folder, database_url, forks)


def run_command(name: str, folder: Path, database_url: str, forks: Forks | None = None) -> str:
    """One of the operator's commands, run to its end; what it has said, over all its runs."""
    return EngageProcess(folder, {"ENGAGE_DATABASE_URL": database_url}, forks=forks).command(name)
