"""python -m tests.services.reader N: reads the program once, and forks a process of it for each order on socket N."""

import ctypes
import gc
import json
import os
import runpy
import selectors
import signal
import socket
import sys
from contextlib import suppress

from sqlalchemy.dialects.postgresql import asyncpg as _postgres  # noqa: F401  # else each process reads it
from sqlalchemy.dialects.sqlite import aiosqlite as _sqlite  # noqa: F401
from sqlalchemy.orm import configure_mappers

from engage import cli
from tests.services.forks import NUMBER_BYTES

ORDER_BYTES = 64 * 1024
#: of Linux: the signal that a child gets when its parent dies
PR_SET_PDEATHSIG = 1


def main() -> None:
    configure_mappers()
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=int(sys.argv[1])) as line:
        arguments = _orders(line)
    if not arguments:
        return
    sys.argv = arguments
    if arguments[0] == cli.__name__:
        cli.main()
    else:
        runpy.run_module(arguments[0], run_name="__main__")


def _orders(line: socket.socket) -> list[str]:
    """Returns once in each process that was forked, with its module and arguments; in the reader when all is over."""
    with selectors.DefaultSelector() as selector:
        selector.register(line, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.data is not None:
                    _tell_the_end(selector, key)
                    continue
                order, descriptors, _, _ = socket.recv_fds(line, ORDER_BYTES, 2)
                if not order:
                    return []
                if not _fork(selector, *descriptors):
                    return _become(json.loads(order))


def _fork(selector: selectors.BaseSelector, answers: int, log: int) -> int:
    """The process as the reader sees it; 0 in the new one, whose output goes to the log."""
    if pid := os.fork():
        with suppress(OSError):  # one of the two is faster
            os.setpgid(pid, pid)
        listener = socket.socket(fileno=answers)
        listener.send(_four_bytes(pid))
        selector.register(os.pidfd_open(pid), selectors.EVENT_READ, (pid, listener))
    else:
        with suppress(OSError):
            os.setpgid(0, 0)
        for descriptor in (1, 2):
            os.dup2(log, descriptor)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.close(answers)
    os.close(log)
    return pid


def _become(order: dict[str, dict[str, str]]) -> list[str]:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    os.environ.clear()
    os.environ.update(order["environment"])
    return [*order["arguments"]]


def _tell_the_end(selector: selectors.BaseSelector, key: selectors.SelectorKey) -> None:
    pid, listener = key.data
    selector.unregister(key.fileobj)
    os.close(key.fd)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    with listener, suppress(OSError):  # nobody may care any more
        listener.send(_four_bytes(code))


def _four_bytes(number: int) -> bytes:
    return number.to_bytes(NUMBER_BYTES, "big", signed=True)


if __name__ == "__main__":
    main()
