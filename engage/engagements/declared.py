"""What channels say of themselves to those who show their work: each declares it, and nobody keeps a list of them."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias
from uuid import UUID

from aiohttp import web

from engage.kit.unit_of_work import UnitOfWork

#: what an agent can do with the work of a channel, beside what he can do with all work
Ability = Literal["write", "files", "articles", "mail", "call"]
#: those of these sites at which it is switched on
OnAt: TypeAlias = Callable[[UnitOfWork, Collection[UUID]], Awaitable[Collection[UUID]]]


@dataclass(frozen=True)
class Declared:
    name: str
    label: str
    composer: tuple[Ability, ...]
    #: how long its customers bear to wait where nothing is promised to them
    patience_seconds: int
    #: none: it is on wherever the server has it
    on_at: OnAt | None


DECLARED: web.AppKey[Sequence[Declared]] = web.AppKey("declared_channels")
