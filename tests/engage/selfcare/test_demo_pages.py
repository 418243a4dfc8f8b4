"""The demo carrier's website: its pages draw, lead somewhere and run nothing inline."""

import re
from pathlib import Path

import pytest

from engage.kit.templates import Templates
from kb import ARTICLES

DEMO = Path(__file__).parents[3] / "engage" / "demo"
PAGES = ("home", "plans", "bill", "support")


def drawn(name: str) -> str:
    templates = Templates()
    templates.add("demo", DEMO / "templates")
    agents = [{"name": "Ada Larsen", "email": "ada@nordlink.example"}]
    return templates.render(
        f"demo/{name}.html", site_key="nordlink", agents=agents, password="demo", console_url="/console/"
    )


@pytest.mark.parametrize("name", PAGES)
def test_page_has_the_one_tag_and_the_desk(name: str) -> None:
    text = drawn(name)

    assert text.count('<script async src="/widget.js" data-site="nordlink"></script>') == 1
    assert "ada@nordlink.example" in text
    assert "This is a demo" in text
    assert 'href="/console/"' in text


@pytest.mark.parametrize("name", PAGES)
def test_page_runs_nothing_inline(name: str) -> None:
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)", drawn(name))


@pytest.mark.parametrize("name", PAGES)
def test_every_link_of_the_page_leads_somewhere(name: str) -> None:
    slugs = {file.stem for file in (ARTICLES / "en").glob("*.md")}
    known = {
        "/demo/",
        "/help/",
        "/console/",
        *(f"/demo/{page}" for page in PAGES),
        *(f"/help/{slug}" for slug in slugs),
    }
    assets = {f"/demo/assets/{file.name}" for file in (DEMO / "assets").iterdir()}

    links = {link.split("#")[0] for link in re.findall(r'(?:href|src)="(/[^"]*)"', drawn(name))}

    assert links - known - assets - {"/widget.js"} == set()


@pytest.mark.parametrize("name", PAGES)
def test_jumps_within_the_page_arrive(name: str) -> None:
    text = drawn(name)

    assert all(f'id="{anchor}"' in text for anchor in re.findall(r'href="#([^"]+)"', text))
