"""The demo carrier Nordlink: a site, its queues, agents who can sign in, and its articles."""

from uuid import UUID

from aiohttp import web
from sqlalchemy import select

from engage.access.principals import Role
from engage.agents import passwords
from engage.agents import service as agents
from engage.agents.models import Agent, PresenceReason
from engage.agents.schemas import PresenceState
from engage.channels.callback import rules, settings_api
from engage.channels.callback.schemas import CallbackRules
from engage.conversations.models import CannedReply, Label
from engage.conversations.schemas import LabelColour
from engage.engagements.models import Disposition
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UNITS, UnitOfWork
from engage.routing.models import DeclineReason, QueueMember
from engage.selfcare import service as selfcare
from engage.sites.models import Queue, Site

SITE_KEY = "nordlink"
#: known to everybody: the demo is for trying, not for serving customers
PASSWORD = "nordlink-demo"  # noqa: S105  # shown on the demo page
AGENTS: tuple[tuple[str, str, Role], ...] = (
    ("anna@nordlink.example", "Anna", "admin"),
    ("ben@nordlink.example", "Ben", "agent"),
    ("chiara@nordlink.example", "Chiara", "agent"),
)
#: key, English and German name
QUEUES = (
    ("orders", "Orders and contracts", "Bestellungen und Verträge"),
    ("technical", "Technical help", "Technische Hilfe"),
    ("billing", "Bills and payments", "Rechnungen und Zahlungen"),
)
CANNED = (
    (
        "hello",
        "Greeting",
        "Hello {{visitor.first_name|there}}, this is {{agent.name}} of {{site.name}}. How can I help?",
    ),
    (
        "lights",
        "Router: which light",
        "{{visitor.first_name|Hello}}, please look at the lamps on the front. Which one is red, and does it blink?",
    ),
    (
        "restart",
        "Router: restart",
        "Please unplug the router, wait ten seconds and plug it in again. It takes two minutes.",
    ),
    ("moment", "One moment", "One moment please, I am looking into it."),
    ("bye", "Goodbye", "Gladly. Have a good day, {{visitor.first_name|and come again}}!"),
)
LABELS: tuple[tuple[str, LabelColour], ...] = (
    ("Outage", "bad"), ("Waits for a technician", "warn"), ("Praise", "good"), ("Moving house", "info"),
)  # fmt: skip
GERMAN = {"greeting": "Guten Tag, wie können wir helfen?", "launcher_text": "Brauchen Sie Hilfe?"}
CALLS_BACK = CallbackRules(on=True, countries=("DE", "AT", "CH", "DK", "NO", "SE", "GB"))
DECLINED_FOR = ("Not my topic", "In the middle of something", "About to leave")
#: with what they are meanwhile, and whether it is working time
AWAY_FOR: tuple[tuple[str, str, PresenceState, bool], ...] = (
    ("Lunch", "Mittagspause", "break", False), ("Training", "Schulung", "busy", True),
    ("Meeting", "Besprechung", "away", True),
)  # fmt: skip
DISPOSITIONS = ("Solved", "Explained", "Order placed", "Passed on", "No answer needed")


async def run(app: web.Application) -> None:
    """Makes what is missing; a second time changes nothing but articles that were edited."""
    async with app[UNITS].begin() as work:
        site = await work.db.scalar(select(Site).where(Site.key == SITE_KEY))
        if site is None:
            site = await _site(work)
            await _people(work, site.id, await _queues(work, site.id), await passwords.hash_of(PASSWORD))
            await rules.keep(work, site.id, CALLS_BACK)
            await settings_api.alone_with_a_call(work, site.id)
        await selfcare.publish_folder(work, site)


async def _site(work: UnitOfWork) -> Site:
    site = Site(
        id=new_id(),
        key=SITE_KEY,
        name="Nordlink",
        locale="en",
        time_zone="Europe/Berlin",
        origins=["self"],
        branding={
            "accent": "#2f6f5e",
            "position": "right",
            "launcher_text": "Need a hand?",
            "greeting": "Hello, how can we help?",
        },
        locales=["de"],
        texts={"de": GERMAN},
        opening_hours=None,
        mail_from="Nordlink <care@nordlink.example>",
        created_at=work.now,
    )
    work.db.add(site)
    await work.db.flush()
    return site


async def _queues(work: UnitOfWork, site_id: UUID) -> list[Queue]:
    queues = [
        Queue(id=new_id(), site_id=site_id, key=key, name=name, names={"de": german}, position=position)
        for position, (key, name, german) in enumerate(QUEUES)
    ]
    dispositions = [
        Disposition(id=new_id(), site_id=site_id, label=label, position=position)
        for position, label in enumerate(DISPOSITIONS)
    ]
    labels = [Label(id=new_id(), site_id=site_id, name=name, colour=colour) for name, colour in LABELS]
    work.db.add_all([*queues, *dispositions, *labels, *_reasons(site_id), *_canned_replies(work, site_id)])
    await work.db.flush()
    return queues


def _reasons(site_id: UUID) -> list[DeclineReason | PresenceReason]:
    declined = [
        DeclineReason(id=new_id(), site_id=site_id, label=label, position=position)
        for position, label in enumerate(DECLINED_FOR)
    ]
    away = [
        PresenceReason(
            id=new_id(), site_id=site_id, label=label, names={"de": german}, presence=presence, productive=counts,
            position=position,
        )
        for position, (label, german, presence, counts) in enumerate(AWAY_FOR)
    ]  # fmt: skip
    return [*declined, *away]


def _canned_replies(work: UnitOfWork, site_id: UUID) -> list[CannedReply]:
    return [
        CannedReply(
            id=new_id(), site_id=site_id, shortcut=shortcut, title=title, text=text, queue_ids=[], changed_at=work.now
        )
        for shortcut, title, text in CANNED
    ]


async def _people(work: UnitOfWork, site_id: UUID, queues: list[Queue], password_hash: str) -> None:
    for email, name, role in AGENTS:
        agent: Agent = await agents.hire(
            work,
            email=email,
            name=name,
            password_hash=password_hash,
            role=role,
            site_ids=[site_id],
        )
        work.db.add_all(QueueMember(queue_id=queue.id, agent_id=agent.id) for queue in queues)


def sign_in_lines(url: str) -> list[str]:
    """What the terminal says about the demo."""
    return [
        f"  the carrier's site   {url}/demo/",
        f"  the help centre      {url}/help/",
        f"  the agent console    {url}/console/",
        f"  sign in as           {AGENTS[0][0]} or {AGENTS[1][0]}, password {PASSWORD}",
    ]
