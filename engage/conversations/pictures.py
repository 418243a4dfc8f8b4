"""Pictures, re-encoded: EXIF, comments and whatever was appended stay behind."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageOps

from engage.conversations.errors import FileTypeRefused

#: Pillow's name of each accepted type
FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP", "image/gif": "GIF"}
#: pixels; a larger picture is a decompression bomb
MOST_PIXELS = 25_000_000
MOST_FRAMES = 500
#: a telephone's JPEG may hold a second picture (MPO); the first one is meant
ONE_FRAME = ("JPEG", "MPO")
#: pixels; twice what is shown, for screens that draw two for one
FACE = (192, 192)
LOGO = (480, 160)


@dataclass(frozen=True)
class CleanPicture:
    content: bytes
    width: int
    height: int


def cleaned(content: bytes, content_type: str) -> CleanPicture:
    """Takes as long as the picture is large: call it in a thread. Raises FileTypeRefused."""
    with _opened(content, content_type) as opened:
        return _animated(opened) if _frames(opened) > 1 else _still(opened, FORMATS[content_type])


def face(content: bytes, content_type: str) -> bytes:
    """The middle of it as a small square, as WebP. Raises FileTypeRefused."""
    with _opened(content, content_type) as opened:
        return _drawn(ImageOps.fit(_upright(opened), FACE), "WEBP")


def logo(content: bytes, content_type: str) -> bytes:
    """All of it, made small, as PNG: mail programs know no WebP. Raises FileTypeRefused."""
    with _opened(content, content_type) as opened:
        small = _upright(opened)
        small.thumbnail(LOGO)
        return _drawn(small, "PNG")


@contextmanager
def _opened(content: bytes, content_type: str) -> Iterator[Image.Image]:
    """Raises FileTypeRefused, also for what is found out while it is drawn."""
    try:
        with Image.open(io.BytesIO(content), formats=[FORMATS[content_type]]) as looked_at:
            _must_be_small(looked_at)
        with Image.open(io.BytesIO(content), formats=[FORMATS[content_type]]) as opened:
            yield opened
    except FileTypeRefused:
        raise
    except Exception as problem:
        # a damaged file makes Pillow stumble in many ways: struct.error, IndexError, RuntimeError and others
        raise FileTypeRefused("This picture cannot be read.") from problem


def _must_be_small(opened: Image.Image) -> None:
    """Frame by frame, before each is drawn: in a GIF a later one may be larger than all that the first one says.

    Raises FileTypeRefused.
    """
    frames = 1
    while True:
        if opened.width * opened.height * frames > MOST_PIXELS or frames > MOST_FRAMES:
            raise FileTypeRefused("This picture has too many pixels.")
        if opened.format in ONE_FRAME:
            return
        try:
            opened.seek(frames)
        except EOFError:
            return
        frames += 1


def _frames(opened: Image.Image) -> int:
    return 1 if opened.format in ONE_FRAME else getattr(opened, "n_frames", 1)


def _upright(opened: Image.Image) -> Image.Image:
    """Its pixels alone, the right way up."""
    plain = ImageOps.exif_transpose(opened).convert("RGBA")
    plain.info.clear()
    return plain


def _drawn(picture: Image.Image, format_name: str) -> bytes:
    clean = io.BytesIO()
    picture.save(clean, format=format_name, quality=85)
    return clean.getvalue()


def _animated(opened: Image.Image) -> CleanPicture:
    clean = io.BytesIO()
    opened.save(clean, format=opened.format, save_all=True, exif=b"", comment=b"")
    return CleanPicture(clean.getvalue(), opened.width, opened.height)


def _still(opened: Image.Image, format_name: str) -> CleanPicture:
    # turned upright first, because the note that says how it lies is one of the things that go
    upright = ImageOps.exif_transpose(opened)
    seen_through = {key: value for key, value in upright.info.items() if key == "transparency"}
    upright.info.clear()
    upright.info.update(seen_through)
    clean = io.BytesIO()
    upright.save(clean, format=format_name)
    return CleanPicture(clean.getvalue(), upright.width, upright.height)
