"""The agents' console, as an agent uses it."""

import re
from pathlib import Path

from playwright.async_api import Locator, expect

from tests.journeys.person import Person

PASSWORD = "nordlink-demo"


class Console:
    """Methods are named by what he does; locators by what he sees."""

    def __init__(self, person: Person, url: str) -> None:
        self.person = person
        self.page = person.page
        self.url = url
        self.offer = self.page.locator("article.offer")
        self.timeline = self.page.get_by_role("log")
        self.reply = self.page.get_by_role("textbox", name=re.compile("^Reply to"))
        self.note = self.page.get_by_role("textbox", name="Note for colleagues")
        self.typing = self.page.locator(".typing-line")
        self.banner = self.page.locator(".connection-banner")
        self.wrap_up = self.page.get_by_role("form", name="Wrap-up")
        self.online = self.page.locator(".conversation-header .avatar-dot.is-online")
        self.visitor_pane = self.page.get_by_role("complementary", name="About the visitor")

    async def comes_to_work(self) -> None:
        await self.page.goto(f"{self.url}/console/")

    async def signs_in(self, name: str) -> None:
        await self.comes_to_work()
        await self.page.get_by_label("E-mail").fill(f"{name}@nordlink.example")
        await self.page.get_by_role("textbox", name="Password").fill(PASSWORD)
        await self.page.keyboard.press("Enter")
        await self.is_at_work()

    async def is_at_work(self) -> None:
        await expect(self.page.get_by_role("region", name="Work", exact=True)).to_be_visible()

    async def becomes_available(self) -> None:
        await self.page.get_by_role("button", name="Become available").click()
        await expect(self.page.get_by_role("button", name=re.compile("^Presence:? Available"))).to_be_visible()

    async def goes(self, presence: str) -> None:
        """And it is stored: his own screen shows it before."""
        await self.page.get_by_role("button", name=re.compile("^Presence")).click()
        async with self.page.expect_response(lambda answer: answer.url.endswith("/agent/presence") and answer.ok):
            await self.page.get_by_role("menuitem", name=re.compile(f"^{presence}")).click()
        await expect(self.page.get_by_role("button", name=re.compile(f"^Presence:? {presence}"))).to_be_visible()

    async def is_offered(self, name: str) -> None:
        await expect(self.offer.filter(has_text=name)).to_be_visible()

    async def accepts(self, name: str) -> None:
        """With the key, as the card says: it has the focus when it is there, and the reply has it afterwards."""
        await self.is_offered(name)
        await expect(self.offer.get_by_role("button", name="Accept")).to_be_focused()
        await self.page.keyboard.press("Enter")
        await expect(self.reply).to_be_focused()

    async def declines(self, name: str, *, because: str | None = "d") -> None:
        """For the reason under this key; D goes without one. Who is only asked in is not asked why."""
        await self.is_offered(name)
        await expect(self.offer.get_by_role("button", name="Accept")).to_be_focused()
        await self.page.keyboard.press("d")
        if because is not None:
            await expect(self.offer.get_by_role("group", name="Why not?")).to_be_visible()
            await self.page.keyboard.press(because)
        await expect(self.offer.filter(has_text=name)).to_be_hidden()

    async def opens(self, name: str) -> None:
        await self.row(name).click()
        await expect(self.page.get_by_role("heading", name=name).first).to_be_visible()

    async def looks_at(self, place: str) -> None:
        """Mine, Queue or Closed."""
        await self.page.get_by_role("navigation", name="Work").get_by_text(place).click()

    def row(self, name: str) -> Locator:
        return self.page.locator(".work-row").filter(has_text=name)

    async def commands(self, words: str, option: str) -> None:
        """By the command bar: its field has the caret, and the wanted line is the chosen one."""
        await self.page.keyboard.press("Control+k")
        await expect(self.page.locator("[cmdk-input]")).to_be_focused()
        await self.page.keyboard.type(words)
        chosen = self.page.get_by_role("option", name=option, selected=True)
        await expect(chosen).to_be_visible()
        await self.page.keyboard.press("Enter")
        await expect(self.page.locator(".command-bar")).to_be_hidden()

    async def is_told_why_nobody_gets(self, name: str, **because: str | re.Pattern[str]) -> None:
        """By what stands in the queue: what is in the way of whom."""
        await self.looks_at("Queue")
        await self.opens(name)
        await self.is_told_who_would_get_it("Nobody can have it at this moment.", **because)

    async def is_told_who_would_get_it(self, answer: str | re.Pattern[str], **because: str | re.Pattern[str]) -> None:
        """Of the open conversation, by "Who would get this?"."""
        await self.commands("Who would", "Who would get this?")
        dialog = self.page.get_by_role("dialog")
        await expect(dialog.get_by_text(answer)).to_be_visible()
        for agent, why in because.items():
            await expect(dialog.get_by_role("listitem").filter(has_text=agent)).to_contain_text(why)
        await self.page.keyboard.press("Escape")
        await expect(dialog).to_be_hidden()

    async def says(self, text: str) -> None:
        await self.reply.fill(text)
        await self.reply.press("Enter")
        await expect(self.reply).to_have_value("")

    async def answers_by_mail(self, text: str) -> None:
        await self.reply.click()
        await expect(self.reply).to_be_focused()
        await self.page.keyboard.type(text)
        await self.page.keyboard.press("Control+Enter")
        await expect(self.bubble(text)).to_be_visible()

    async def types(self, text: str) -> None:
        await self.reply.press_sequentially(text)

    async def notes(self, text: str) -> None:
        await self.page.get_by_role("button", name="Note", exact=True).click()
        await self.note.fill(text)
        await self.page.get_by_role("button", name="Add note").click()
        await expect(self.bubble(text)).to_be_visible()
        await self.page.get_by_role("button", name="Reply", exact=True).click()

    async def attaches(self, *files: Path) -> None:
        await self.page.locator(".composer input[type=file]").set_input_files(files)
        for file in files:
            await expect(self.page.get_by_role("button", name=f"Remove {file.name}")).to_be_visible()
        await expect(self.page.get_by_text("Uploading")).to_have_count(0)

    def bubble(self, text: str) -> Locator:
        return self.timeline.locator(".bubble").filter(has_text=text)

    def mark(self, text: str) -> Locator:
        """Sent, delivered or read: what stands below his own words."""
        return self.timeline.locator(".bubble-row").filter(has_text=text).locator(".delivery")

    def line(self, text: str) -> Locator:
        return self.timeline.locator(".entry-line").filter(has_text=text)

    async def conversation(self) -> list[str]:
        """What was said, by whomever, in the order on the screen."""
        said = await self.timeline.locator(".timeline-row").evaluate_all(IN_ORDER)
        return [str(text) for text in said]

    async def transfers_to(self, target: str, note: str = "") -> None:
        await self.reply.press("Escape")
        await expect(self.reply).not_to_be_focused()
        await self.page.keyboard.press("t")
        await self.page.get_by_role("dialog").get_by_role("combobox").fill(target)
        await self.page.get_by_role("option", name=re.compile(target)).click()
        await self.page.get_by_role("textbox", name=re.compile("^Note for whoever")).fill(note)
        await self.page.get_by_role("button", name=re.compile(f"^Transfer to {target}")).click()
        await expect(self.page.get_by_role("dialog")).to_be_hidden()

    async def asks_in(self, key: str, colleague: str, note: str, *, who_comes: "Console | None" = None) -> None:
        """For advice (h) or into the conversation (o), by keys alone.

        Who comes only while the dialog is open may be asked all the same.
        """
        await self.reply.press("Escape")
        await expect(self.reply).not_to_be_focused()
        await self.page.keyboard.press(key)
        dialog = self.page.get_by_role("dialog")
        await expect(dialog.get_by_role("combobox")).to_be_focused()
        await self.page.keyboard.type(colleague)
        if who_comes:
            await expect(dialog.get_by_role("option", name=re.compile(colleague))).to_be_disabled()
            await who_comes.becomes_available()
        await expect(dialog.get_by_role("option", name=re.compile(colleague), selected=True)).to_be_visible()
        await self.page.keyboard.press("Enter")
        await expect(dialog.get_by_role("textbox")).to_be_focused()
        await self.page.keyboard.type(note)
        await self.page.keyboard.press("Control+Enter")
        await expect(dialog).to_be_hidden()

    async def comes_in(self, asked: str) -> None:
        """Accepts what rings."""
        await expect(self.offer).to_contain_text(asked)
        await self.offer.get_by_role("button", name="Accept").click()
        await expect(self.page.get_by_role("button", name="Leave the conversation")).to_be_visible()

    async def ends(self) -> None:
        await self.page.get_by_role("button", name="End", exact=True).click()
        await expect(self.wrap_up).to_be_visible()

    async def wraps_up(self, disposition: str, note: str = "") -> None:
        """Without the mouse: the caret is in the list of outcomes already."""
        await expect(self.page.get_by_role("combobox", name="How did it end?")).to_be_focused()
        await self.page.keyboard.type(disposition)
        await self.page.keyboard.press("Enter")
        await expect(self.page.get_by_text(f"Outcome: {disposition}")).to_be_visible()
        await expect(self.wrap_up.get_by_role("textbox")).to_be_focused()
        await self.page.keyboard.type(note)
        await self.page.keyboard.press("Control+Enter")
        await expect(self.wrap_up).to_be_hidden()

    async def reads_mail(self, subject: str) -> Locator:
        """Opens it in the list of mails; its text."""
        await self.page.get_by_role("navigation", name="Sections").get_by_text("Mails").click()
        await self.page.get_by_role("link", name=re.compile(re.escape(subject))).click()
        text_only = self.page.get_by_role("button", name="Text only")
        await expect(self.page.locator(".mail-header")).to_be_visible()
        if await text_only.is_visible():
            await text_only.click()
        return self.page.locator(".mail-text")


#: rows of a virtual list stand in the document in no order that matters; their index does
IN_ORDER = """rows => rows
  .sort((a, b) => a.dataset.index - b.dataset.index)
  .flatMap(row => [...row.querySelectorAll('.bubble')])
  .map(bubble => bubble.innerText.trim())"""
