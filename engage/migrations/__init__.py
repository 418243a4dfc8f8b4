"""The database's versions: one file a change, safe to run before and after the new code."""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import create_async_engine

from engage.settings import Settings


def upgrade(settings: Settings) -> None:
    """Brings the database to the newest version."""
    if settings.sqlalchemy_url.startswith("sqlite"):
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    command.upgrade(_config(settings), "head")


def current(settings: Settings) -> str | None:
    """The version of the database; opens a loop of its own, so it is to be called from a thread without one."""
    return asyncio.run(_current(settings.sqlalchemy_url))


async def _current(url: str) -> str | None:
    engine = create_async_engine(url)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(lambda c: MigrationContext.configure(c).get_current_revision())
    finally:
        await engine.dispose()


def newest(settings: Settings) -> str | None:
    return ScriptDirectory.from_config(_config(settings)).get_current_head()


def _config(settings: Settings) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["url"] = settings.sqlalchemy_url
    return config
