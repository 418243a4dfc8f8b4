"""Going from screen to screen of the console: what to look for on each, in which looks, and by which keys."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import CDPSession, Frame, Locator, Page, expect

from tests.journeys.axe import barriers
from tests.journeys.person import HEIGHTS

#: whoever wants to see each screen in every look says so
EVERY_LOOK = os.environ.get("ENGAGE_EVERY_LOOK") == "1"
#: the widest that is held in the hand
PHONE = 390
#: more presses than any list, menu or dialog has stops
MOST_STOPS = 60
#: a frame in the page has stops of its own, which nobody here has counted
FRAME_STOPS = 25

OVERHANG = """() => {
  const page = document.documentElement;
  const seen = one => one.outerHTML.slice(0, 120);
  const cut = [...document.querySelectorAll('dialog[open], .dialog-body, .board-body, .settings-pane, .contact-pane')]
    .filter(one => one.scrollWidth > one.clientWidth + 1);
  const over = page.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1 || one.getBoundingClientRect().left < -1);
  return [...cut.map(one => 'is wider than it shows: ' + seen(one)),
    ...over.slice(0, 5).map(one => 'hangs over: ' + seen(one))];
}"""

#: until the page has drawn what a changed window asks of it
DRAWN = """async () => {
  const frame = () => new Promise(drawn => requestAnimationFrame(() => drawn()));
  await frame();
  await frame();
  const fading = document.getAnimations().filter(each => each instanceof CSSTransition);
  await Promise.allSettled(fading.map(each => each.finished));
  await frame();
}"""

GO = "path => { history.pushState(null, '', path); dispatchEvent(new PopStateEvent('popstate')); }"

#: marks what can be reached by Tab, notes what was, and whether one could see it
BEGIN_WALK = """scope => {
  const selector = ':is(a[href], button, input, select, textarea, summary, [tabindex="0"])';
  const stops = [...document.querySelector(scope).querySelectorAll(selector)]
    .filter(one => !one.disabled && one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true }))
    .filter(one => one.type !== 'radio' && !one.closest('[inert]'));
  window.walk = { unreached: new Set(stops), unseen: new Set() };
  const look = one => {
    walk.unreached.delete(one);
    const isMarked = place => {
      const { outlineStyle, boxShadow } = getComputedStyle(place);
      return outlineStyle !== 'none' || boxShadow !== 'none';
    };
    // a field without a frame of its own is shown by the box around it
    const box = ['.forward-to', '.mail-field', '.composer, .search-field'].map(each => one.closest(each)).find(Boolean);
    const isSeen = isMarked(one) || isMarked(box ?? one) || one.matches('[cmdk-input]');
    if (!isSeen) walk.unseen.add('unseen: ' + one.outerHTML.slice(0, 120));
  };
  walk.end = new AbortController();
  document.addEventListener('focusin', ({ target }) => look(target), { signal: walk.end.signal });
  document.activeElement.blur();
  stops[0]?.focus();
  return stops.length;
}"""
#: a notice that went away meanwhile is nobody's to reach
HOW_MANY = "() => [...walk.unreached].filter(one => one.isConnected).length"
END_WALK = """() => {
  walk.end.abort();
  const left = [...walk.unreached].filter(one => one.isConnected);
  return [...walk.unseen, ...left.map(one => 'unreached: ' + one.outerHTML.slice(0, 120))];
}"""


@dataclass(frozen=True)
class Look:
    """One way of looking at a screen."""

    width: int
    dark: bool = False

    def __str__(self) -> str:
        return f"{self.width} {'dark' if self.dark else 'light'}"


@dataclass
class Walk:
    """What was found on the way."""

    page: Page
    folder: Path
    looks: Sequence[Look]
    devices: CDPSession
    found: dict[str, list[str]] = field(default_factory=dict)

    async def goes_to(self, path: str, sign: str) -> None:
        """To another place of the console, where the sign is to be seen."""
        await self.page.evaluate(GO, path)
        await expect(self.page.locator(sign).first).to_be_visible()

    async def puts_on(self, look: Look) -> None:
        """The same page in another window: its width, its colours, and a finger instead of a mouse on a phone."""
        await self.page.emulate_media(color_scheme="dark" if look.dark else "light")
        await self.devices.send("Emulation.setTouchEmulationEnabled", {"enabled": look.width <= PHONE})
        await self.page.set_viewport_size({"width": look.width, "height": HEIGHTS[look.width]})
        await self.page.evaluate(DRAWN)

    async def looks_at(self, screen: str, place: Frame | None = None) -> None:
        """In each look, the page or a frame in it; the first look is put on again at the end."""
        seen = place or self.page
        await expect(self.page.locator(".skeleton")).to_have_count(0)
        for look in self.looks:
            await self.puts_on(look)
            await self.takes_picture(f"{screen} {look}")
            self.notes(f"{screen} {look}", [*await barriers(seen), *await seen.evaluate(OVERHANG)])
        await self.puts_on(self.looks[0])

    async def takes_picture(self, name: str) -> None:
        if os.environ.get("ENGAGE_SCREENSHOTS") == "1":
            await self.page.screenshot(path=self.folder / f"{name}.png", animations="disabled")

    def notes(self, screen: str, problems: list[str]) -> None:
        if problems:
            self.found.setdefault(screen, []).extend(problems)

    def found_nothing(self) -> None:
        assert not self.found, "\n".join(f"{screen}: {each}" for screen in self.found for each in self.found[screen])

    async def tabs_through(self, screen: str, scope: str = "body") -> None:
        """Every control inside is reached, and seen when it is."""
        await expect(self.page.locator(".skeleton")).to_have_count(0)
        stops = await self.page.evaluate(BEGIN_WALK, scope)
        frames = await self.page.locator(f"{scope} iframe").count()
        for _ in range(2 * stops + FRAME_STOPS * frames):
            if not await self.page.evaluate(HOW_MANY):
                break
            await self.page.keyboard.press("Tab")
        self.notes(screen, await self.page.evaluate(END_WALK))

    async def tabs_to(self, target: Locator) -> None:
        """From wherever the focus is."""
        await expect(target).to_be_visible()
        for _ in range(MOST_STOPS):
            if await target.evaluate("one => one.matches(':focus')"):
                return
            await self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} cannot be reached with the Tab key")
