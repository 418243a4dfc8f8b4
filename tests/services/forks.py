"""The program in new processes that need not read it anew: each is forked from one that has read it already.

Only where the kernel tells of a process's end by a descriptor (Linux): elsewhere `run_forks` gives None.
"""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.services.process import ServerProcess

ROOT = Path(__file__).parents[2]
#: a number that stands for a process, or for how it ended
NUMBER_BYTES = 4
#: between two looks at whether the time is over
LOOK_SECONDS = 0.02


class Forks:
    """One reader of the program for all that a worker starts. It ends, with all of them, when nobody listens to it."""

    def __init__(self) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        # what a program reads of its environment while it is read
        environment = {"PATH": os.environ.get("PATH", os.defpath), "COLUMNS": "200", "PYTHONUNBUFFERED": "1"}
        with theirs:
            command = [sys.executable, "-m", "tests.services.reader", str(theirs.fileno())]
            self._reader = subprocess.Popen(
                command, cwd=ROOT, env=environment, pass_fds=[theirs.fileno()], start_new_session=True
            )

    def start(
        self, arguments: Sequence[str], *, log: Path, environment: Mapping[str, str], module: str = "engage.cli"
    ) -> ServerProcess:
        """`python -m MODULE ARGUMENTS` in a process group of its own, its output in a file."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        told = json.dumps({"arguments": [module, *arguments], "environment": {**environment}}).encode()
        with theirs, log.open("ab") as output:
            socket.send_fds(self._line, [told], [theirs.fileno(), output.fileno()])
        return ForkedProcess(Fork(ours), log=log)

    def end(self) -> None:
        self._line.close()
        self._reader.wait()


class Fork:
    """A process that is not our child, with what `Popen` knows of one that is."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._lock = threading.Lock()
        self._code: int | None = None
        self.pid = _number(line.recv(NUMBER_BYTES))

    def poll(self) -> int | None:
        return self._ended(0)

    def wait(self, timeout: float | None = None) -> int:
        deadline = None if timeout is None else time.monotonic() + timeout
        while (code := self._ended(LOOK_SECONDS)) is None:
            if deadline is not None and time.monotonic() > deadline:
                raise subprocess.TimeoutExpired("engage", timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def _ended(self, seconds: float) -> int | None:
        """Several threads may ask."""
        with self._lock:
            if self._code is None and select.select([self._line], [], [], seconds)[0]:
                self._code = _number(self._line.recv(NUMBER_BYTES))
                self._line.close()
            return self._code


class ForkedProcess(ServerProcess):
    """A server that was started already."""

    def __init__(self, process: Fork, *, log: Path) -> None:
        self.log_file, self._process = log, process


def _number(told: bytes) -> int:
    return int.from_bytes(told, "big", signed=True) if told else -signal.SIGKILL


@contextmanager
def run_forks() -> Iterator[Forks | None]:
    if not hasattr(os, "pidfd_open"):
        yield None
        return
    forks = Forks()
    try:
        yield forks
    finally:
        forks.end()
