"""Built front ends: which script and styles a page needs, from Vite's manifest."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


class NotBuilt(RuntimeError):
    """The front end is not built; run `make run`, which builds it."""


@dataclass(frozen=True)
class Entry:
    script: str
    styles: tuple[str, ...]


def entry(manifest: Path) -> Entry:
    """The one entry of a manifest, read again when it was built anew. Raises NotBuilt."""
    try:
        return _entry(manifest, manifest.stat().st_mtime_ns)
    except FileNotFoundError as problem:
        raise NotBuilt(NotBuilt.__doc__) from problem


@lru_cache(maxsize=8)
def _entry(manifest: Path, _built_at: int) -> Entry:
    chunks = json.loads(manifest.read_text())
    chunk = next(chunk for chunk in chunks.values() if chunk.get("isEntry"))
    return Entry(chunk["file"], tuple(chunk.get("css", ())))
