"""Words with bold, lists and links, as a person typed them: what of their HTML is kept. Pure."""

import nh3

TAGS = frozenset(
    {"p", "div", "br", "b", "strong", "i", "em", "u", "s", "ul", "ol", "li", "a", "blockquote", "code", "pre"}
)
ATTRIBUTES = {"a": {"href"}}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})


def cleaned(html: str) -> str | None:
    """Only the allowed elements, with nothing on them but the address of a link; None if no words are left."""
    kept = nh3.clean(
        html, tags=set(TAGS), attributes=ATTRIBUTES, url_schemes=set(SCHEMES), link_rel="noopener noreferrer"
    )
    has_words = nh3.clean(kept, tags=set()).strip()
    return kept.strip() if has_words else None
