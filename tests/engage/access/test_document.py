"""Every route against the program's own document: whatever is sent, the answer is one that the document promises."""

import asyncio
import contextlib
from itertools import islice
from typing import Any, TypeAlias
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from engage.access.keys import SCOPES
from engage.agents.sign_in import COOKIE
from engage.kit.routes import API
from engage.wire_format import openapi
from tests.engage.access.town import OUR_PAGE, Town, a_town
from tests.house import House, rows

Operation: TypeAlias = APIOperation[Any, Any, Any, Any]
#: the public interface of programs
OF_KEYS = ("/api/v1/key", "/api/v1/contacts", "/api/v1/conversations", "/api/v1/webhooks")
EXAMPLES = 5
#: the routes are shared out among as many tests, for each worker has some time then
PARTS = 3
#: the HTTP parser refuses longer ones before any route sees them
LONGEST_LINE = 6000
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
#: what a test needs to be quick and the same each time
QUIETLY = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


# PostgreSQL is the stricter of the two, and once is long enough
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
@pytest.mark.parametrize("part", range(PARTS))
async def test_no_request_breaks_a_route_or_gets_an_answer_that_its_document_does_not_promise(
    house: House, part: int
) -> None:
    schema = schemathesis.openapi.from_dict(openapi(house.app[API].routes))
    broken = []
    async with a_town(house) as town:
        for number, found in islice(enumerate(schema.get_all_operations()), part, None, PARTS):
            operation = found.ok()  # type: ignore[union-attr]  # an error fails here, as it should
            # limits fill up again, and whoever signs himself out or away is somebody else the next time
            house.clock.advance(seconds=120)
            caller = await hands_of(town, operation, f"tester{number}")
            try:
                await asyncio.to_thread(send_whatever_comes, house.url, operation, caller, town.ids)
            except FailureGroup as problems:
                broken += [f"{operation.label}: {problem}" for problem in problems.exceptions]

    assert not broken, "\n\n".join(broken)


async def hands_of(town: Town, operation: Operation, name: str) -> dict[str, Any]:
    """Headers and cookies of somebody whom the route lets in."""
    if "/visitor/" in operation.path:
        return {"headers": {"Authorization": f"Bearer {town.visitors['visitor'].token}"}, "cookies": {}}
    async with town.house.working() as work:
        if operation.path.startswith(OF_KEYS):
            row, key = rows.an_api_key(work, site_id=town.house.site.id, scopes=SCOPES)
            work.db.add(row)
            return {"headers": {"Authorization": f"Bearer {key}"}, "cookies": {}}
        token = await rows.an_agent(work, name, site_key="nordlink", queues=[], capacity=4, role="admin")
    return {"headers": OUR_PAGE, "cookies": {COOKIE: token}}


def send_whatever_comes(url: str, operation: Operation, caller: dict[str, Any], ids: dict[str, str]) -> None:
    """Good and bad requests, to things that exist and to things that do not."""
    for mode in GenerationMode.POSITIVE, GenerationMode.NEGATIVE:
        for known in ids, {}:
            _send(url, operation.as_strategy(generation_mode=mode), caller, known)


def _send(url: str, strategy: SearchStrategy[Case[Any]], caller: dict[str, Any], known: dict[str, str]) -> None:
    @QUIETLY
    @given(case=strategy)
    def send(case: Case[Any]) -> None:
        named = {name: known[name] for name in (case.path_parameters or {}) if name in known}
        case.path_parameters = {**(case.path_parameters or {}), **named}
        assume(len(quote(str(case.query))) < LONGEST_LINE)
        response = case.call(base_url=url, headers=caller["headers"], cookies=caller["cookies"])
        case.validate_response(response, checks=CHECKS)

    # some routes take nothing that could be wrong
    with contextlib.suppress(Unsatisfiable):
        send()
