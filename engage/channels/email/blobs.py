"""Mails as they came, each a file named by its hash: there, whole and on the disk before anybody is told so.

Blocking: whoever runs on the event loop calls it in a thread.
"""

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex


@dataclass(frozen=True)
class Blob:
    """A mail that lies on the disk."""

    sha256: str
    size: int


def path_of(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / sha256


def store(folder: Path, content: bytes | bytearray) -> Blob:
    """Returns when a cut of the power cannot take it back. Raises OSError; then nothing is stored."""
    blob = Blob(hashlib.sha256(content).hexdigest(), len(content))
    path = path_of(folder, blob.sha256)
    _make(path.parent)
    beside = path.with_name(f".{token_hex(8)}")
    try:
        _write(beside, content)
        # over one of the same name too: that one may not have reached the disk when the power went
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    _sync(path.parent)
    return blob


def _make(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        _sync(folder.parent)


def _write(path: Path, content: bytes | bytearray) -> None:
    with path.open("xb", buffering=0) as file:
        view = memoryview(content)
        while view:
            view = view[file.write(view) :]
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """What was renamed in a folder is on the disk when the folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
