"""Pictures that everybody may see, of people and of sites: each at an address whose content never changes."""

from pathlib import Path
from uuid import UUID

from aiohttp import web

from engage.access import callers
from engage.conversations import attachments, files
from engage.conversations.attachments import Shape
from engage.kit.ids import new_id
from engage.kit.rate_limit import RATE_LIMITS, Limit
from engage.kit.unit_of_work import UnitOfWork
from engage.settings import SETTINGS

PLACE = "/pictures/"
CHANGES = Limit("pictures_address", burst=60, per_minute=20)
#: the end of an address says what it is
ENDS: dict[Shape, str] = {"face": ".webp", "logo": ".png"}
TYPES = {".webp": "image/webp", ".png": "image/png"}


def install(app: web.Application) -> None:
    app.router.add_get(PLACE + r"{name:[0-9a-f]{32}\.(?:webp|png)}", _give)


async def read_face(request: web.Request, _body: None) -> bytes:
    """Before the transaction. Raises TooMany, FileTooLarge, FileTypeRefused, Invalid."""
    return await _read(request, "face")


async def read_logo(request: web.Request, _body: None) -> bytes:
    """Before the transaction. Raises TooMany, FileTooLarge, FileTypeRefused, Invalid."""
    return await _read(request, "logo")


async def _read(request: web.Request, shape: Shape) -> bytes:
    request.app[RATE_LIMITS].spend(CHANGES, callers.address(request))
    _name, content = await files.read_upload(request)
    return await attachments.drawn(content, shape)


def put(app: web.Application, work: UnitOfWork, content: bytes, shape: Shape) -> str:
    """Its address. Written before the commit: an address is never told before it leads somewhere."""
    name = new_id().hex + ENDS[shape]
    path = _path_of(app, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    work.if_it_fails(lambda: path.unlink(missing_ok=True))
    path.write_bytes(content)
    return PLACE + name


def forget(app: web.Application, work: UnitOfWork, address: str | None) -> None:
    """Once it is committed that nobody shows it; what old entries say of it leads nowhere then."""
    if address is not None and address.startswith(PLACE):
        path = _path_of(app, address.removeprefix(PLACE))
        work.after_commit(lambda: path.unlink(missing_ok=True))


async def _give(request: web.Request) -> web.FileResponse:
    path = _path_of(request.app, request.match_info["name"])
    if not path.is_file():
        raise web.HTTPNotFound
    response = web.FileResponse(path)
    response.content_type = TYPES[path.suffix]
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    # a website's own page may show it too
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _path_of(app: web.Application, name: str) -> Path:
    folder: Path = app[SETTINGS].upload_dir
    return folder / "shown" / attachments.path_of(Path(), UUID(hex=name[:32])).with_suffix(name[32:])
