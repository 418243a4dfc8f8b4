"""What axe-core finds wrong with a page or a frame."""

from playwright.async_api import Frame, Page

from tests.services.engage import ROOT

SOURCE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = ("serious", "critical")


async def barriers(place: Page | Frame) -> list[str]:
    """Serious and critical violations, each with the elements it is about.

    The source is evaluated rather than added as a script, which the pages' policy refuses. Frames are looked at one
    by one, because axe cannot cross origins.
    """
    await place.evaluate(SOURCE.read_text())
    found = await place.evaluate("axe.run(document, { iframes: false }).then(result => result.violations)")
    return [
        f"{violation['id']}: {node['html'][:160]} {node['failureSummary']}"
        for violation in found
        if violation["impact"] in SERIOUS
        for node in violation["nodes"]
    ]
