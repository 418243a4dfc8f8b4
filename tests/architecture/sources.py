"""The project's own files, for tests that look at the code itself."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
GENERATED = {"schema.d.ts"}
NOT_OURS = {"node_modules", "dist", "static", "__pycache__", "versions"}


def files(*suffixes: str, under: tuple[str, ...] = ("engage", "kb")) -> Iterator[Path]:
    """Written by hand; migrations and built files stand outside of the rules."""
    for folder in under:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in suffixes and file.name not in GENERATED and not NOT_OURS & set(file.parts):
                yield file


def python_modules() -> Iterator[tuple[str, Path]]:
    """Names and files."""
    for file in files(".py"):
        parts = file.relative_to(ROOT).with_suffix("").parts
        # Alembic runs env.py itself, within a migration.
        if parts[-1] not in {"__main__", "env"}:
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), file


def short(file: Path) -> str:
    return str(file.relative_to(ROOT))
