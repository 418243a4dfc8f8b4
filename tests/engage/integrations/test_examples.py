"""What docs/integration.md shows is taken out of it and run: only the address, the key and the secret are put in."""

import asyncio
import json
import re
import subprocess
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.engage.conftest import BuildHouse
from tests.engage.integrations.receiver import a_receiver
from tests.house import House
from tests.services.engage import ROOT

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

DOCUMENT = ROOT / "docs" / "integration.md"
SCOPES = ["contacts:read", "contacts:write", "conversations:read", "conversations:write"]
BUNDLE = """
import { build } from 'vite';
await build({ root: process.argv[1], logLevel: 'warn', ssr: { noExternal: true }, build: { ssr: 'example.ts',
  target: 'node20', outDir: process.argv[1] + '/built',
  rollupOptions: { output: { entryFileNames: 'example.mjs' } } } });
"""


@pytest.fixture
async def house(build_house: BuildHouse) -> House:
    """At the hour of the machine's own clock, by which the verifiers judge."""
    house = await build_house(outgoing_allow=("127.0.0.1",))
    house.clock.advance(seconds=(datetime.now(UTC) - house.clock.now()).total_seconds())
    return house


@dataclass
class Shop:
    """A program of the site's own, with a key, and with a webhook that has brought one event."""

    house: House
    key: str
    secret: str
    headers: dict[str, str]
    body: bytes

    def example(self, language: str, having: str) -> str:
        blocks = re.findall(rf"```{language}\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)
        [block] = [block for block in blocks if having in block]
        for shown, real in (("engage_…", self.key), ("https://care.example", self.house.url), ("whsec_…", self.secret)):
            block = block.replace(shown, real)
        return str(block)


@pytest.fixture
async def shop(house: House) -> AsyncIterator[Shop]:
    async with a_receiver() as receiver, house.agent("adam", role="admin", presence="offline") as admin:
        made = await admin.post(f"/admin/sites/{house.site.id}/keys", name="Shop", scopes=SCOPES)
        hook = await admin.post(
            f"/admin/sites/{house.site.id}/webhooks", url=receiver.url, events=["contact.updated"], enabled=True
        )
        await admin.post(f"/admin/webhooks/{hook['webhook']['id']}/test")
        await house.settles()
        headers, body = receiver.requests[0]
        yield Shop(house, made["key"], hook["secret"], headers, body)


async def ran(*command: str, folder: Path = ROOT) -> str:
    """What it has said; it must end well."""
    done = await asyncio.to_thread(subprocess.run, command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


async def test_the_documents_examples_run_against_a_server(shop: Shop, tmp_path: Path) -> None:
    async with shop.house.visitor() as kim:
        await kim.starts_chat("Where is my parcel?", name="Kim")

    client: dict[str, Any] = {}
    exec(shop.example("python", "put_contact"), client)  # noqa: S102 - our own document
    await client["main"]()
    listed = json.loads(await ran("sh", "-c", shop.example("sh", "curl").replace("curl", "curl -sf")))
    script = tmp_path / "example.ts"
    script.write_text(shop.example("ts", "createApi").replace("'@engage/client'", f"'{ROOT}/widgets/client/src'"))
    await ran("node", "--input-type=module", "-e", BUNDLE, str(tmp_path))
    printed = await ran("node", str(tmp_path / "built" / "example.mjs"))

    [berg] = [contact for contact in listed["items"] if contact["name"] == "Kim Berg"]
    assert berg["attributes"] == {"plan": "L"}
    assert f"{berg['id']} Kim Berg" in printed


async def test_the_documents_checks_take_a_real_event_and_refuse_a_changed_one(shop: Shop, tmp_path: Path) -> None:
    told = {"body": shop.body, "headers": shop.headers}
    exec(shop.example("python", "Webhook("), told)  # noqa: S102 - our own document
    check = tmp_path / "check.mjs"
    check.write_text(
        shop.example("js", "timingSafeEqual")
        + "const [body, headers] = process.argv.slice(2);\n"
        + "let refused = 0; try { verified(body + ' ', JSON.parse(headers)); } catch { refused = 1; }\n"
        + "console.log(JSON.stringify([verified(body, JSON.parse(headers)).type, refused]));"
    )

    said = await ran("node", str(check), shop.body.decode(), json.dumps(shop.headers))

    assert told["event"]["type"] == "test.sent"  # type: ignore[index]  # set by the example
    assert json.loads(said) == ["test.sent", 1]
