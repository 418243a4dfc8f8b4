"""People in the house. An agent is signed in without his password, whose check takes long on purpose."""

import uuid
from typing import Any

import aiohttp
from yarl import URL

from engage.agents.sign_in import COOKIE
from tests.house.screen import MemoryScreen
from tests.people import TestAgent, TestVisitor
from tests.people.screen import Screens
from tests.people.visitor import answer_of


class HouseVisitor(TestVisitor):
    """A visitor who knows how his chat stands."""

    screen: MemoryScreen

    async def place(self, conversation_id: str) -> tuple[str, int | None]:
        """State and position as his widget shows them."""
        view = await self.get(f"/visitor/conversations/{conversation_id}")
        return view["state"], view["position"]

    async def states(self, conversation_id: str) -> list[str]:
        """What the timeline says happened, in order."""
        entries = await self.entries(conversation_id)
        return [entry["details"]["state"] for entry in entries if entry["kind"] == "state"]

    async def texts(self, conversation_id: str) -> list[str]:
        return [entry["text"] for entry in await self.entries(conversation_id) if entry["kind"] == "message"]

    async def sends_file(self, conversation_id: str, attachment_id: str) -> dict[str, Any]:
        path = f"/visitor/conversations/{conversation_id}/messages"
        return await self.post(path, client_id=str(uuid.uuid4()), attachment_ids=[attachment_id])  # type: ignore[no-any-return]


class HouseAgent(TestAgent):
    """An agent who looks at what his snapshot shows."""

    screen: MemoryScreen

    def __init__(self, url: str, name: str, token: str, *, presence: str, screens: Screens) -> None:
        super().__init__(url, name, presence=presence, screens=screens)
        self.token = token

    async def signs_in(self, password: str = "") -> dict[str, Any]:
        self._http.cookie_jar.update_cookies({COOKIE: self.token}, URL(self.url))
        me: dict[str, Any] = await self.get("/agent/me")
        self.id = me["id"]
        return me

    async def offers(self) -> list[str]:
        """Conversations that ring at his desk."""
        return [offer["engagement"]["conversation_id"] for offer in (await self.workspace())["offers"]]

    async def holds(self) -> dict[str, str]:
        """Conversations in his hands, with their state."""
        return {item["conversation_id"]: item["state"] for item in (await self.workspace())["mine"]}

    async def takes(self, conversation_id: str) -> str:
        """Accepts what rings already; the engagement."""
        return str((await self.accepts(conversation_id))["engagement_id"])

    async def ringing(self, conversation_id: str) -> str:
        """The offer of this conversation that rings now."""
        offers = (await self.workspace())["offers"]
        (offer,) = [each["id"] for each in offers if each["engagement"]["conversation_id"] == conversation_id]
        return str(offer)

    async def takes_again(self, conversation_id: str) -> None:
        """Accepts what rings now, though the conversation has rung before."""
        await self.post(f"/agent/offers/{await self.ringing(conversation_id)}/accept")

    async def uploads(self, name: str, content: bytes, *, site_id: str) -> dict[str, Any]:
        form = aiohttp.FormData()
        form.add_field("file", content, filename=name)
        response = await self.raw("POST", f"/agent/attachments?site_id={site_id}", data=form)
        return await answer_of(response)  # type: ignore[no-any-return]

    async def raw(self, method: str, path: str, **options: Any) -> aiohttp.ClientResponse:
        """An answer as it came, refused or not."""
        response = await self._http.request(method, f"{self.url}/api/v1{path}", **options)
        await response.read()
        return response

    async def page(self, path: str) -> aiohttp.ClientResponse:
        """A page outside of the REST interface."""
        response = await self._http.get(f"{self.url}{path}")
        await response.read()
        return response
