"""Scripts and styles travel packed."""

from pathlib import PurePosixPath

from aiohttp import web
from aiohttp.typedefs import Handler

#: only what is the same for everybody: packing a page beside a secret would tell its length (BREACH)
PACKED = frozenset({".js", ".css", ".svg", ".map"})
#: a part of a file is counted in unpacked bytes; and packing would give "not modified" a body, which breaks the
#: connection, so whoever asks whether a file has changed gets it unpacked if it has
UNPACKED = frozenset({"Range", "If-None-Match", "If-Modified-Since"})


@web.middleware
async def pack_files(request: web.Request, handler: Handler) -> web.StreamResponse:
    response = await handler(request)
    if isinstance(response, web.FileResponse) and PurePosixPath(request.path).suffix in PACKED:
        response.headers["Vary"] = "Accept-Encoding"
        if _takes_packed(request):
            response.enable_compression(web.ContentCoding.gzip)
    return response


def _takes_packed(request: web.Request) -> bool:
    accepted = "gzip" in request.headers.get("Accept-Encoding", "")
    # packing would give the answer to HEAD a body as well
    return request.method == "GET" and accepted and not UNPACKED & request.headers.keys()
