"""A PostgreSQL server of our own, and one database for each test, copied from a migrated template."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services.missing import missing
from tests.services.process import ServerProcess, free_port

#: What a crash of the machine could destroy is of no worth here; a crash of our program loses nothing by it.
CARELESS = (
    "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
    "-c", "wal_level=minimal", "-c", "max_wal_senders=0", "-c", "min_wal_size=32MB", "-c", "max_wal_size=128MB",
)  # fmt: skip
USER = "engage"


class PostgresServer:
    """`durable=True` writes to the disk as in production: for benchmarks, too slow for tests."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        self._programs = _programs()
        self._folder = folder
        self._user = _ordinary_user()
        self._settings = () if durable else CARELESS
        self.port = free_port()
        self._initialise()
        self.start()

    def url(self, database: str) -> str:
        return f"postgresql+asyncpg://{USER}@127.0.0.1:{self.port}/{database}"

    @property
    def is_running(self) -> bool:
        return self._process.is_running

    def start(self) -> None:
        command = [
            str(self._programs / "postgres"), "-D", str(self._data), "-p", str(self.port),
            "-h", "127.0.0.1", "-k", "", "-c", "max_connections=200", *self._settings,
        ]  # fmt: skip
        log = self._folder / "postgres.log"
        self._process = ServerProcess(command, log=log, cwd=self._folder, user=self._user, dies_by="QUIT")
        self._process.wait_until(self._answers)

    def stop(self) -> None:
        """Cuts every connection at once; what was committed is there after `start`."""
        if self.is_running:
            self._process.end(signal.SIGINT)

    def kill(self) -> None:
        """As after a crash: nothing is written down any more, and `start` must recover from the log."""
        # Not SIGKILL: the server's children would outlive it for a moment and bar the next start.
        if self.is_running:
            self._process.end(signal.SIGQUIT)

    def as_new(self) -> None:
        """Whatever a test did to it: it runs."""
        if not self.is_running:
            self.start()

    def execute(self, statement: str, *, database: str = "postgres") -> str:
        command = [str(self._programs / "psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", statement]
        address = ["-h", "127.0.0.1", "-p", str(self.port), "-U", USER, "-d", database]
        return subprocess.run([*command, *address], check=True, capture_output=True, text=True).stdout.strip()

    def create_database(self, *, template: str = "template0") -> str:
        name = f"test_{secrets.token_hex(6)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop_database(self, name: str) -> None:
        self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def dump(self, database: str, file: Path) -> None:
        """As an operator makes a backup, while people work."""
        self._run("pg_dump", "--format=custom", "--file", str(file), database)

    def restore(self, file: Path) -> str:
        """Into a new database; its name."""
        name = self.create_database()
        self._run("pg_restore", "--exit-on-error", "--no-owner", "--dbname", name, str(file))
        return name

    def _run(self, program: str, *arguments: str) -> None:
        address = ["-h", "127.0.0.1", "-p", str(self.port), "-U", USER]
        subprocess.run([str(self._programs / program), *address, *arguments], check=True, capture_output=True)

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _initialise(self) -> None:
        if self._user:
            shutil.chown(self._folder, self._user)
        command = [str(self._programs / "initdb"), "-D", str(self._data), "-U", USER, "--auth=trust", "--no-sync"]
        options = ["--encoding=UTF8", "--locale=C", "--no-instructions"]
        log = self._folder / "initdb.log"
        process = ServerProcess([*command, *options], log=log, cwd=self._folder, user=self._user)
        if process.wait(seconds=60) != 0:
            raise AssertionError(process.log)

    def _answers(self) -> bool:
        command = [str(self._programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(command, check=False).returncode == 0


@contextmanager
def run_postgres(*, durable: bool = False) -> Iterator[PostgresServer]:
    # Not in pytest's own folder: that is closed to other users, and PostgreSQL refuses to run as root.
    with tempfile.TemporaryDirectory(prefix="engage-postgres-") as folder:
        server = PostgresServer(Path(folder), durable=durable)
        try:
            yield server
        finally:
            server.stop()


def _programs() -> Path:
    """Debian keeps the server's programs out of PATH, one folder a version: the newest is taken."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    return installed[-1].parent if installed else missing("PostgreSQL")


def _ordinary_user() -> str | None:
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
