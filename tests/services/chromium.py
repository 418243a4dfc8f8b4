"""Chromium as it is installed on the machine, driven by Playwright."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright

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


@asynccontextmanager
async def run_chromium() -> AsyncIterator[Browser]:
    program = next((path for name in NAMES if (path := shutil.which(name))), None) or missing("Chromium")
    # Chromium's sandbox refuses to run as root.
    flags = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else [*QUIET]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=flags)
        try:
            yield browser
        finally:
            await browser.close()
