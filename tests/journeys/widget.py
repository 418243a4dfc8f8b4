"""The widget on a website, as a visitor uses it."""

import re
from pathlib import Path

from playwright.async_api import Locator, expect

from tests.journeys.person import Person


class Widget:
    """Methods are named by what he does; locators by what he sees."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.page = person.page
        self.frame = self.page.frame_locator("engage-widget iframe")
        self.launcher = self.page.locator("engage-widget .launcher")
        self.search = self.frame.get_by_role("searchbox")
        self.log = self.frame.get_by_role("log")
        self.preview = self.page.locator("engage-widget .card")
        self.composer = self.frame.locator(".composer textarea")
        self.first_message = self.frame.get_by_label("Message", exact=True)
        self.queue_card = self.frame.locator(".queue-card")
        self.banner = self.frame.locator(".banner")
        self.typing = self.frame.locator(".typing-row")
        self.complaint = self.frame.locator(".complaint")

    async def comes_to(self, url: str) -> None:
        await self.page.goto(url)
        await expect(self.launcher).to_be_visible()

    async def opens(self) -> None:
        await self.launcher.click()
        await expect(self.frame.locator(".view")).to_be_visible()

    async def closes(self) -> None:
        await self.frame.get_by_role("button", name="Close", exact=True).click()
        await expect(self.frame.locator(".view")).to_be_hidden()

    async def goes_home(self) -> None:
        await self.frame.get_by_role("button", name="Back", exact=True).click()

    def answer(self, title: str) -> Locator:
        return self.frame.get_by_role("button", name=re.compile(f"^{re.escape(title)}"))

    def heading(self, text: str | re.Pattern[str]) -> Locator:
        return self.frame.get_by_role("heading", name=text)

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.frame.get_by_role("button", name=name)

    async def chooses_chat(self) -> None:
        await self.frame.get_by_role("button", name=re.compile("^Chat")).click()

    async def chooses_topic(self, topic: str) -> None:
        await self.frame.get_by_text(topic, exact=True).click()

    async def introduces_himself(self, *, name: str = "", email: str = "") -> None:
        await self.frame.get_by_label(re.compile("^Name")).fill(name)
        await self.frame.get_by_label(re.compile("^E-mail")).fill(email)

    async def starts_chat(
        self, text: str, *, topic: str = "Technical help", name: str = "Vera Lind", email: str = ""
    ) -> None:
        """From the website's page to a place in the queue."""
        await self.opens()
        await self.chooses_chat()
        await self.chooses_topic(topic)
        await self.first_message.fill(text)
        await self.introduces_himself(name=name, email=email)
        await self.button("Start chat").click()
        await expect(self.bubble(text)).to_be_visible()

    async def says(self, text: str) -> None:
        await self.composer.fill(text)
        await self.composer.press("Enter")
        await expect(self.composer).to_have_value("")

    async def types(self, text: str) -> None:
        await self.composer.press_sequentially(text)

    async def attaches(self, *files: Path) -> None:
        await self.frame.locator("input[type=file]").set_input_files(files)
        for file in files:
            await expect(self.button(f"Remove {file.name}")).to_be_visible()
        await expect(self.frame.get_by_role("progressbar")).to_have_count(0)
        await expect(self.complaint).to_have_count(0)

    def bubble(self, text: str) -> Locator:
        return self.log.locator(".bubble").filter(has_text=text)

    def mark(self, text: str) -> Locator:
        """Sent, delivered or read: what stands below his own words."""
        return self.log.locator(".bubble-row").filter(has_text=text).locator(".mark")

    def line(self, text: str) -> Locator:
        return self.log.locator(".line").filter(has_text=text)

    async def conversation(self) -> list[str]:
        """What was said, by whomever, in the order on the screen."""
        said = await self.log.locator(".bubble:not(.typing)").all_inner_texts()
        return [text.removeprefix("You:").strip() for text in said]

    async def is_answered_by(self, name: str) -> None:
        await expect(self.heading(name)).to_be_visible()
        await expect(self.frame.locator(".who-state")).to_have_text("With you now")

    async def ends(self) -> None:
        await self._chooses("End conversation")
        await self.button("End it").click()
        await expect(self.line("Conversation ended")).to_be_visible()

    async def ends_waiting(self) -> None:
        await self._chooses("End conversation")
        await self.button("End it").click()
        await expect(self.line("You left the queue")).to_be_visible()

    async def rates(self, word: str, comment: str = "") -> None:
        await self.frame.get_by_title(word, exact=True).click()
        await self.frame.get_by_label("Anything to add?").fill(comment)
        await self.button("Send rating").click()

    async def asks_for_transcript(self, email: str) -> None:
        await self._chooses("Transcript by e-mail")
        await self.frame.get_by_label("Send the transcript to").fill(email)
        await self.frame.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
        await expect(self.frame.get_by_text(f"On its way to {email}")).to_be_visible()
        await self.frame.get_by_role("dialog").get_by_role("button", name="Close").click()

    async def _chooses(self, command: str) -> None:
        await self.button("More").click()
        await self.frame.get_by_role("menuitem", name=command).click()
