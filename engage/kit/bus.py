"""Events go up: a slice publishes what happened, slices above react in the same transaction or after its commit."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

import structlog
from aiohttp import web

log = structlog.get_logger(__name__)

E = TypeVar("E")
#: takes the unit of work that published and the event; the unit is `Any` here because it is built on this module
Reaction = Callable[[Any, Any], Awaitable[None]]
#: the same for all events of one kind that were published at once
ListReaction = Callable[[Any, Sequence[Any]], Awaitable[None]]
Aftermath = Callable[[web.Application, Any], Awaitable[None]]
ListAftermath = Callable[[web.Application, Sequence[Any]], Awaitable[None]]


class Reactions:
    """A slice's table of reactions, filled by decorators and included by its `install`."""

    def __init__(self) -> None:
        self.inside: list[tuple[type[Any], ListReaction]] = []
        self.afterwards: list[tuple[type[Any], ListAftermath]] = []

    def on(self, event: type[E]) -> Callable[[Callable[[Any, E], Awaitable[None]]], Any]:
        """The reaction runs in the transaction that published the event, and can fail it."""

        def keep(reaction: Callable[[Any, E], Awaitable[None]]) -> Any:
            self.inside.append((event, _one_by_one(reaction)))
            return reaction

        return keep

    def on_all(self, event: type[E]) -> Callable[[Callable[[Any, Sequence[E]], Awaitable[None]]], Any]:
        """The same, for a reaction that takes many events of this kind with as few statements as one."""

        def keep(reaction: Callable[[Any, Sequence[E]], Awaitable[None]]) -> Any:
            self.inside.append((event, reaction))
            return reaction

        return keep

    def after_commit(self, event: type[E]) -> Callable[[Callable[[web.Application, E], Awaitable[None]]], Any]:
        """The reaction runs once the transaction is committed; its failure is logged and harms nobody."""

        def keep(reaction: Callable[[web.Application, E], Awaitable[None]]) -> Any:
            self.afterwards.append((event, _each_afterwards(reaction)))
            return reaction

        return keep

    def after_commit_of_all(
        self, event: type[E]
    ) -> Callable[[Callable[[web.Application, Sequence[E]], Awaitable[None]]], Any]:
        """The same, for a reaction that takes the events of this kind that follow each other at once."""

        def keep(reaction: Callable[[web.Application, Sequence[E]], Awaitable[None]]) -> Any:
            self.afterwards.append((event, reaction))
            return reaction

        return keep


def _one_by_one(reaction: Reaction) -> ListReaction:
    async def react(work: Any, events: Sequence[Any]) -> None:
        for event in events:
            await reaction(work, event)

    return react


def _each_afterwards(aftermath: Aftermath) -> ListAftermath:
    async def react(app: web.Application, events: Sequence[Any]) -> None:
        for event in events:
            try:
                await aftermath(app, event)
            except Exception:
                log.exception("aftermath_failed")

    return react


class Bus:
    """Who reacts to what, in the order in which the slices were installed."""

    def __init__(self) -> None:
        self._inside: dict[type[Any], list[ListReaction]] = defaultdict(list)
        self._afterwards: dict[type[Any], list[ListAftermath]] = defaultdict(list)

    def include(self, reactions: Reactions) -> None:
        for event, reaction in reactions.inside:
            self._inside[event].append(reaction)
        for event, aftermath in reactions.afterwards:
            self._afterwards[event].append(aftermath)

    def reactions_to(self, event: object) -> list[ListReaction]:
        return self._inside.get(type(event), [])

    def aftermaths_of(self, event: object) -> list[ListAftermath]:
        return self._afterwards.get(type(event), [])


BUS = web.AppKey("bus", Bus)
