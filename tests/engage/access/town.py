"""Two sites and everybody who might knock at a door: the chat of one visitor, and all who should not see it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp
from sqlalchemy import select, update

from engage.access.keys import SCOPES
from engage.access.tokens import token_hash
from engage.agents.models import SignIn
from engage.agents.sign_in import COOKIE
from engage.kit.db import Model
from engage.sites.models import Queue, Site
from tests.engage.access.doors import KEYS, Door, made
from tests.house import House, rows
from tests.house.people import HouseAgent, HouseVisitor

SECRET = "my account number is 4711"
OUR_PAGE = {"X-Engage-Request": "1"}
#: the smallest picture there is
DOT = bytes.fromhex("47494638396101000100800100ffffff00000021f90401000001002c00000000010001000002024c01003b")
UPLOAD = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.gif"\r\n\r\n' + DOT + b"\r\n--x--\r\n"
#: the one scope of the weak key
WEAK_SCOPE = "articles:read"
#: what reading may change: when somebody was last seen
NOT_COMPARED = frozenset({"sign_ins", "visitors", "agents", "answered_requests", "api_keys"})


@dataclass
class Town:
    house: House
    #: of everybody, for it keeps nothing
    browser: aiohttp.ClientSession
    visitors: dict[str, HouseVisitor] = field(default_factory=dict)
    people: dict[str, HouseAgent] = field(default_factory=dict)
    #: API keys, by who shows them
    keys: dict[str, str] = field(default_factory=dict)
    #: of what was made, by the name that it has in paths
    ids: dict[str, str] = field(default_factory=dict)

    def filled(self, value: Any) -> Any:
        """With `{name}` replaced by the id of what was made."""
        if isinstance(value, str):
            for name, made_id in self.ids.items():
                value = value.replace("{" + name + "}", made_id)
            return value
        if isinstance(value, Mapping):
            return {key: self.filled(each) for key, each in value.items()}
        return [self.filled(each) for each in value] if isinstance(value, list) else value

    def with_sockets(self, namespace: str) -> dict[str, HouseVisitor | HouseAgent]:
        """Whoever has a socket of this namespace that still lives."""
        if namespace == "/visitor":
            return dict(self.visitors)
        return {name: person for name, person in self.people.items() if name not in ("signed_out", "expired")}

    def hands(self, caller: str) -> tuple[dict[str, str], dict[str, str]]:
        """Headers and cookies of whoever knocks."""
        if caller in self.visitors:
            return OUR_PAGE | {"Authorization": f"Bearer {self.visitors[caller].token}"}, {}
        if caller in self.keys:
            return OUR_PAGE | {"Authorization": f"Bearer {self.keys[caller]}"}, {}
        if caller in self.people:
            return OUR_PAGE, {COOKIE: self.people[caller].token}
        forged = {"forged": ({"Authorization": "Bearer forged"}, {COOKIE: "forged"})}
        headers, cookies = forged.get(caller, ({}, {}))
        return OUR_PAGE | headers, cookies

    async def knocks(self, door: Door, caller: str, *, headers: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Status and text of the answer; `headers` in the place of the caller's own."""
        own, cookies = self.hands(caller)
        method, path = str(self.filled(door.route)).split(" ", 1)
        assert "{" not in path, f"nobody makes what {path} names: say it in MADE"
        shown = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}
        options: dict[str, Any] = {
            "headers": shown | dict(own if headers is None else headers),
            "params": self.filled(door.query),
        }
        if door.body is not None:
            options["json"] = self.filled(door.body)
        elif method == "POST" and path.endswith(("/attachments", "/uploads", "/picture", "/logo")):
            options["data"] = UPLOAD
            options["headers"]["Content-Type"] = "multipart/form-data; boundary=x"
        url = self.house.url + path
        async with self.browser.request(method, url, allow_redirects=False, **options) as response:
            return response.status, (await response.read()).decode(errors="replace")

    async def everything(self) -> dict[str, list[Any]]:
        """Every row there is, so that nothing can have changed unseen."""
        found = {}
        async with self.house.looking() as work:
            for table in Model.metadata.sorted_tables:
                if table.name not in NOT_COMPARED:
                    rows_ = (await work.db.execute(select(table))).all()
                    found[table.name] = sorted(repr(tuple(row)) for row in rows_)
        return found


