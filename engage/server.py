"""Runs the application: finds a port, says where it is, and stops without losing anything."""

import asyncio
import errno
import gc
import signal
import socket

import uvloop
from aiohttp import web
from rich.console import Console

from engage.app import Role, create_app
from engage.demo import mails, seed
from engage.realtime import REALTIME
from engage.settings import Settings

#: ports tried after a taken one
TRIES = 50


def run(settings: Settings, role: Role, screen: Console) -> None:
    """Until SIGTERM or SIGINT."""
    # Few full collections: with thousands of sockets alive each one costs tens of milliseconds.
    gc.set_threshold(100_000, 50, 1000)
    listening = None if role == "work" else listen(settings, screen)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(settings, role, listening, screen))


def listen(settings: Settings, screen: Console) -> socket.socket:
    """A listening socket on the wanted port, or on the next free one, which is said."""
    for port in range(settings.port, min(settings.port + TRIES, 65536)):
        try:
            bound = _bound(settings.host, port)
        except OSError as problem:
            if problem.errno != errno.EADDRINUSE:
                raise
            continue
        if port != settings.port:
            screen.print(f"[yellow]Port {settings.port} is taken; using {port}.[/]")
        return bound
    raise SystemExit(f"No free port from {settings.port} on; set PORT.")


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(1024)
    except OSError:
        bound.close()
        raise
    return bound


async def _serve(settings: Settings, role: Role, listening: socket.socket | None, screen: Console) -> None:
    stopped = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, stopped.set)
    app = create_app(settings, role=role)
    if settings.demo and role == "serve":
        await seed.run(app)
        if settings.demo_mails and "email" in settings.channels:
            await mails.bring(app)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=settings.stop_seconds)
    await runner.setup()
    try:
        if listening is not None:
            await web.SockSite(runner, listening).start()
            _say_where(settings, listening.getsockname()[1], screen)
        else:
            screen.print("Working.")
        await stopped.wait()
        # before the cleanup, in which aiohttp hears nothing more from open sockets
        await app[REALTIME].move_away(within_seconds=settings.stop_seconds)
    finally:
        await runner.cleanup()


def _say_where(settings: Settings, port: int, screen: Console) -> None:
    host = "localhost" if settings.host in ("127.0.0.1", "::1", "0.0.0.0", "::") else settings.host  # noqa: S104  # compared
    url = settings.public_url or f"http://{host}:{port}"
    screen.print(f"Engage is at {url}", highlight=False)
    if settings.demo:
        for line in seed.sign_in_lines(url):
            screen.print(line, highlight=False, soft_wrap=True)
