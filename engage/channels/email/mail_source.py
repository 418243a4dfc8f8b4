"""The stored mail as a file to be saved: never shown by the browser itself."""

from aiohttp import web

from engage.channels.email import blobs
from engage.kit.errors import NotFound
from engage.settings import SETTINGS


def response(app: web.Application, sha256: str, name: str) -> web.FileResponse:
    """Raises NotFound when the file is gone."""
    path = blobs.path_of(app[SETTINGS].mail_dir, sha256)
    if not path.is_file():
        raise NotFound
    response = web.FileResponse(path)
    response.content_type = "application/octet-stream"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.eml"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
