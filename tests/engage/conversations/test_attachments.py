"""Files over HTTP: whose they are, how large they may be, and what becomes of those that were never sent."""

import io
import uuid
from pathlib import Path

import pytest
from PIL import Image

from tests.engage.conftest import BuildHouse
from tests.house import House
from tests.people.visitor import Refused

DAY = 24 * 3600


def a_picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 4), "teal").save(file, format="PNG")
    return file.getvalue()


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_file_reaches_the_other_side_with_its_message_and_cannot_run_there(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat = await visitor.starts_chat("Hello")
        file = await visitor.uploads("bill.txt", b"19.99")

        await visitor.sends_file(chat["id"], file["id"])
        shown = (await anna.entries(chat["id"]))[-1]["attachments"]
        response = await anna.raw("GET", f"/agent/attachments/{file['id']}")

        assert [each["name"] for each in shown] == ["bill.txt"]
        assert await response.read() == b"19.99"
        assert response.headers["Content-Disposition"].startswith("attachment;")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response.headers["Content-Security-Policy"]


async def test_picture_is_shown_and_text_is_saved(house: House) -> None:
    async with house.visitor() as visitor:
        picture = await visitor.uploads("cat.png", a_picture())

        headers, _ = await visitor.downloads(picture["id"])

        assert headers["Content-Disposition"] == "inline; filename*=UTF-8''cat.png"
        assert headers["Content-Type"] == "image/png"


async def test_name_cannot_add_to_the_header(house: House) -> None:
    async with house.visitor() as visitor:
        file = await visitor.uploads('a"; filename=evil.html', b"words")

        headers, _ = await visitor.downloads(file["id"])

        assert headers["Content-Disposition"].count(";") == 1


async def test_file_of_somebody_else_cannot_be_sent_or_seen(house: House) -> None:
    async with house.visitor() as kim, house.visitor() as thief:
        file = await kim.uploads("bill.txt", b"19.99")
        chat = await thief.starts_chat("Hello")

        with pytest.raises(Refused, match="unknown_attachment"):
            await thief.sends_file(chat["id"], file["id"])
        with pytest.raises(Refused, match="404"):
            await thief.downloads(file["id"])


async def test_file_is_sent_once(house: House) -> None:
    async with house.visitor() as visitor:
        chat = await visitor.starts_chat("Hello")
        file = await visitor.uploads("bill.txt", b"19.99")
        await visitor.sends_file(chat["id"], file["id"])

        with pytest.raises(Refused, match="unknown_attachment"):
            await visitor.sends_file(chat["id"], file["id"])


async def test_visitor_sees_the_files_of_his_conversation_only(house: House) -> None:
    async with house.visitor() as kim, house.visitor() as other, house.agent("anna") as anna:
        chat = await kim.starts_chat("Hello")
        await house.settles()
        await anna.takes(chat["id"])
        file = await anna.uploads("offer.txt", b"9.99", site_id=str(house.site.id))
        await anna.post(
            f"/agent/conversations/{chat['id']}/messages", client_id="12345678", attachment_ids=[file["id"]]
        )

        _, content = await kim.downloads(file["id"])
        with pytest.raises(Refused, match="404"):
            await other.downloads(file["id"])

        assert content == b"9.99"


async def test_agent_s_file_that_was_not_sent_is_no_visitor_s(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        file = await anna.uploads("draft.txt", b"secret", site_id=str(house.site.id))

        with pytest.raises(Refused, match="404"):
            await visitor.downloads(file["id"])


async def test_file_that_is_too_large_is_refused_with_the_limit(build_house: BuildHouse) -> None:
    house = await build_house(upload_max_bytes=1_000)
    async with house.visitor() as visitor:
        await visitor.uploads("fits.txt", b"x" * 1_000)

        with pytest.raises(Refused) as refused:
            await visitor.uploads("large.txt", b"x" * 1_001)
        assert (refused.value.status, refused.value.problem["max_bytes"]) == (413, 1_000)
        with pytest.raises(Refused, match="413"):
            await visitor.uploads("huge.txt", b"x" * 500_000)


async def test_stranger_cannot_make_us_read_a_file(house: House) -> None:
    async with house.visitor() as visitor:
        visitor.token = "forged"

        with pytest.raises(Refused, match="401"):
            await visitor.uploads("bill.txt", b"19.99")


async def test_file_that_was_never_sent_is_swept_after_a_day_and_one_that_was_stays(
    house: House, tmp_path: Path
) -> None:
    async with house.visitor() as visitor:
        chat = await visitor.starts_chat("Hello")
        sent, forgotten = await visitor.uploads("sent.txt", b"sent"), await visitor.uploads("old.txt", b"forgotten")
        await visitor.sends_file(chat["id"], sent["id"])

        house.clock.advance(seconds=DAY - 1)
        await house.settles()
        assert len(files_in(tmp_path / "uploads")) == 2
        house.clock.advance(seconds=1)
        await house.settles()

        assert [file.read_bytes() for file in files_in(tmp_path / "uploads")] == [b"sent"]
        with pytest.raises(Refused, match="404"):
            await visitor.downloads(forgotten["id"])
        assert (await visitor.downloads(sent["id"]))[1] == b"sent"


async def test_file_that_nobody_knows_is_not_found(house: House) -> None:
    async with house.visitor() as visitor:
        with pytest.raises(Refused, match="404"):
            await visitor.downloads(str(uuid.uuid4()))
