"""Names of files as they may be shown and saved, and what a file is by its content."""

import re
import unicodedata

from engage.channels.email.mime import words

MOST = 200
FORBIDDEN = re.compile(r'[<>:"|?*]')
#: what a file is called that has no name
ENDINGS = {
    "text/plain": ".txt", "text/html": ".html", "text/csv": ".csv", "text/calendar": ".ics", "text/x-vcard": ".vcf",
    "text/vcard": ".vcf", "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp",
    "image/svg+xml": ".svg", "application/pdf": ".pdf", "application/zip": ".zip", "message/rfc822": ".eml",
    "application/pkcs7-mime": ".p7m", "application/pkcs7-signature": ".p7s", "application/pgp-encrypted": ".asc",
}  # fmt: skip
#: content that says what it is, whatever its headers say
MAGIC = (
    (b"%PDF-", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"), (b"GIF89a", "image/gif"),
)  # fmt: skip
PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}


def cleaned(name: str) -> str:
    """The last piece of a path, without controls and direction marks, its ending kept; empty if nothing is left."""
    text = unicodedata.normalize("NFC", words.decoded(name[:20_000]))
    last = re.split(r"[/\\]", text)[-1]
    shown = "".join(" " if char.isspace() else char for char in last if char.isspace() or _is_shown(char))
    plain = FORBIDDEN.sub("_", " ".join(shown.split())).strip(". ")
    if len(plain) <= MOST:
        return plain
    stem, dot, ending = plain.rpartition(".")
    return stem[: MOST - len(ending) - 1] + dot + ending if dot and len(ending) <= 10 else plain[:MOST]


def _is_shown(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def instead(content_type: str, number: int) -> str:
    return f"file-{number}{ENDINGS.get(content_type, '')}"


def kind_of(declared: str, content: bytes) -> str:
    """The declared type; a picture must be one."""
    for start, kind in MAGIC:
        if content.startswith(start):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return "application/octet-stream" if declared in PICTURES else declared
