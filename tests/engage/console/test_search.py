"""Search over what was said and by whom, with whatever somebody types."""

from engage.console.excerpts import excerpt
from tests.house import House, rows
from tests.house.people import HouseAgent


async def found(agent: HouseAgent, query: str) -> list[str]:
    response = await agent.raw("GET", "/agent/search", params={"query": query})
    assert response.status == 200, query
    return [each["item"]["conversation_id"] for each in (await response.json())["conversations"]]


async def test_words_of_both_sides_and_of_colleagues_are_found(house: House) -> None:
    async with house.visitor() as vera, house.agent("anna") as anna:
        chat = (await vera.starts_chat("My Router blinks red, again", name="Vera Lind"))["id"]
        await house.settles()
        await anna.takes(chat)
        await anna.says(chat, "Please hold the button")
        await anna.notes(chat, "Line 3-17 is down: see ticket_99")

        for query in ("router", "ROUTER blin", "button hold", "3 17", "ticket 99", "vera", "lind red"):
            expected = [] if query == "lind red" else [chat]
            assert await found(anna, query) == expected, query
        assert await found(anna, "nothing of this") == []


async def test_no_query_breaks_anything(house: House) -> None:
    typed = (
        *(
            "",
            " ",
            "AND (",
            "OR",
            "NOT",
            '"',
            "'",
            "a'b\"c",
            "*",
            "router*",
            "-router",
            "🙂",
            "router 🙂",
            "text:router",
        ),
        *("router NEAR(x", "^router", "%", "_", "\\", "a" * 200, "{site}: x", "() | & ! <->", "\u202erouter", "ß ŉ İ"),
    )
    async with house.visitor() as vera, house.agent("anna") as anna:
        await vera.starts_chat("router and text", name="Vera")

        for query in typed:
            await found(anna, query)


async def test_excerpt_shows_where_the_words_stand(house: House) -> None:
    async with house.visitor() as vera, house.agent("anna") as anna:
        await vera.starts_chat("x " * 200 + "the <b>router</b> blinks" + " y" * 200)

        (hit,) = (await anna.get("/agent/search?query=router"))["conversations"]

        assert [piece["text"] for piece in hit["excerpt"] if piece["is_match"]] == ["router"]
        assert sum(len(piece["text"]) for piece in hit["excerpt"]) < 200


def test_excerpt_without_a_match_is_the_beginning() -> None:
    assert [piece.text for piece in excerpt("Hello  there", [])] == ["Hello there"]
    assert [piece.text for piece in excerpt("", ["x"])] == []
    assert [(piece.text, piece.is_match) for piece in excerpt("redo red", ["red"])] == [
        ("red", True), ("o ", False), ("red", True),
    ]  # fmt: skip


async def test_only_what_he_may_see_is_found(house: House) -> None:
    async with house.working() as work:
        await rows.a_site(work, "other")
    async with (
        house.visitor() as vera,
        house.agent("anna") as anna,
        house.agent("eve", site_key="other") as eve,
        house.agent("bill", queues=["billing"], all_queues=False) as bill,
    ):
        chat = (await vera.starts_chat("The secret router", topic="orders", name="Vera"))["id"]

        assert await found(anna, "secret") == [chat]
        assert await found(eve, "secret") == []
        assert await found(bill, "secret") == []
        assert (await bill.get("/agent/search?query=vera")) == {"contacts": [], "conversations": []}
        assert (await bill.get("/agent/contacts"))["items"] == []
