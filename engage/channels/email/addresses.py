"""Which mailbox an address belongs to: its own, an alias, one with something behind a plus, a reply address."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from aiohttp import web
from sqlalchemy import select

from engage.channels.email.models import Mailbox
from engage.kit.unit_of_work import UNITS, UnitOfWork


@dataclass(frozen=True)
class Place:
    """A mailbox, as far as whoever brings mail must know it."""

    mailbox_id: UUID
    site_id: UUID
    is_on: bool


def plain(address: str) -> str:
    """As addresses are compared: in small letters, and nothing that no address holds."""
    return address.strip().strip("<>").strip().lower().encode("utf-8", "replace").decode()[:320]


def without_plus(address: str) -> str:
    """support+r.abc@carrier.example is support@carrier.example."""
    local, at, domain = address.rpartition("@")
    return local.partition("+")[0] + at + domain


def found(places: dict[str, Place], address: str) -> Place | None:
    wanted = plain(address)
    return places.get(wanted) or places.get(without_plus(wanted))


async def read(work: UnitOfWork) -> dict[str, Place]:
    """Every address of every mailbox; a mailbox's own name comes before another one's alias."""
    boxes = (
        await work.db.execute(select(Mailbox.id, Mailbox.site_id, Mailbox.is_on, Mailbox.address, Mailbox.aliases))
    ).all()
    places: dict[str, Place] = {}
    for box in boxes:
        place = Place(box.id, box.site_id, box.is_on)
        places |= {plain(alias): place for alias in _aliases(box.aliases) if plain(alias) not in places}
    return places | {plain(box.address): Place(box.id, box.site_id, box.is_on) for box in boxes}


def _aliases(stored: Iterable[object]) -> list[str]:
    return [str(each["address"]) for each in stored if isinstance(each, dict) and each.get("address")]


@dataclass
class AddressBook:
    """The addresses as they were last read. A name that is not in it is looked up anew before it is called unknown."""

    app: web.Application
    _places: dict[str, Place] = field(default_factory=dict)

    async def place(self, address: str) -> Place | None:
        known = found(self._places, address)
        if known is None or not known.is_on:
            async with self.app[UNITS].read() as work:
                self._places = await read(work)
            known = found(self._places, address)
        return known


ADDRESS_BOOK = web.AppKey("mail_addresses", AddressBook)
