"""Chromium as it is installed on the machine, driven by Playwright."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Playwright, async_playwright

from tests.services.missing import missing

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: A browser that talks to the server under test and to nobody else.
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Chromium:
    """One browser for many tests. Each person has a context of his own in it, which shares nothing with another."""

    def __init__(self, playwright: Playwright) -> None:
        self._program = next((path for name in NAMES if (path := shutil.which(name))), None) or missing("Chromium")
        self._playwright = playwright
        self._browser: Browser | None = None

    async def as_new(self) -> Browser:
        """Whatever a test did to it: it runs."""
        if self._browser is None or not self._browser.is_connected():
            # Chromium's sandbox refuses to run as root.
            flags = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else [*QUIET]
            self._browser = await self._playwright.chromium.launch(executable_path=self._program, args=flags)
        return self._browser

    async def close(self) -> None:
        if self._browser is not None:
            await self._browser.close()


@asynccontextmanager
async def run_chromium() -> AsyncIterator[Browser]:
    async with lasting_chromium() as chromium:
        yield await chromium.as_new()


@asynccontextmanager
async def lasting_chromium() -> AsyncIterator[Chromium]:
    async with async_playwright() as playwright:
        chromium = Chromium(playwright)
        try:
            yield chromium
        finally:
            await chromium.close()
