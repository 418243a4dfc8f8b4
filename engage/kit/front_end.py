"""Built front ends: which scripts and styles a page needs, from Vite's manifest."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

#: the module that an entry imports once its words are there; no choice decides about it, so it is fetched beside them
_SECOND = "start.tsx"


class NotBuilt(RuntimeError):
    """The front end is not built; run `make run`, which builds it."""


@dataclass(frozen=True)
class Entry:
    script: str
    styles: tuple[str, ...]
    #: scripts that the entry will ask for in any case
    preloads: tuple[str, ...]


def entry(manifest: Path) -> Entry:
    """The one entry of a manifest, read again when it was built anew. Raises NotBuilt."""
    try:
        return _entry(manifest, manifest.stat().st_mtime_ns)
    except FileNotFoundError as problem:
        raise NotBuilt(NotBuilt.__doc__) from problem


@lru_cache(maxsize=8)
def _entry(manifest: Path, _built_at: int) -> Entry:
    chunks = json.loads(manifest.read_text())
    first = next(key for key, chunk in chunks.items() if chunk.get("isEntry"))
    seconds = [key for key in chunks[first].get("dynamicImports", ()) if key.endswith(_SECOND)]
    needed = [chunks[key] for key in _with_imports(chunks, [first, *seconds])]
    styles = dict.fromkeys(style for chunk in needed for style in chunk.get("css", ()))
    preloads = (chunk["file"] for chunk in needed if chunk is not chunks[first])
    return Entry(chunks[first]["file"], tuple(styles), tuple(preloads))


def _with_imports(chunks: dict[str, Any], keys: Iterable[str]) -> list[str]:
    """What a chunk imports stands before it, as its styles must."""
    found: list[str] = []
    seen: set[str] = set()

    def visit(key: str) -> None:
        if key in seen:
            return
        seen.add(key)
        for imported in chunks[key].get("imports", ()):
            visit(imported)
        found.append(key)

    for key in keys:
        visit(key)
    return found
