"""Scripts and styles travel packed."""

from pathlib import PurePosixPath

from aiohttp import web
from aiohttp.typedefs import Handler

#: only what is the same for everybody: packing a page beside a secret would tell its length (BREACH)
PACKED = frozenset({".js", ".css", ".svg", ".map"})


@web.middleware
async def pack_files(request: web.Request, handler: Handler) -> web.StreamResponse:
    response = await handler(request)
    if isinstance(response, web.FileResponse) and PurePosixPath(request.path).suffix in PACKED:
        response.headers["Vary"] = "Accept-Encoding"
        # a part of a file is counted in unpacked bytes
        if "gzip" in request.headers.get("Accept-Encoding", "") and "Range" not in request.headers:
            response.enable_compression(web.ContentCoding.gzip)
    return response
