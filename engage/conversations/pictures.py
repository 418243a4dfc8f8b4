"""Pictures, re-encoded: EXIF, comments and whatever was appended stay behind."""

import io
from dataclasses import dataclass

from PIL import Image, ImageOps

from engage.conversations.errors import FileTypeRefused

#: Pillow's name of each accepted type
FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP", "image/gif": "GIF"}
#: pixels; a larger picture is a decompression bomb
MOST_PIXELS = 25_000_000
MOST_FRAMES = 500


@dataclass(frozen=True)
class CleanPicture:
    content: bytes
    width: int
    height: int


def cleaned(content: bytes, content_type: str) -> CleanPicture:
    """Takes as long as the picture is large: call it in a thread. Raises FileTypeRefused."""
    try:
        with Image.open(io.BytesIO(content), formats=[FORMATS[content_type]]) as opened:
            # a telephone's JPEG may hold a second picture (MPO); the first one is meant
            frames = 1 if content_type == "image/jpeg" else getattr(opened, "n_frames", 1)
            if opened.width * opened.height * frames > MOST_PIXELS or frames > MOST_FRAMES:
                raise FileTypeRefused("This picture has too many pixels.")
            return _animated(opened) if frames > 1 else _still(opened, FORMATS[content_type])
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise FileTypeRefused("This picture cannot be read.") from problem


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
