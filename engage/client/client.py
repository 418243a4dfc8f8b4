"""The client: one session, cursor pages as async iterators, and tries again where that is safe."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote
from uuid import UUID

import aiohttp
from pydantic import BaseModel

from engage.client.types import Contact, Conversation, EngageProblem, Entry

T = TypeVar("T", bound=BaseModel)

TRIES = 4
#: longest wait before another try, whatever the server asks for
LONGEST_WAIT = 30.0
#: a server that cannot, or that asks us to wait
AGAIN = frozenset({429, 502, 503, 504})


class Engage:
    """`async with Engage(url, key=…) as engage`. Every write carries an Idempotency-Key, so a second try is none."""

    def __init__(self, url: str, *, key: str, seconds: float = 30, first_wait: float = 0.5) -> None:
        self._url = f"{url.rstrip('/')}/api/v1"
        self._headers = {"Authorization": f"Bearer {key}"}
        self._timeout = aiohttp.ClientTimeout(total=seconds)
        self._first_wait = first_wait

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession(headers=self._headers, timeout=self._timeout)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.close()

    def contacts(self, *, search: str = "") -> AsyncIterator[Contact]:
        return self._pages("/contacts", Contact, {"search": search} if search else {})

    async def contact(self, contact_id: UUID) -> Contact:
        return Contact.model_validate(await self._call("GET", f"/contacts/{contact_id}"))

    async def put_contact(
        self,
        external_id: str,
        *,
        name: str | None = None,
        email: str | None = None,
        phone: str | None = None,
        attributes: Mapping[str, str | int | float | bool | None] | None = None,
    ) -> Contact:
        """Creates or updates; what is not given stays as it is."""
        given = {"name": name, "email": email, "phone": phone, "attributes": attributes and dict(attributes)}
        body = {field: value for field, value in given.items() if value is not None}
        path = f"/contacts/external/{quote(external_id, safe='')}"
        return Contact.model_validate(await self._call("PUT", path, body))

    def conversations(self, *, contact_id: UUID | None = None) -> AsyncIterator[Conversation]:
        return self._pages("/conversations", Conversation, {"contact_id": str(contact_id)} if contact_id else {})

    async def conversation(self, conversation_id: UUID) -> Conversation:
        return Conversation.model_validate(await self._call("GET", f"/conversations/{conversation_id}"))

    async def entries(self, conversation_id: UUID, *, after: int = 0) -> AsyncIterator[Entry]:
        """The timeline from a number on."""
        while True:
            query = {"after_seq": str(after), "limit": "200"}
            page = await self._call("GET", f"/conversations/{conversation_id}/entries", query=query)
            for item in page["items"]:
                entry = Entry.model_validate(item)
                after = entry.seq
                yield entry
            if not page["more"]:
                return

    async def say(self, conversation_id: UUID, text: str) -> Entry:
        return await self._write(f"/conversations/{conversation_id}/messages", text)

    async def note(self, conversation_id: UUID, text: str) -> Entry:
        return await self._write(f"/conversations/{conversation_id}/notes", text)

    async def _write(self, path: str, text: str) -> Entry:
        return Entry.model_validate(await self._call("POST", path, {"client_id": str(uuid.uuid4()), "text": text}))

    async def _pages(self, path: str, kind: type[T], query: Mapping[str, str]) -> AsyncIterator[T]:
        cursor: str | None = None
        while True:
            page = await self._call("GET", path, query={**query, **({"cursor": cursor} if cursor else {})})
            for item in page["items"]:
                yield kind.model_validate(item)
            cursor = page["next_cursor"]
            if cursor is None:
                return

    async def _call(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, query: Mapping[str, str] | None = None
    ) -> Any:
        """Raises EngageProblem, and aiohttp's errors when there is no server after all tries."""
        headers = {"Idempotency-Key": str(uuid.uuid4())} if method == "POST" else {}
        for attempt in range(1, TRIES + 1):
            try:
                async with self._http.request(
                    method, self._url + path, json=body, params=query, headers=headers
                ) as response:
                    if response.status < 400:
                        return await response.json()
                    if response.status not in AGAIN or attempt == TRIES:
                        raise await _problem(response)
                    asked = float(response.headers.get("Retry-After", 0))
            except aiohttp.ClientConnectionError:
                if attempt == TRIES:
                    raise
                asked = 0.0
            await asyncio.sleep(min(max(asked, self._first_wait * 2 ** (attempt - 1)), LONGEST_WAIT))
        raise AssertionError("the last try returns or raises")


async def _problem(response: aiohttp.ClientResponse) -> EngageProblem:
    try:
        told = await response.json(content_type=None)
    except ValueError:
        told = {}
    return EngageProblem(response.status, str(told.get("code", "unknown")), str(told.get("detail", response.reason)))
