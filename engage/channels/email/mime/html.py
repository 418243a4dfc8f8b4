"""HTML that may be shown, and the text of HTML. Both come out of one cleaner, so what follows reads good HTML."""

import html
import re

import nh3

MOST_CHARACTERS = 2_000_000
MOST_TAGS = 60_000
MOST_DEPTH = 300
#: tags that are seldom closed and never nest, or hold nothing, do not count
NESTS = re.compile(
    r"<(/?)(?!(?:p|li|td|tr|th|dd|dt|br|hr|img|wbr|col|meta|link|input|tbody|o:p)\b)[a-z][^<>]{0,2000}>", re.IGNORECASE
)

TAGS = {
    "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "center", "cite",
    "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "ol",
    "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strike", "strong", "sub", "summary",
    "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr",
}  # fmt: skip
#: mail programs mark their quotes by class and id
ATTRIBUTES = {
    "*": {"class", "id", "dir", "lang", "title", "align", "valign", "style"},
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height"},
    "blockquote": {"type", "cite"},
    "font": {"color", "face", "size"},
    "table": {"border", "cellpadding", "cellspacing", "width", "bgcolor"},
    "td": {"colspan", "rowspan", "width", "bgcolor"},
    "th": {"colspan", "rowspan", "width", "bgcolor"},
    "tr": {"bgcolor"},
    "ol": {"start", "type"},
    "ul": {"type"},
    "col": {"width", "span"},
}
STYLES = {
    "color", "background-color", "font-weight", "font-style", "font-size", "font-family", "text-decoration",
    "text-align", "vertical-align", "line-height", "white-space", "margin", "margin-top", "margin-bottom",
    "margin-left", "margin-right", "padding", "padding-top", "padding-bottom", "padding-left", "padding-right",
    "border", "border-left", "border-right", "border-top", "border-bottom", "border-collapse", "border-color",
    "width", "max-width", "list-style-type",
}  # fmt: skip
#: with all that is in them
GONE = {
    "script",
    "style",
    "head",
    "title",
    "noscript",
    "template",
    "object",
    "embed",
    "applet",
    "iframe",
    "svg",
    "math",
}
SCHEMES = {"http", "https", "mailto", "tel", "cid", "data"}
PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,", re.IGNORECASE)
META = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
IMAGE = re.compile(r"<img [^>]*>")
REMOTE = re.compile(r' src="(?!cid:|data:)', re.IGNORECASE)
IN_STYLE = re.compile(r"url\s*\(|expression|javascript|\\|@import|position", re.IGNORECASE)


def safe(source: str) -> str:
    """What a sandboxed frame shows: no script, no form, nothing that is loaded from elsewhere until asked for."""
    cleaned = nh3.clean(
        _bounded(source),
        tags=TAGS,
        clean_content_tags=GONE,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        strip_comments=True,
        link_rel="noopener noreferrer nofollow",
        url_schemes=SCHEMES,
        filter_style_properties=STYLES,
    )
    return IMAGE.sub(lambda found: REMOTE.sub(' data-remote-src="', found.group()), cleaned)


def _attribute(tag: str, name: str, value: str) -> str | None:
    # no bracket in any value: whoever reads the result may trust that one ends a tag
    value = value.replace("<", "").replace(">", "")
    if name == "style":
        return None if IN_STYLE.search(value) else value
    if name in ("href", "src", "cite"):
        return _address(tag, value.strip())
    return value[:500]


def _address(tag: str, value: str) -> str | None:
    scheme = value[:10].lower()
    if scheme.startswith("data:"):
        return value if tag == "img" and PICTURE.match(value) else None
    if tag == "img" and not scheme.startswith(("cid:", "http:", "https:")):
        return None
    return value[:2000]


def _bounded(source: str) -> str:
    """Cut where it is too long or has more tags than a person writes, and flat where they are nested too deep."""
    cut = source[:MOST_CHARACTERS]
    if cut.count("<") > MOST_TAGS:
        at = -1
        for _ in range(MOST_TAGS):
            at = cut.find("<", at + 1)
        cut = cut[:at]
    return _flat(cut) if cut.count("<") > MOST_DEPTH else cut


def _flat(source: str) -> str:
    """Without the tags that lie too deep, for the cleaner's work grows with the square of the depth; words all stay."""
    depth = 0

    def kept(found: re.Match[str]) -> str:
        nonlocal depth
        if found[1]:
            depth = max(0, depth - 1)
        elif depth >= MOST_DEPTH:
            return ""
        else:
            depth += 1
        return found.group()

    return NESTS.sub(kept, source)


#: tags that the text is made of
TEXT_TAGS = {
    "br", "p", "div", "li", "ul", "ol", "tr", "td", "th", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote",
    "pre", "hr", "section", "article", "header", "footer", "dt", "dd", "address", "center",
}  # fmt: skip
TAG = re.compile(r"<(/?)([a-z0-9]+)[^>]*>")
BLANKS = re.compile(r"[ \t\r\n\f]+")
PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre"}
EMPTY_LINES = re.compile(r"\n{3,}")


def text_of(source: str) -> str:
    """The words of it, with line breaks where blocks are and `>` where somebody is quoted."""
    cleaned = nh3.clean(
        _bounded(source), tags=TEXT_TAGS, clean_content_tags=GONE, attributes={}, strip_comments=True, link_rel=None
    )
    writer = _Writer()
    at = 0
    for found in TAG.finditer(cleaned):
        writer.say(cleaned[at : found.start()])
        writer.tag(found[2], is_end=bool(found[1]))
        at = found.end()
    writer.say(cleaned[at:])
    return writer.text()


class _Writer:
    """Lines, each with the depth of its quote."""

    def __init__(self) -> None:
        self._lines: list[tuple[int, list[str]]] = [(0, [])]
        self._depth = 0
        self._in_pre = 0

    def say(self, written: str) -> None:
        if not written:
            return
        words = html.unescape(written)
        if self._in_pre:
            first, *others = words.split("\n")
            self._lines[-1][1].append(first)
            for each in others:
                self._lines.append((self._depth, [each]))
            return
        words = BLANKS.sub(" ", words)
        line = self._lines[-1][1]
        if not line or line[-1].endswith(" "):
            words = words.lstrip(" ")
        if words:
            line.append(words)

    def tag(self, name: str, *, is_end: bool) -> None:
        if name == "pre":
            self._in_pre = max(0, self._in_pre + (-1 if is_end else 1))
        if name == "br":
            self._lines.append((self._depth, []))
        elif name in ("td", "th"):
            if is_end:
                self.say(" ")
        elif name == "blockquote":
            self._break()
            self._depth = max(0, self._depth + (-1 if is_end else 1))
            self._lines[-1] = (self._depth, self._lines[-1][1]) if not self._lines[-1][1] else self._lines[-1]
        else:
            self._break(blank=name in PARAGRAPHS)
            if name == "li" and not is_end:
                self._lines[-1][1].append("- ")
            if name == "hr":
                self._lines[-1][1].append("---")
                self._break()

    def _break(self, *, blank: bool = False) -> None:
        if self._lines[-1][1]:
            self._lines.append((self._depth, []))
            if blank:
                self._lines.append((self._depth, []))

    def text(self) -> str:
        written = (
            (("> " * min(depth, 10)) + "".join(pieces).replace("\xa0", " ").rstrip()).rstrip(" ")
            for depth, pieces in self._lines
        )
        return EMPTY_LINES.sub("\n\n", "\n".join(written)).strip("\n")
