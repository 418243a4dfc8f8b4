"""The database's versions: one file a change, named by its date, safe to run before and after the new code."""

import asyncio
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from engage.kit.db import Database
from engage.settings import Settings

FOLDER = Path(__file__).parent


def upgrade(settings: Settings) -> None:
    """Brings the database to the newest version; cheap when it is there already."""
    if settings.sqlalchemy_url.startswith("sqlite"):
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    if current(settings) == newest():
        return
    # imported here because most starts need no migration, and Alembic costs a tenth of the time to start
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["url"] = settings.sqlalchemy_url
    command.upgrade(config, "head")


def newest() -> str:
    """The version that this program wants: the last file by date."""
    return max(file.stem for file in (FOLDER / "versions").glob("*.py"))


def current(settings: Settings) -> str | None:
    """The version of the database, None for an empty one. To be called where no loop runs."""
    return asyncio.run(_current(settings.sqlalchemy_url))


async def _current(url: str) -> str | None:
    database = Database(url)
    try:
        async with database.reading() as session:
            return str(await session.scalar(text("SELECT version_num FROM alembic_version")))
    except DBAPIError:
        return None
    finally:
        await database.close()
