"""Bytes to text. Whatever the charset is called and however wrong it is: there is always a text, and it is clean."""

import codecs
import re
from functools import lru_cache

#: what others call a charset that Python calls otherwise, or that is mostly another one than it says
MEANT = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "iso8859-1": "cp1252", "iso_8859-1": "cp1252",
    "ansi": "cp1252", "x-ansi": "cp1252", "windows-1252http-equivcontent-type": "cp1252",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030",
    "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "euc-kr": "cp949", "korean": "cp949",
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "sjis": "cp932", "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp_3", "csiso2022jp": "iso2022_jp_3", "iso-2022-jp-ms": "iso2022_jp_ext",
    "big5": "big5hkscs", "x-big5": "big5hkscs",
    "unicode-1-1-utf-7": "utf-7", "x-unicode-2-0-utf-7": "utf-7", "utf8mb4": "utf-8", "unicode-1-1-utf-8": "utf-8",
    "utf8": "utf-8", "iso-8859-8-i": "iso-8859-8", "iso-8859-6-i": "iso-8859-6", "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman", "windows-874": "cp874", "tis-620": "cp874", "x-windows-949": "cp949",
}  # fmt: skip
#: codecs of Python that are no charsets; idna is slow with long texts, too
NONE = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem", "palmos"})
#: fewer bytes above ASCII than this say too little of their charset
ENOUGH = 40
SAMPLE = 8_000
#: what no text of ours holds: NUL and other controls, halves of characters, marks that turn nothing
UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\ufeff]")
JAPANESE = re.compile(rb"\x1b[$(][@BJI]")


def decode(data: bytes, charset: str = "") -> str:
    """The declared charset if it fits, else UTF-8, else the most likely one."""
    return clean(_decode(data, charset.strip().strip("\"'").lower()))


def clean(text: str) -> str:
    return UNWANTED.sub("", text)


def _decode(data: bytes, declared: str) -> str:
    codec = _codec(declared)
    if codec in (None, "ascii", "utf-8") and JAPANESE.search(data):
        codec = "iso2022_jp_3"
    for each in (codec, "utf-8"):
        if each is not None and (text := _strictly(data, each)) is not None:
            return text
    if codec not in (None, "ascii", "utf-8") and not codec.startswith("utf"):
        # a few bytes are wrong: the rest is still what it says
        return data.decode(codec, "replace")
    if codec == "utf-8" and _is_mostly_utf8(data):
        return data.decode("utf-8", "replace")
    return _strictly(data, _likely(data)) or data.decode("latin-1")


@lru_cache(maxsize=200)
def _codec(declared: str) -> str | None:
    if not declared or len(declared) > 40 or not declared.isascii():
        return None
    try:
        found = codecs.lookup(MEANT.get(declared, declared))
    except (LookupError, ValueError, UnicodeError):
        return None
    is_text = getattr(found, "_is_text_encoding", True)
    return found.name if is_text and found.name not in NONE else None


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        text = data.decode(codec)
    except (ValueError, LookupError, OverflowError):
        return None
    return text


def _is_mostly_utf8(data: bytes) -> bool:
    high = sum(1 for each in data[:SAMPLE] if each > 0x7F)
    return high == 0 or data[:SAMPLE].decode("utf-8", "replace").count("\ufffd") * 4 < high


def _likely(data: bytes) -> str:
    """By how the text looks, if there is enough of it; Western European otherwise."""
    sample = data[:SAMPLE]
    if sum(1 for each in sample if each > 0x7F) < ENOUGH:
        return "cp1252"
    # imported with the first text that needs it: it takes as long to load as all the rest
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(sample, steps=5, chunk_size=512).best()
    return best.encoding if best is not None else "cp1252"
