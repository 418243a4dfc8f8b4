"""The command line: thin commands, no logic."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from engage import doctor, migrations, server
from engage.app import Role, create_app
from engage.demo import seed
from engage.kit import logs
from engage.kit.routes import API
from engage.settings import Settings
from engage.wire_format import openapi

cli = typer.Typer(no_args_is_help=True, add_completion=False, help="Engage: an omnichannel web-care server.")
screen = Console()
#: drawing the types needs the routes and no database
NEVER_OPENED = "postgresql://nowhere"


@cli.command()
def serve() -> None:
    """Everything in one process; migrates first, so that a newcomer needs one command."""
    _run("serve", migrate_first=True)


@cli.command()
def web() -> None:
    """Answers people; run several beside each other with PostgreSQL and Redis."""
    _run("web")


@cli.command()
def work() -> None:
    """Does what is due: offers, time-outs, mails."""
    _run("work")


def _run(role: Role, *, migrate_first: bool = False) -> None:
    settings = Settings()
    logs.configure(settings)
    if migrate_first:
        migrations.upgrade(settings)
    server.run(settings, role, screen)


@cli.command()
def migrate() -> None:
    """Brings the database to the version of this program."""
    settings = Settings()
    migrations.upgrade(settings)
    screen.print(f"Database is at {migrations.current(settings)}.")


@cli.command()
def demo() -> None:
    """Puts the demo carrier with its agents and articles into the database; a second time changes nothing."""
    settings = Settings(demo=True)
    migrations.upgrade(settings)
    asyncio.run(seed.run(create_app(settings, role="web")))
    screen.print("The demo carrier is there; start the server with ENGAGE_DEMO=1.")


@cli.command()
def types(file: Annotated[str, typer.Argument(help="Where to write; - for standard output.")] = "-") -> None:
    """Writes the OpenAPI document, from which the front ends' types are made."""
    app = create_app(Settings(database_url=NEVER_OPENED, secret=SecretStr("unused")))
    document = json.dumps(openapi(app[API].routes), indent=1, sort_keys=True)
    if file == "-":
        sys.stdout.write(document + "\n")
    else:
        Path(file).write_text(document + "\n", encoding="utf-8")


@cli.command(name="doctor")
def examine() -> None:
    """Proves the whole path: database, migration level, Redis, mail, and a message to a socket."""
    findings = asyncio.run(doctor.examine(Settings()))
    table = Table("Part", "State", "What it means")
    for each in findings:
        table.add_row(each.part, "[green]well[/]" if each.well else "[red]ill[/]", each.detail)
    screen.print(table)
    raise typer.Exit(0 if all(each.well for each in findings) else 1)


def main() -> None:
    cli()


if __name__ == "__main__":
    main()
