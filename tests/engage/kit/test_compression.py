"""Scripts and styles travel packed, and nothing else does."""

import asyncio
import gzip
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from engage.kit.compression import pack_files

SCRIPT = b"let waiting = true;\n" * 500


@pytest.fixture
def app(tmp_path: Path) -> web.Application:
    for name in ("chat.js", "picture.png"):
        (tmp_path / name).write_bytes(SCRIPT)

    async def page(_request: web.Request) -> web.Response:
        return web.Response(body=SCRIPT, content_type="text/html")

    app = web.Application(middlewares=[pack_files])
    app.router.add_static("/static/", tmp_path)
    app.router.add_get("/page", page)
    return app


async def bytes_on_the_way(app: web.Application, path: str, **headers: str) -> tuple[str | None, bytes]:
    async with TestServer(app) as server, aiohttp.ClientSession(auto_decompress=False) as http:
        accepting = {"Accept-Encoding": "gzip, deflate, br"} | headers
        async with http.get(server.make_url(path), headers=accepting) as answer:
            return answer.headers.get("Content-Encoding"), await answer.read()


async def test_script_travels_packed(app: web.Application) -> None:
    encoding, body = await bytes_on_the_way(app, "/static/chat.js")

    assert encoding == "gzip"
    assert gzip.decompress(body) == SCRIPT
    assert len(body) < len(SCRIPT) / 10


@pytest.mark.parametrize("path", ["/static/picture.png", "/page"])
async def test_pictures_and_pages_travel_as_they_are(app: web.Application, path: str) -> None:
    assert await bytes_on_the_way(app, path) == (None, SCRIPT)


async def test_who_does_not_know_gzip_gets_the_plain_script(app: web.Application) -> None:
    assert await bytes_on_the_way(app, "/static/chat.js", **{"Accept-Encoding": "identity"}) == (None, SCRIPT)


async def test_part_of_a_script_is_counted_in_its_own_bytes(app: web.Application) -> None:
    assert await bytes_on_the_way(app, "/static/chat.js", Range="bytes=4-10") == (None, SCRIPT[4:11])


async def test_not_modified_is_an_answer_without_a_body(app: web.Application) -> None:
    async with TestServer(app) as server:
        assert server.port is not None
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        ask = "GET /static/chat.js HTTP/1.1\r\nHost: here\r\nAccept-Encoding: gzip\r\nIf-None-Match: {tag}\r\n\r\n"
        writer.write(ask.format(tag='"another"').encode())
        tag = (await reader.readuntil(b"\r\n\r\n")).decode().split("Etag: ")[1].split("\r\n")[0]
        await reader.readexactly(len(SCRIPT))

        writer.write(ask.format(tag=tag).encode() * 2)
        first = await reader.readuntil(b"\r\n\r\n")
        second = await reader.readuntil(b"\r\n\r\n")
        writer.close()

    assert first.startswith(b"HTTP/1.1 304 ")
    # whatever stood between the two would be taken for the next answer
    assert second.startswith(b"HTTP/1.1 304 ")


async def test_answer_to_head_ends_with_its_headers(app: web.Application) -> None:
    async with TestServer(app) as server:
        assert server.port is not None
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(b"HEAD /static/chat.js HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n")
        answer = await reader.read()
        writer.close()

    assert answer.partition(b"\r\n\r\n")[2] == b""
