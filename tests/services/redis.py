"""A Redis server of our own that tests may flush, cut off, kill and start again."""

import shutil
import signal
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services.missing import missing
from tests.services.process import ServerProcess, free_port


class RedisServer:
    """Keeps nothing on disk: after `restart` it is empty, at the same address."""

    def __init__(self, folder: Path) -> None:
        self._program = shutil.which("redis-server") or missing("Redis")
        self._folder = folder
        self.port = free_port()
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def is_running(self) -> bool:
        return self._process.is_running

    def start(self) -> None:
        command = [self._program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = ServerProcess(command, log=self._folder / "redis.log", cwd=self._folder)
        self._process.wait_until(self._answers)

    def kill(self) -> None:
        """Gone without a word to its clients."""
        self._process.kill()

    def restart(self) -> None:
        self.kill()
        self.start()

    def freeze(self) -> None:
        """Connections stay open and nothing answers: the half-dead server."""
        self._process.send(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.send(signal.SIGCONT)

    def flush(self) -> None:
        self.execute("FLUSHALL")

    def cut_clients(self) -> None:
        """Closes every client's connection while the server lives on."""
        for kind in ("normal", "pubsub"):
            self.execute(f"CLIENT KILL TYPE {kind} SKIPME yes")

    def execute(self, command: str) -> str:
        """One inline command, the first line of the answer as it came."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
            connection.sendall(command.encode() + b"\r\n")
            with connection.makefile("rb") as answer:
                return answer.readline().decode().strip()

    def as_new(self) -> None:
        """Whatever a test did to it: it runs and it is empty."""
        if not self.is_running:
            self.start()
        self.thaw()
        self.flush()

    def _answers(self) -> bool:
        try:
            return self.execute("PING") == "+PONG"
        except OSError:
            return False


@contextmanager
def run_redis() -> Iterator[RedisServer]:
    with tempfile.TemporaryDirectory(prefix="engage-redis-") as folder:
        server = RedisServer(Path(folder))
        try:
            yield server
        finally:
            server.kill()
