"""Every dialog that a button of the console opens, as data: where it is, what opens it, and what is typed into it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from playwright.async_api import Locator, Page, expect

from tests.journeys.screens import Walk
from tests.people import TestAgent

PLACE_OF_ICON = "(items, icon) => items.findIndex(item => item.querySelector(icon))"
MAIN = ".settings-frame-actions .button-primary"
MORE = ".action-toolbar-more button"
#: the item of a menu that has no icon
LAST = "last"
#: by the kind of the field
FILLED = {"email": "eva@nordlink.example", "text": "Harbour", "search": "Harbour", "textarea": "Because of the tide"}


def with_icon(name: str, inside: str = ".settings-pane") -> str:
    return f"{inside} button:has(.lucide-{name})"


@dataclass(frozen=True)
class Opener:
    """The button, and the item of the menu where it opens a menu; by their icons, which need no translation."""

    path: str
    name: str
    button: str
    item: str | None = None
    #: besides what has to be filled in: by the label of the field
    typed: dict[str, str] = field(default_factory=dict)
    #: nothing can be saved in it, or saving would end what the others need
    saves: bool = True

    async def opens(self, page: Page) -> Locator:
        """By keys alone; returns the button."""
        button = page.locator(self.button).locator("visible=true").first
        await button.focus()
        await page.keyboard.press("Enter")
        if self.item is not None:
            await chooses(page, self.item)
        await expect(page.get_by_role("dialog").locator(":focus")).to_have_count(1)
        return button


async def chooses(page: Page, icon: str) -> None:
    """An item of the open menu, with the arrows."""
    items = page.get_by_role("menuitem")
    await expect(items.first).to_be_focused()
    if icon == LAST:
        await page.keyboard.press("End")
        await expect(items.last).to_be_focused()
        await page.keyboard.press("Enter")
        return
    wanted = await items.evaluate_all(PLACE_OF_ICON, f".lucide-{icon}")
    for at in range(wanted):
        await page.keyboard.press("ArrowDown")
        await expect(items.nth(at + 1)).to_be_focused()
    await page.keyboard.press("Enter")


#: in an order in which each finds what it is about: what takes away comes last
SETTINGS = (
    Opener("teams", "add team", MAIN),
    Opener("teams", "edit team", with_icon("pencil")),
    Opener("queues", "add queue", MAIN),
    Opener("queues", "edit queue", with_icon("pencil")),
    Opener("queues", "routing of queue", with_icon("route")),
    Opener("people", "invite", MAIN),
    Opener("people", "edit person", ".person-acts > .button"),
    Opener("people", "skills and centre", ".person-acts > .icon-button", item="graduation-cap"),
    Opener("keys", "new key", MAIN),
    Opener("articles", "popular answers", with_icon("star")),
    Opener("articles", "categories", with_icon("folder-tree")),
    Opener("blocks", "block an address", with_icon("ban"), typed={"Address": "203.0.113.7"}),
    Opener("security", "two steps", ".settings-pane .button-primary:not([type=submit])", saves=False),
    Opener("people", "suspend", "tr:nth-child(2) .person-acts > .icon-button", item="circle-pause"),
    Opener("people", "remove person", "tr:nth-child(2) .person-acts > .icon-button", item="user-minus", saves=False),
    Opener("keys", "revoke", ".settings-pane tbody .button"),
    Opener("presence_reasons", "add reason", MAIN),
    Opener("presence_reasons", "remove reason", with_icon("trash-2")),
    Opener("decline_reasons", "remove reason to decline", with_icon("trash-2")),
    Opener("labels", "remove label", with_icon("trash-2")),
    Opener("outcomes", "remove outcome", with_icon("trash-2")),
    Opener("contact_fields", "remove field", with_icon("trash-2")),
    Opener("skills", "remove skill", with_icon("trash-2")),
    Opener("centres", "remove centre", with_icon("trash-2")),
    Opener("webhooks", "remove webhook", with_icon("trash-2")),
    Opener("teams", "remove team", with_icon("trash-2")),
    Opener("side_panel", "renew secret", ".settings-pane .button:not(.button-danger):not([type=submit])", saves=False),
    Opener("side_panel", "remove panel", ".settings-pane .button-danger"),
    Opener("queues", "retire queue", with_icon("archive")),
)

#: about work and the people behind it; {thea} stands for her conversation
WORK = (
    Opener("mine/{thea}", "reason of presence", ".presence-switch", item=LAST, typed={"Reason": "In a meeting"}),
    Opener(
        "all?channel=webchat",
        "save view",
        with_icon("bookmark", ".filter-bar"),
        item="bookmark-plus",
        typed={"Name": "Chats"},
    ),
    Opener("mine/{nobody}", "give a name", with_icon("user-pen", ".contact-pane"), typed={"Name": "Kim Okafor"}),
    Opener("mine/{thea}", "merge contacts", ".same-person.is-found .button"),
    Opener("mine/{otto}", "merge conversations", MORE, item="merge"),
    Opener("mine/{thea}", "block the visitor", MORE, item="ban", typed={"Reason": "Floods us"}),
    Opener("board/nordlink", "take a centre down", ".board-centre", item=LAST, saves=False),
)


async def sets_up(url: str) -> None:
    """One of everything that a dialog could be about."""
    async with TestAgent(url, "anna", presence="offline") as anna:
        site = (await anna.get("/agent/me"))["sites"][0]["id"]
        at = f"/admin/sites/{site}"
        await anna.post(f"{at}/skills", name="Danish")
        await anna.post(f"{at}/centres", name="Hamburg")
        await anna.post(f"{at}/teams", name="Night shift", agent_ids=[anna.id])
        await anna.post(f"{at}/keys", name="Shop", scopes=["contacts:read"], expires_at=None)
        await anna.post(f"{at}/contact-fields", label="Customer number", kind="text")
        await anna.post(f"{at}/blocks", address="203.0.113.9", reason="Floods us", hours=24)
        await anna.put(f"{at}/side-panel", title="Orders", url="https://panel.example/")
        await anna.post(f"{at}/webhooks", url="http://127.0.0.1:9/hook", events=["rating.given"], enabled=False)


async def fills(walk: Walk, typed: dict[str, str]) -> None:
    """What has to be filled in, by Tab and keys."""
    dialog = walk.page.get_by_role("dialog")
    for label, text in typed.items():
        await types_into(walk, dialog.get_by_label(label), text)
    for place in await dialog.locator(":is(input, textarea):required").all():
        if await place.input_value() == "":
            kind = await place.evaluate("one => one.type")
            await types_into(walk, place, FILLED[kind])
    boxes = dialog.locator("input[type=checkbox]")
    if await dialog.locator("[type=submit]:disabled").count() and await boxes.count():
        await walk.tabs_to(boxes.first)
        await walk.page.keyboard.press("Space")


async def types_into(walk: Walk, place: Locator, text: str) -> None:
    await walk.tabs_to(place)
    await walk.page.keyboard.press("Control+a")
    await walk.page.keyboard.type(text)
    await expect(place).to_have_value(text)


async def saves(walk: Walk) -> None:
    """By its button. A dialog that then shows what was made is left with Escape."""
    dialog, page = walk.page.get_by_role("dialog"), walk.page
    button = dialog.locator("[type=submit], .dialog-footer :is(.button-danger, .button-primary)")
    await walk.tabs_to(button.first)
    title = await dialog.get_by_role("heading").first.inner_text()
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_role("heading", name=title, exact=True)).to_be_hidden()
    if await dialog.count():
        await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()


def all_of(openers: Sequence[Opener], path: str) -> list[Opener]:
    return [opener for opener in openers if opener.path == path]
