"""Whether the browser gets what stands in the source: a journey that fails on an old build says nothing about it."""

from collections.abc import Iterator
from pathlib import Path

_HERE = Path(__file__).parents[2]
#: what is built last, and the folders it is built from
_BUILDS = {
    "engage/static/widget/widget.js": ("widgets/loader/src", "widgets/client/src"),
    "engage/static/widget/manifest.json": ("widgets/chat/src", "widgets/client/src"),
    "engage/static/console/manifest.json": ("agent_console/src", "widgets/client/src"),
}


def outdated() -> list[str]:
    """A line for each build with a source that is newer."""
    return [
        f"{built} is older than {newest.relative_to(_HERE)}: build it anew"
        for built, folders in _BUILDS.items()
        for newest in [max(_sources(folders), key=_age)]
        if _age(newest) > _age(_HERE / built)
    ]


def _sources(folders: tuple[str, ...]) -> Iterator[Path]:
    for folder in folders:
        files = (_HERE / folder).rglob("*.*")
        yield from (file for file in files if not file.name.endswith((".test.ts", ".d.ts")))


def _age(file: Path) -> float:
    return file.stat().st_mtime
