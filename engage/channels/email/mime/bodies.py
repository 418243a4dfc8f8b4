"""What a mail says: its text and HTML out of whatever parts, its files, and what else it carries."""

import html as entities
from dataclasses import dataclass, field

from engage.channels.email.mime import calendars, charsets, html, names, parameters, prescan, reports, tnef, transfer
from engage.channels.email.mime.flowed import unflowed
from engage.channels.email.mime.prescan import Entity, Scanned
from engage.channels.email.parsed import DeliveryStatus, Invitation, Part

MOST_TEXT = 1_000_000
MOST_FILES = 100
SIGNATURES = {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
SMIME = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
TNEF = {"application/ms-tnef", "application/vnd.ms-tnef"}
#: texts that are read as they stand; others are files
PLAIN = {"text/plain", "text/enriched", "text/markdown", "text/x-amp-html-plain"}


@dataclass
class Content:
    text: str = ""
    html: str | None = None
    files: list[Part] = field(default_factory=list)
    invitation: Invitation | None = None
    report: list[DeliveryStatus] = field(default_factory=list)
    inner_headers: list[prescan.Header] = field(default_factory=list)
    is_signed: bool = False
    is_encrypted: bool = False


@dataclass
class _Piece:
    """A stretch of what is said, in one form or in both."""

    text: str = ""
    html: str = ""


def collected(scanned: Scanned) -> Content:
    collector = _Collector(scanned)
    pieces = collector.pieces(scanned.root)
    content = collector.content
    content.text = _cut("\n\n".join(each for each in map(_text, pieces) if each), scanned.faults)
    if any(each.html for each in pieces):
        shown = html.safe("\n".join(each.html or _as_html(each.text) for each in pieces))
        content.html = charsets.clean(shown) if shown.strip() else None
    content.is_signed |= "-----BEGIN PGP SIGNED MESSAGE-----" in content.text
    content.is_encrypted |= "-----BEGIN PGP MESSAGE-----" in content.text
    return content


def _text(piece: _Piece) -> str:
    return (
        piece.text.strip("\n") if piece.text.strip() else charsets.clean(html.text_of(piece.html)) if piece.html else ""
    )


def _as_html(text: str) -> str:
    return f'<div style="white-space: pre-wrap">{entities.escape(text)}</div>'


def _cut(text: str, faults: list[str]) -> str:
    if len(text) > MOST_TEXT:
        faults.append(f"Its text is longer than {MOST_TEXT} characters; the rest is in the original.")
    return text[:MOST_TEXT]


class _Collector:
    """Walks the tree of parts, which is at most as deep as `prescan` allows."""

    def __init__(self, scanned: Scanned) -> None:
        self._scanned = scanned
        self.content = Content()
        self._any_text = False

    def pieces(self, entity: Entity) -> list[_Piece]:
        if not entity.is_multipart:
            return self._leaf(entity)
        if entity.subtype == "encrypted":
            self.content.is_encrypted = True
        if entity.subtype == "signed":
            self.content.is_signed = True
        inside = [self.pieces(each) for each in entity.children]
        if entity.subtype == "alternative":
            return self._one_of(inside)
        return [piece for pieces in inside for piece in pieces]

    def _one_of(self, forms: list[list[_Piece]]) -> list[_Piece]:
        """The same in several forms (RFC 2046, 5.1.4): the first text, and the last HTML."""
        texts = ["\n\n".join(each.text for each in form if each.text.strip()) for form in forms]
        htmls = [
            "\n".join(each.html or _as_html(each.text) for each in form) for form in forms if any(p.html for p in form)
        ]
        piece = _Piece(next((each for each in texts if each), ""), htmls[-1] if htmls else "")
        return [piece] if piece.text or piece.html else []

    def _leaf(self, entity: Entity) -> list[_Piece]:
        disposition, its = parameters.read(entity.first("content-disposition"))
        raw_name = its.get("filename") or entity.params.get("name", "")
        kind = entity.content_type
        if self._is_known(entity, kind):
            return []
        is_file = disposition == "attachment" or bool(its.get("filename"))
        is_read = kind in PLAIN or kind == "text/html"
        if is_read and not is_file and not (raw_name and self._any_text):
            return [self._said_in(entity, kind)]
        return self._keep(entity, kind, raw_name, inline=disposition != "attachment")

    def _said_in(self, entity: Entity, kind: str) -> _Piece:
        raw = self._decoded(entity)
        if kind == "text/html":
            self._any_text |= bool(raw.strip())
            return _Piece(
                html=charsets.decode(
                    raw[: html.MOST_CHARACTERS * 2], entity.params.get("charset", "") or html_charset(raw)
                )
            )
        text = charsets.decode(raw[: MOST_TEXT * 4], entity.params.get("charset", ""))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if entity.params.get("format", "").lower() == "flowed":
            text = unflowed(text, del_sp=entity.params.get("delsp", "").lower() == "yes")
        self._any_text |= bool(text.strip())
        return _Piece(text=text)

    def _decoded(self, entity: Entity) -> bytes:
        return transfer.content(self._scanned.body(entity), entity.first("content-transfer-encoding"))

    def _is_known(self, entity: Entity, kind: str) -> bool:
        """What is no file although it is a part: signatures, reports, invitations."""
        content = self.content
        if kind in SIGNATURES:
            content.is_signed = True
            return True
        if kind in SMIME:
            is_signed = entity.params.get("smime-type", "").lower() == "signed-data"
            content.is_signed |= is_signed
            content.is_encrypted |= not is_signed
        if kind in ("message/delivery-status", "message/global-delivery-status"):
            content.report += reports.read(self._decoded(entity))
            return True
        if kind in ("text/rfc822-headers", "message/rfc822", "message/global") and not content.inner_headers:
            inner = self._decoded(entity)
            content.inner_headers, _ = prescan.read_headers(inner, 0, len(inner), [])
            return kind == "text/rfc822-headers"
        if kind == "text/calendar":
            content.invitation = content.invitation or calendars.read(self._decoded(entity), entity.params)
            return not entity.first("content-disposition") and content.invitation is not None
        return False

    def _keep(self, entity: Entity, kind: str, raw_name: str, *, inline: bool) -> list[_Piece]:
        content = self._decoded(entity)
        is_tnef = kind in TNEF or raw_name.lower() == "winmail.dat"
        opened = tnef.opened(content) if is_tnef else None
        if opened is not None and (opened.files or opened.text):
            for name, inside in opened.files:
                self._add(name, "application/octet-stream", inside)
            return [] if self._any_text or not opened.text else [_Piece(opened.text)]
        if content or raw_name:
            content_id = entity.first("content-id").strip().strip("<>").strip()[:250] or None
            self._add(raw_name, kind, content, content_id=content_id, inline=inline and content_id is not None)
        return []

    def _add(
        self, raw_name: str, kind: str, content: bytes, *, content_id: str | None = None, inline: bool = False
    ) -> None:
        files = self.content.files
        if len(files) == MOST_FILES:
            self._scanned.faults.append(f"It has more than {MOST_FILES} files; the others are in the original.")
            return
        kind = names.kind_of(kind, content)
        name = names.cleaned(raw_name) or names.instead(kind, len(files) + 1)
        files.append(Part(name, kind[:100], content, content_id, inline))


def html_charset(raw: bytes) -> str:
    """What the page says of itself, if its part says nothing."""
    found = html.META.search(raw[:2000])
    return found[1].decode("ascii", "replace") if found else ""
