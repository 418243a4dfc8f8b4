"""People who are new to a site and come many at a time, each with an address: a visitor and a contact of his own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from engage.access import tokens
from engage.contacts.models import Contact, Visitor
from engage.kit.db import insert_all
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork
from engage.sites.models import Site


@dataclass(frozen=True)
class Newcomer:
    """Somebody of whom nothing is known but what he says. No browser is his, so no token opens his visitor."""

    site: Site
    #: in small letters
    email: str
    name: str | None
    visitor_id: UUID = field(default_factory=new_id)
    contact_id: UUID = field(default_factory=new_id)


async def add_all(work: UnitOfWork, people: Sequence[Newcomer]) -> None:
    """By two statements, as `service.introduce` would do it for each."""
    await insert_all(work.db, Contact, [_contact(work, each) for each in people])
    await insert_all(work.db, Visitor, [_visitor(work, each) for each in people])


def _contact(work: UnitOfWork, each: Newcomer) -> dict[str, Any]:
    return {
        "id": each.contact_id,
        "site_id": each.site.id,
        "name": each.name,
        "email": each.email,
        "attributes": {},
        "told": {},
        "created_at": work.now,
    }


def _visitor(work: UnitOfWork, each: Newcomer) -> dict[str, Any]:
    return {
        "id": each.visitor_id,
        "site_id": each.site.id,
        "contact_id": each.contact_id,
        "token_hash": tokens.token_hash(tokens.new_token()),
        "name": each.name,
        "email": each.email,
        "locale": each.site.locale,
        "created_at": work.now,
    }
