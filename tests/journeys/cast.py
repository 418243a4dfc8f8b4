"""Who takes part in a journey."""

from playwright.async_api import Browser, expect

from tests.journeys.console import Console
from tests.journeys.person import Person
from tests.journeys.widget import Widget


class Cast:
    """Each person has a browser of his own; a second tab shares it."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._people: list[Person] = []

    async def somebody(self, *, width: int = 1280, dark: bool = False, locale: str = "en-GB") -> Person:
        person = await Person.sits_down(self._browser, width=width, dark=dark, locale=locale)
        self._people.append(person)
        return person

    async def second_tab(self, person: Person) -> Person:
        tab = await Person.at(person.context)
        self._people.append(tab)
        return tab

    async def visitor(self, url: str, *, width: int = 1280, dark: bool = False) -> Widget:
        """On the carrier's website, with the widget's launcher before him."""
        widget = Widget(await self.somebody(width=width, dark=dark))
        await widget.comes_to(f"{url}/demo/")
        return widget

    async def agent(self, url: str, name: str, *, width: int = 1280, dark: bool = False) -> Console:
        """Signed in and available."""
        console = Console(await self.somebody(width=width, dark=dark), url)
        await console.signs_in(name)
        await console.becomes_available()
        return console

    async def in_conversation(self, url: str, *, width: int = 1280) -> tuple[Console, Widget]:
        """Anna has taken Vera, who said that her router blinks red."""
        anna, vera = await self.agent(url, "anna", width=width), await self.visitor(url, width=width)
        await vera.starts_chat("My router blinks red", name="Vera Lind")
        await anna.accepts("Vera Lind")
        await vera.is_answered_by("Anna")
        await expect(anna.online).to_be_visible()
        return anna, vera

    async def sees(self) -> str:
        """What each has before him, for a journey that ended early."""
        return "\n\n".join([f"{at}: {await person.sees()}" for at, person in enumerate(self._people)])

    def complaints(self) -> list[str]:
        return [complaint for person in self._people for complaint in person.complaints]

    def secrets_in_addresses(self) -> list[str]:
        secrets = {secret for person in self._people for secret in person.secrets}
        urls = [url for person in self._people for url in person.urls]
        return [url for url in urls if any(secret in url for secret in secrets)]
