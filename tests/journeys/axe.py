"""What axe-core finds wrong with a page or a frame."""

from playwright.async_api import Frame, Page

from tests.services.engage import ROOT

SOURCE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


#: what WCAG 2.2 added, which axe leaves out unless asked
RULES = "{ 'target-size': { enabled: true } }"
#: a tooltip belongs to what it describes, wherever in the page it hangs
WHAT = "{ exclude: ['[data-radix-popper-content-wrapper]:has(> .tooltip)'] }"


async def barriers(place: Page | Frame) -> list[str]:
    """All violations, each with the elements it is about.

    The source is evaluated rather than added as a script, which the pages' policy refuses. Frames are looked at one
    by one, because axe cannot cross origins.
    """
    if not await place.evaluate("'axe' in window"):
        await place.evaluate(SOURCE.read_text())
    found = await place.evaluate(
        f"axe.run({WHAT}, {{ iframes: false, resultTypes: ['violations'], rules: {RULES} }})"
        ".then(result => result.violations)"
    )
    return [
        f"{violation['id']}: {node['html'][:160]} {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]
