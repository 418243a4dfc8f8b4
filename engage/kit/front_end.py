"""Built front ends: which script and styles a page needs, from Vite's manifest."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path


class NotBuilt(RuntimeError):
    """The front end is not built; run `make run`, which builds it."""


@dataclass(frozen=True)
class Entry:
    script: str
    styles: tuple[str, ...]


@cache
def entry(manifest: Path) -> Entry:
    """The one entry of a manifest. Raises NotBuilt."""
    if not manifest.exists():
        raise NotBuilt(NotBuilt.__doc__)
    chunks = json.loads(manifest.read_text())
    chunk = next(chunk for chunk in chunks.values() if chunk.get("isEntry"))
    return Entry(chunk["file"], tuple(chunk.get("css", ())))
