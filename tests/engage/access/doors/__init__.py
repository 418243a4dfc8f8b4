"""Every door of the server, one row each: a route or signal, and who may pass.

Each slice has a module here with `DOORS`, and `MADE` for the things that its paths name. A route without a row fails
the suite, and so does a row without a route.
"""

import importlib
import pkgutil
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

#: who knocks; `Town.callers` says with what in his hands
STRANGERS = ("nobody", "forged", "signed_out", "expired")
VISITORS = ("visitor", "other_visitor")
FOREIGNERS = ("foreign_agent", "foreign_admin")
COLLEAGUES = ("narrow", "editor", "colleague", "supervisor", "admin")
#: programs: with a key that lacks every scope but one, that has run out, that was revoked, or that is of another site
KEYS = ("weak_key", "expired_key", "revoked_key", "foreign_key")
CALLERS = STRANGERS + VISITORS + FOREIGNERS + COLLEAGUES + KEYS
#: none of them may ever read what the visitor said
OUTSIDERS = frozenset((*STRANGERS, *KEYS, "other_visitor", *FOREIGNERS, "narrow", "editor"))

Denied: TypeAlias = Mapping[str, int]


def _all(callers: tuple[str, ...], status: int) -> dict[str, int]:
    return dict.fromkeys(callers, status)


NOT_AN_AGENT = _all(STRANGERS + VISITORS + KEYS, 401)
NOT_A_VISITOR = _all(STRANGERS + FOREIGNERS + COLLEAGUES + KEYS, 401)
NOT_A_KEY = _all(CALLERS, 401)
NOT_OF_THIS_SITE = NOT_AN_AGENT | _all(FOREIGNERS, 404)

#: the status that each caller must get; who is not named is let in
POLICIES: dict[str, Denied] = {
    "public": {},
    # a form of our own page, before anybody is known
    "our page": {},
    "visitor": NOT_A_VISITOR,
    "his own": NOT_A_VISITOR | {"other_visitor": 404},
    # a program's key with the right scope; one of another site reads what is of its own site
    "key": {caller: status for caller, status in NOT_A_KEY.items() if caller != "foreign_key"} | {"weak_key": 403},
    # the same, for one thing of this site
    "key of the site": {**NOT_A_KEY, "weak_key": 403, "foreign_key": 404},
    "agent": NOT_AN_AGENT,
    # the work of one queue
    "desk": NOT_OF_THIS_SITE | {"narrow": 404, "editor": 403},
    # work in the hands of the colleague: others see it and may not act on it
    "holder": NOT_OF_THIS_SITE | {"narrow": 409, "editor": 403, "colleague": 409, "supervisor": 409, "admin": 409},
    # what rings at the colleague's desk
    "ringing": NOT_AN_AGENT | _all(FOREIGNERS + COLLEAGUES, 404),
    # whoever answers at the site, whatever his queues
    "site": NOT_OF_THIS_SITE | {"editor": 403},
    "member": NOT_OF_THIS_SITE,
    "articles": NOT_OF_THIS_SITE | _all(("narrow", "colleague", "supervisor"), 403),
    "supervise": NOT_OF_THIS_SITE | _all(("narrow", "colleague", "editor"), 403),
    "administer": NOT_OF_THIS_SITE | _all(("narrow", "colleague", "editor", "supervisor"), 403),
}


@dataclass(frozen=True)
class Door:
    #: such as `PUT /api/v1/agent/presence`
    route: str
    policy: str
    #: a body and a query that the route takes; `{name}` in a text stands for something that was made
    body: Mapping[str, Any] | None = None
    query: Mapping[str, str] = field(default_factory=dict)
    #: statuses that differ from the policy's, with the reason beside them
    but: Denied = field(default_factory=dict)

    @property
    def denied(self) -> dict[str, int]:
        return {**POLICIES[self.policy], **self.but}


@dataclass(frozen=True)
class Signal:
    """A socket's signal; the strangers have no socket, so only agents and visitors are tried."""

    namespace: str
    name: str
    payload: Mapping[str, Any]
    #: callers whose signal is refused as "not found" or "not allowed"
    denied: frozenset[str]


#: how a thing that paths name comes to be, given the town and what was made before
Made: TypeAlias = Callable[[Any, dict[str, str]], Awaitable[str]]


def _modules() -> list[Any]:
    names = sorted(each.name for each in pkgutil.iter_modules(__path__))
    return [importlib.import_module(f"{__name__}.{name}") for name in names]


def doors() -> list[Door]:
    return [door for module in _modules() for door in getattr(module, "DOORS", [])]


def signals() -> list[Signal]:
    return [signal for module in _modules() for signal in getattr(module, "SIGNALS", [])]


def made() -> dict[str, Made]:
    return {name: make for module in _modules() for name, make in getattr(module, "MADE", {}).items()}
