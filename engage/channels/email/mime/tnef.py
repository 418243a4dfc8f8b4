"""What Outlook has hidden in winmail.dat."""

from dataclasses import dataclass

from engage.channels.email.mime import charsets

MOST_FILES = 50


@dataclass(frozen=True)
class Opened:
    files: list[tuple[str, bytes]]
    text: str


def opened(content: bytes) -> Opened | None:
    """None if it cannot be opened: then it stays the file that it is."""
    # imported with the first such file: most mails have none
    from tnefparse import TNEF  # noqa: PLC0415

    try:
        inside = TNEF(content, do_checksum=False)
        files = [(str(each.long_filename() or each.name or ""), bytes(each.data)) for each in inside.attachments]
        body = inside.body
    except Exception:  # noqa: BLE001  # it reads what anybody may have written, and raises whatever it likes
        return None
    text = body if isinstance(body, str) else charsets.decode(body) if isinstance(body, bytes) else ""
    return Opened(files[:MOST_FILES], charsets.clean(text))
