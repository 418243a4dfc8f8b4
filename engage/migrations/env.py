"""Alembic's entry: the program's own models and its own database URL."""

import asyncio

from alembic import context
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

import engage.app  # noqa: F401  # imports every slice, and with it every table
from engage.channels import load
from engage.kit.db import Model
from engage.settings import Settings

#: waiting longer for a lock than this would stop the running program
LOCK_TIMEOUT = "5s"
#: one process migrates at a time
MIGRATION_LOCK = 7_305_002


def _run(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT}'"))
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
        connection.commit()
    context.configure(
        connection=connection,
        target_metadata=Model.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def _online() -> None:
    engine = create_async_engine(context.config.attributes["url"])
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_run)
            await connection.commit()
    finally:
        await engine.dispose()


for name in Settings.model_fields["channels"].default:
    load(name)
asyncio.run(_online())
