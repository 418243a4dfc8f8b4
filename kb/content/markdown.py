"""Markdown to HTML that can be put into a page as it is.

Authors link to another article by its file, `[your bill](read-your-bill.md)`. In the HTML that is a
link to the article's address, and carries `data-article`, so that a widget can open it in place.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_ARTICLE_LINK = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)\.md(#[a-z0-9-]+)?")

_TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
# No images yet: a remote image would tell its host who reads what.
_ATTRIBUTES = {
    "a": {"href", "data-article"},
    "h2": {"id"},
    "h3": {"id"},
    "ol": {"start"},
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the contents beside an article."""

    anchor: str
    text: str


@lru_cache(maxsize=1024)
def to_html(text: str, article_url: str = "/help/{slug}") -> str:
    """Sanitised HTML. `article_url` is the address of another article, with `{slug}` in it."""
    tokens = _parse(text)
    for token in _inline(tokens):
        for child in token.children or ():
            if child.type == "link_open":
                _point(child, article_url)
    return _sanitise(str(_PARSER.renderer.render(tokens, _PARSER.options, {})))


def outline(text: str) -> tuple[Heading, ...]:
    """The second-level headings, in order."""
    tokens = _parse(text)
    return tuple(
        Heading(str(opening.attrs["id"]), _plain(content))
        for opening, content in pairwise(tokens)
        if opening.type == "heading_open" and opening.tag == "h2"
    )


def linked_slugs(text: str) -> tuple[str, ...]:
    """The articles this one links to."""
    links = [
        _ARTICLE_LINK.fullmatch(str(child.attrs["href"]))
        for token in _inline(_parse(text))
        for child in token.children or ()
        if child.type == "link_open"
    ]
    return tuple(link[1] for link in links if link)


def to_text(text: str) -> str:
    """Only the words, blocks parted by a line break: what search reads."""
    return _lines(_plain(token) for token in _inline(_parse(text)))


def to_prose(text: str) -> str:
    """The words without headings, which read badly in the middle of a snippet."""
    blocks = pairwise(_parse(text))
    return _lines(_plain(block) for before, block in blocks if block.type == "inline" and before.type != "heading_open")


def _lines(blocks: Iterable[str]) -> str:
    return "\n".join(block for block in blocks if block)


def first_paragraph(text: str) -> str:
    """The words of the first paragraph: how the article introduces itself."""
    tokens = _parse(text)
    for opening, content in pairwise(tokens):
        if opening.type == "paragraph_open":
            return _plain(content)
    return ""


def _parser() -> MarkdownIt:
    # Raw HTML stays text; the sanitiser after it is the second lock on the same door.
    return MarkdownIt("commonmark", {"html": False}).enable("table")


_PARSER = _parser()


def _parse(text: str) -> list[Token]:
    tokens = _PARSER.parse(text)
    taken: set[str] = set()
    for opening, content in pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrs["id"] = _free_anchor(_plain(content), taken)
    return tokens


def _free_anchor(text: str, taken: set[str]) -> str:
    anchor = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "section"
    number = 2
    free = anchor
    while free in taken:
        free, number = f"{anchor}-{number}", number + 1
    taken.add(free)
    return free


def _inline(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.type == "inline"]


def _plain(inline: Token) -> str:
    parts = [" " if child.type in {"softbreak", "hardbreak"} else child.content for child in inline.children or ()]
    return "".join(parts).strip()


def _point(link: Token, article_url: str) -> None:
    found = _ARTICLE_LINK.fullmatch(str(link.attrs.get("href", "")))
    if found is None:
        return
    link.attrs["href"] = article_url.replace("{slug}", found[1]) + (found[2] or "")
    link.attrs["data-article"] = found[1]


def _sanitise(html: str) -> str:
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener",
    )