@asynccontextmanager
async def a_town(house: House) -> AsyncIterator[Town]:
    """With a chat in the colleague's hands, another one that rings at his desk, and one of everything else."""
    async with AsyncExitStack() as entered:
        browser = await entered.enter_async_context(aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()))
        town = Town(house, browser)
        async with house.working() as work:
            await rows.a_site(work, "southlink")
        for name in ("visitor", "other_visitor"):
            town.visitors[name] = await entered.enter_async_context(house.visitor())
        keeper = await entered.enter_async_context(house.agent("keeper"))
        town.ids = await _a_day_at_work(house, town.visitors["visitor"], keeper)
        for name, options in PEOPLE.items():
            town.people[name] = await entered.enter_async_context(house.agent(name, presence="busy", **options))
        for name, make in made().items():
            town.ids[name] = await make(town, town.ids)
        await _keys(town)
        await town.people["signed_out"].delete("/agent/session")
        await _expire(town)
        yield town


PEOPLE: dict[str, dict[str, Any]] = {
    "foreign_agent": {"site_key": "southlink"},
    "foreign_admin": {"site_key": "southlink", "role": "admin"},
    "narrow": {"queues": ["billing"], "all_queues": False},
    "editor": {"role": "editor", "queues": []},
    "colleague": {},
    "supervisor": {"role": "supervisor"},
    "admin": {"role": "admin"},
    "signed_out": {"role": "admin"},
    "expired": {"role": "admin"},
}


async def _a_day_at_work(house: House, kim: HouseVisitor, keeper: HouseAgent) -> dict[str, str]:
    chat = await kim.starts_chat(SECRET)
    await house.settles()
    engagement_id = await keeper.takes(chat["id"])
    file = await kim.uploads("bill.txt", SECRET.encode())
    await kim.sends_file(chat["id"], file["id"])
    await kim.post(f"/visitor/conversations/{chat['id']}/transcript", email="kim@shop.example")
    ringing = await kim.starts_chat(SECRET)
    await house.settles()
    (mail,) = (await keeper.get("/agent/mails"))["items"]
    async with house.looking() as work:
        queue = (
            await work.db.scalars(select(Queue).where(Queue.site_id == house.site.id, Queue.key == "billing"))
        ).one()
    return {
        "conversation_id": chat["id"],
        "engagement_id": engagement_id,
        "offer_id": await keeper.ringing(ringing["id"]),
        "attachment_id": file["id"],
        "mail_id": mail["id"],
        "site_id": str(house.site.id),
        "queue_id": str(queue.id),
        "key": "nordlink",
        "slug": "no-such-article",
    }


async def _keys(town: Town) -> None:
    async with town.house.working() as work:
        southlink = (await work.db.scalars(select(Site.id).where(Site.key == "southlink"))).one()
        past = {"expired_key": {"expires_at": work.now}, "revoked_key": {"revoked_at": work.now}}
        for name in KEYS:
            site_id = southlink if name == "foreign_key" else town.house.site.id
            scopes = [WEAK_SCOPE] if name == "weak_key" else list(SCOPES)
            row, town.keys[name] = rows.an_api_key(work, site_id=site_id, scopes=scopes, **past.get(name, {}))
            work.db.add(row)


async def _expire(town: Town) -> None:
    his = update(SignIn).where(SignIn.token_hash == token_hash(town.people["expired"].token))
    async with town.house.working() as work:
        await work.db.execute(his.values(expires_at=work.now - timedelta(seconds=1)))
