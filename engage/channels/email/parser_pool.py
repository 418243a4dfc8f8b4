"""Children that take mails apart, each watched by a thread: one that takes too long or too much is replaced."""

import asyncio
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue

import orjson
from aiohttp import web

from engage.channels.email import parcel
from engage.channels.email.parsed import ParsedMail

CHILDREN = 2
#: of data; what a child needs for the largest mail is under 300 MB
MEGABYTES = 320
#: of the processor; and by the clock, for a machine that has other things to do
CPU_SECONDS, SECONDS = 4, 30
#: a child that has once needed so much is replaced, for it never gives it back
GROWN_MEGABYTES = 150
PROGRAM = Path(__file__).parent / "mime" / "child.py"


class Unparsed(Exception):
    """The mail could not be taken apart."""


class _Gone(Exception):
    """The child has ended."""


class ParserPool:
    """Starts its children with the first mail."""

    def __init__(self, children: int = CHILDREN) -> None:
        self._threads = ThreadPoolExecutor(children, thread_name_prefix="parser")
        self._idle: SimpleQueue[_Child] = SimpleQueue()
        for _ in range(children):
            self._idle.put(_Child())

    async def parse(self, path: Path) -> ParsedMail:
        """Raises Unparsed, and OSError when the file cannot be read."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._parse, path)

    def _parse(self, path: Path) -> ParsedMail:
        # asked here, so that a file that is away is not taken for a mail that kills
        path.stat()
        child = self._idle.get()
        try:
            return child.parse(path)
        finally:
            self._idle.put(child)

    async def running(self, _app: web.Application) -> AsyncIterator[None]:
        """A resource of the application."""
        yield
        await self.end()

    async def end(self) -> None:
        await asyncio.to_thread(self._threads.shutdown, cancel_futures=True)
        while not self._idle.empty():
            self._idle.get().end()


class _Child:
    """One process, started when it is needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def parse(self, path: Path) -> ParsedMail:
        deadline = time.monotonic() + SECONDS
        process = self._running()
        try:
            _say(process, path)
            length = int.from_bytes(_read(process, parcel.LENGTH, deadline), "big")
            header = orjson.loads(_read(process, length, deadline))
            if "failure" in header:
                raise Unparsed(header["failure"])
            contents = [_read(process, size, deadline) for size in parcel.sizes(header)]
        except (_Gone, TimeoutError, OSError, orjson.JSONDecodeError) as problem:
            raise Unparsed(self._post_mortem(problem)) from problem
        if header["used_megabytes"] > GROWN_MEGABYTES:
            self.end()
        return parcel.unpacked(header, contents)

    def end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._process = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.end()
            # isolated, so that neither its folder nor the environment brings other modules along
            command = [sys.executable, "-I", str(PROGRAM), str(MEGABYTES), str(CPU_SECONDS)]
            self._process = subprocess.Popen(  # noqa: S603  # our own program
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
            )
        return self._process

    def _post_mortem(self, problem: Exception) -> str:
        """Kills what is left of it, and says what it died of."""
        process = self._process
        if isinstance(problem, TimeoutError):
            self.end()
            return f"Taking it apart took longer than {SECONDS} s."
        with suppress(subprocess.TimeoutExpired):
            if process is not None:
                process.wait(1)
        code = process.returncode if process is not None else None
        self.end()
        if code == -signal.SIGXCPU:
            return f"Taking it apart took longer than {CPU_SECONDS} s of the processor."
        return f"Taking it apart ended the program that does it (exit code {code})."


def _say(process: subprocess.Popen[bytes], path: Path) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{path}\n".encode())


def _read(process: subprocess.Popen[bytes], size: int, deadline: float) -> bytes:
    """So many bytes of its answer. Raises TimeoutError, _Gone."""
    assert process.stdout is not None
    if size > parcel.MOST_HEADER:
        raise _Gone
    pieces, missing = [], size
    with selectors.DefaultSelector() as ready:
        ready.register(process.stdout, selectors.EVENT_READ)
        while missing:
            if not ready.select(max(0.0, deadline - time.monotonic())):
                raise TimeoutError
            piece = os.read(process.stdout.fileno(), min(missing, 1 << 20))
            if not piece:
                raise _Gone
            pieces.append(piece)
            missing -= len(piece)
    return b"".join(pieces)


PARSERS = web.AppKey("mail_parsers", ParserPool)
