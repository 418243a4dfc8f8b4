"""A server as a child process: started, awaited, killed with all it started."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

#: Between two looks at a server that is starting.
LOOK_EVERY_SECONDS = 0.02
#: at one run of the tests
MOST_WORKERS = 16


class ServerFailed(AssertionError):
    """A server did not start or stop as it should; its log is in the message."""


class Running(Protocol):
    """What is asked of a process; `Popen` is one."""

    @property
    def pid(self) -> int: ...

    def poll(self) -> int | None: ...

    def wait(self, timeout: float | None = None) -> int: ...

    def send_signal(self, number: int, /) -> None: ...


class ServerProcess:
    """One run of a server in a process group of its own, its output in a file."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        log: Path,
        cwd: Path,
        user: str | None = None,
        dies_by: str = "KILL",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.log_file = log
        with log.open("ab") as output:
            self._process: Running = subprocess.Popen(
                [*_bound_to_us(user, dies_by), *command],
                cwd=cwd,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    @property
    def log(self) -> str:
        return self.log_file.read_text(errors="replace")

    def wait_until(self, is_ready: Callable[[], bool], *, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not is_ready():
            with suppress(subprocess.TimeoutExpired):
                code = self._process.wait(LOOK_EVERY_SECONDS)
                raise ServerFailed(f"ended with {code} instead of starting:\n{self.log}")
            if time.monotonic() > deadline:
                self.kill()
                raise ServerFailed(f"not ready after {seconds} s:\n{self.log}")

    def wait(self, *, seconds: float) -> int:
        """The exit code; a process that outlives the time is killed and told on."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise ServerFailed(f"still running after {seconds} s:\n{self.log}") from None

    def send(self, number: signal.Signals) -> None:
        """To the server alone, as an operator would send it."""
        self._process.send_signal(number)

    def end(self, number: signal.Signals, *, seconds: float = 60) -> int:
        self.send(number)
        code = self.wait(seconds=seconds)
        self.kill()
        return code

    def kill(self) -> None:
        """kill -9 for the server and everything it started; nothing happens when it is gone already."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def free_port() -> int:
    """A port nobody listens on, below those the kernel hands out, so that no client takes it in the meantime.

    Each worker has ports of its own: between the choice and the use of one no other worker takes it.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % MOST_WORKERS
    while True:
        # `random` is seeded alike in every worker
        port = 20_000 + MOST_WORKERS * secrets.randbelow(12_000 // MOST_WORKERS) + worker
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def _bound_to_us(user: str | None, dies_by: str) -> list[str]:
    """Where Linux can: the child dies when the test run is killed, and runs as an ordinary user if told to."""
    if not shutil.which("setpriv"):
        return []
    as_user = ["--reuid", user, "--regid", user, "--init-groups"] if user else []
    return ["setpriv", "--pdeathsig", dies_by, *as_user]
