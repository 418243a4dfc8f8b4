"""The command line: thin commands, no logic."""

import asyncio
import json
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from engage import doctor, migrations, server, setup
from engage.access.principals import Role
from engage.app import Role as Part
from engage.app import create_app
from engage.channels.email import pipe
from engage.demo import seed
from engage.kit import logs
from engage.kit.errors import EngageError
from engage.kit.routes import API
from engage.kit.unit_of_work import UNITS
from engage.settings import Settings
from engage.wire_format import openapi

mail = typer.Typer(no_args_is_help=True, help="Customers' mail.")
cli = typer.Typer(no_args_is_help=True, add_completion=False, help="Engage: an omnichannel web-care server.")
screen = Console()
T = TypeVar("T")
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


def _run(role: Part, *, migrate_first: bool = False) -> None:
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
def add_site(
    key: Annotated[str, typer.Argument(help="Stands in the pasted tag: small letters, digits, hyphens.")],
    name: Annotated[str, typer.Argument(help="What customers read.")],
    origin: Annotated[list[str], typer.Option(help="Website that may embed the widget; may be repeated.")],
    queue: Annotated[list[str] | None, typer.Option(help="Topic that customers choose; may be repeated.")] = None,
    hours: Annotated[list[str] | None, typer.Option(help='Such as "mon-fri 08:00-18:00"; none: always open.')] = None,
    time_zone: Annotated[str, typer.Option(help="Of the opening hours.")] = "UTC",
    mail_from: Annotated[str | None, typer.Option(help="Sender of the site's mails.")] = None,
) -> None:
    """Makes a site and prints the tag to paste into its pages."""
    new = setup.NewSite(key, name, origin, queue or [], time_zone, hours or [], mail_from)
    settings = _prepared()
    _said(setup.add_site(create_app(settings, role="web"), new))
    screen.print(f'<script async src="{settings.own_url}/widget.js" data-site="{key}"></script>', highlight=False)


@cli.command()
def add_agent(
    email: str,
    name: str,
    site: Annotated[str, typer.Option(help="Key of the site he answers for.")],
    role: Annotated[Role, typer.Option(help="admin, supervisor, agent or editor.")] = "agent",
) -> None:
    """Makes an agent and prints his first password."""
    password = _said(
        setup.add_agent(create_app(_prepared(), role="web"), email=email, name=name, site_key=site, role=role)
    )
    screen.print(f"{email} signs in at /console/ with the password {password}", highlight=False)


@cli.command()
def add_articles(site: str, folder: Path) -> None:
    """Makes the site's articles those of a folder of Markdown files, as kb/articles/en is one."""
    screen.print(_said(setup.publish_articles(create_app(_prepared(), role="web"), site, folder)))


def _prepared() -> Settings:
    settings = Settings()
    migrations.upgrade(settings)
    return settings


def _said(doing: Coroutine[Any, Any, T]) -> T:
    """The result, or the reason in a line and the exit code 1."""
    try:
        return asyncio.run(doing)
    except (setup.NotPossible, EngageError, OSError) as problem:
        screen.print(f"[red]{problem}[/]", highlight=False)
        raise typer.Exit(1) from problem


@mail.command()
def deliver(
    to: Annotated[str, typer.Option(help="The address to which it was sent.")],
    sender: Annotated[str, typer.Option("--from", help="The sender on the envelope.")] = "",
) -> None:
    """Takes one mail from standard input; exits with 75 when it has to be brought again."""
    try:
        code = asyncio.run(_deliver(sys.stdin.buffer.read(), to, sender))
    except Exception as problem:
        sys.stderr.write(f"{type(problem).__name__}: {problem}\n")
        raise typer.Exit(pipe.LATER) from problem
    raise typer.Exit(code)


async def _deliver(content: bytes, to: str, sender: str) -> int:
    app = create_app(Settings(), role="web")
    try:
        return await pipe.deliver(app, content, to=to, sender=sender)
    finally:
        await app[UNITS].database.close()


cli.add_typer(mail, name="mail")


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
def examine(
    part: Annotated[list[str] | None, typer.Argument(help="Only these parts.")] = None,
    url: Annotated[list[str] | None, typer.Option(help="A running server; may be repeated.")] = None,
    mail_to: Annotated[str | None, typer.Option(help="Sends a real mail there.")] = None,
    mailbox: Annotated[str | None, typer.Option(help="A mailbox of ours sends itself a mail and waits for it.")] = None,
) -> None:
    """Asks every part for real: database, migrations, outbox, redis, mail out, in and round, front ends, sockets."""
    if unknown := set(part or ()) - doctor.PARTS.keys():
        raise typer.BadParameter(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(doctor.PARTS)}")
    question = doctor.Question(Settings(), urls=url or (), mail_to=mail_to, mailbox=mailbox, parts=part or ())
    findings = asyncio.run(doctor.examine(question))
    table = Table("Part", "State", "What it means")
    for each in findings:
        table.add_row(each.part, "[green]well[/]" if each.well else "[red]ill[/]", each.detail)
    screen.print(table)
    raise typer.Exit(0 if all(each.well for each in findings) else 1)


def main() -> None:
    cli()


if __name__ == "__main__":
    main()
