"""Every dialog that a button of the console opens, as data: where it is, what opens it, and what is typed into it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from playwright.async_api import Locator, Page, expect

from tests.journeys.screens import EVERY_LOOK, Walk

PLACE_OF_ICON = "(items, icon) => items.findIndex(item => item.querySelector(icon))"
MAIN = ".settings-frame-actions .button-primary"
MORE = ".action-toolbar-more button"
ENTRY_MENU = ".mail-entry .entry-menu"
#: the item of a menu that has no icon
LAST = "last"
#: among the kinds of a mailbox
ANY_SERVER = ".mailbox-kinds button:nth-child(3)"
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
    #: what is pressed in it before it shows its fields
    first: str | None = None
    #: nothing can be saved in it, or saving would end what the others need
    saves: bool = True
    #: drawn by the same part as one before it, or seen by a journey of its own: looked at only in every look
    is_alike: bool = False

    async def opens(self, page: Page) -> Locator:
        """By keys alone; returns the button."""
        button = page.locator(self.button).locator("visible=true").first
        await button.focus()
        await page.keyboard.press("Enter")
        if self.item is not None:
            await chooses(page, self.item)
        dialog = page.get_by_role("dialog")
        await expect(dialog.locator(":focus")).to_have_count(1)
        if self.first is not None:
            await dialog.locator(self.first).press("Enter")
            await expect(dialog.locator("input:focus")).to_have_count(1)
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
    Opener("promises", "add promise", MAIN),
    Opener("promises", "edit promise", with_icon("pencil"), is_alike=True),
    Opener("centres", "hours of centre", with_icon("calendar-clock")),
    Opener("mailboxes", "choose where a mailbox is", MAIN, saves=False),
    Opener("mailboxes", "add mailbox", MAIN, first=ANY_SERVER, typed={"Server": "imap.nordlink.example"}),
    Opener("mailboxes", "edit mailbox", with_icon("pencil"), is_alike=True),
    Opener("mailboxes", "send a mail round", with_icon("send"), saves=False),
    Opener("mail_rules", "add rule", MAIN, saves=False, is_alike=True),
    Opener("mail_rules", "edit rule", with_icon("pencil")),
    Opener("presence_reasons", "add reason", MAIN),
    Opener("presence_reasons", "edit reason", with_icon("pencil"), is_alike=True),
    Opener("presence_reasons", "remove reason", with_icon("trash-2")),
    Opener("decline_reasons", "remove reason to decline", with_icon("trash-2"), is_alike=True),
    Opener("labels", "remove label", with_icon("trash-2"), is_alike=True),
    Opener("outcomes", "remove outcome", with_icon("trash-2")),
    Opener("contact_fields", "remove field", with_icon("trash-2"), is_alike=True),
    Opener("skills", "remove skill", with_icon("trash-2"), is_alike=True),
    Opener("centres", "remove centre", with_icon("trash-2"), is_alike=True),
    Opener("promises", "remove promise", with_icon("trash-2"), is_alike=True),
    Opener("mail_rules", "remove rule", with_icon("trash-2"), is_alike=True),
    Opener("mailboxes", "remove mailbox", with_icon("trash-2"), saves=False, is_alike=True),
    Opener("suppressed_addresses", "write to an address again", ".settings-pane tbody .button"),
    Opener("do_not_call", "take a number off the list", with_icon("trash-2"), is_alike=True),
    Opener("webhooks", "remove webhook", with_icon("trash-2")),
    Opener("teams", "remove team", with_icon("trash-2"), is_alike=True),
    Opener("side_panel", "renew secret", ".settings-pane .button:not(.button-danger):not([type=submit])", saves=False),
    Opener("side_panel", "remove panel", ".settings-pane .button-danger"),
    Opener("queues", "retire queue", with_icon("archive")),
)

#: about work and the people behind it; {thea} stands for her conversation, {mail} for one by mail, {mia} for two in one
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
    Opener("mine/{mail}", "mail as it came", ".mail-entry-foot button:last-child", saves=False, is_alike=True),
    Opener("mine/{mail}", "forward", ENTRY_MENU, item="forward", saves=False),
    Opener("mine/{mail}", "split off", ENTRY_MENU, item="split", saves=False, is_alike=True),
    Opener("all/{mia}", "take a merge apart", ".entry-line-act", saves=False),
    Opener("mine/{mail}", "set a link", with_icon("link", ".rich-toolbar"), saves=False, is_alike=True),
    Opener("callbacks", "move a call", ".planned-acts .button:first-child"),
    Opener("callbacks", "cancel a call", ".planned-acts .button:last-child", saves=False, is_alike=True),
    Opener("board/nordlink", "take a centre down", ".board-centre", item=LAST, saves=False),
)
#: for what is written already
AT_A_TIME = Opener(
    "mine/{mail}", "send at a chosen time", ".composer .icon-button:has(.lucide-chevron-down)", item=LAST
)


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


def shown(openers: Sequence[Opener]) -> list[Opener]:
    """Those that a run looks at."""
    return [opener for opener in openers if EVERY_LOOK or not opener.is_alike]
