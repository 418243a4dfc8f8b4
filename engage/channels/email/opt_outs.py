"""Mails of a kind that somebody wants no more: the link in each of them, and the page behind it (RFC 8058).

The link names an address and a purpose and is signed, so it is nobody's to guess. Opening it changes nothing, for
programs open links; pressing its button ends these mails, and so does the mail program's own button. Below it stand
all kinds of mails, to be chosen from.
"""

import base64
import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args
from uuid import UUID

from aiohttp import web
from sqlalchemy import delete, select

from engage.channels.email.mail_keys import MAIL_KEYS, Key, Keys, in_base32
from engage.channels.email.models import MailOptOut
from engage.channels.email.schemas import NoticePurpose
from engage.kit.db import insert_into
from engage.kit.languages import Language
from engage.kit.unit_of_work import UNITS, UnitOfWork
from engage.settings import SETTINGS
from engage.sites import link_page

PATH = "/mail-preferences"
LONGEST = 1000


@dataclass(frozen=True)
class PageWords:
    title: str
    ask: str
    button: str
    done: str
    wrong: str
    link: str
    #: above the list of kinds
    kinds: str
    save: str
    saved: str
    purposes: Mapping[NoticePurpose, str]


WORDS: Mapping[Language, PageWords] = {
    "en": PageWords(
        title="E-mails to you",
        ask="Do you want no more mails about {purpose}?",
        button="No more of these mails",
        done="Done. You get no more mails about {purpose}.",
        wrong="This link is not complete. Please open it from the mail again.",
        link="No more mails of this kind",
        kinds="Or choose yourself. I want mails about:",
        save="Save my choice",
        saved="Saved. Your choice counts from now on.",
        purposes={"service": "your orders and services", "conversation": "your conversations", "marketing": "offers"},
    ),
    "de": PageWords(
        title="E-Mails an Sie",
        ask="Möchten Sie keine E-Mails mehr zu {purpose}?",
        button="Keine dieser E-Mails mehr",
        done="Erledigt. Sie erhalten keine E-Mails mehr zu {purpose}.",
        wrong="Dieser Link ist unvollständig. Bitte öffnen Sie ihn noch einmal aus der E-Mail.",
        link="Keine E-Mails dieser Art mehr",
        kinds="Oder wählen Sie selbst. E-Mails möchte ich zu:",
        save="Auswahl speichern",
        saved="Gespeichert. Ihre Auswahl gilt ab sofort.",
        purposes={
            "service": "Ihren Bestellungen und Diensten",
            "conversation": "Ihren Gesprächen",
            "marketing": "Angeboten",
        },
    ),
}


@dataclass(frozen=True)
class Wish:
    """Which mails are meant."""

    site_id: UUID
    address: str
    purpose: NoticePurpose


def link(app: web.Application, site_id: UUID, address: str, purpose: NoticePurpose) -> str:
    """Never ends: somebody may want to get rid of mails years later."""
    token = sign(app[MAIL_KEYS][0], Wish(site_id, address.lower(), purpose))
    return f"{app[SETTINGS].own_url}{PATH}/{token}"


def sign(key: Key, wish: Wish) -> str:
    said = f"{wish.site_id.hex}|{wish.purpose}|{wish.address}".encode()
    return f"{base64.urlsafe_b64encode(said).decode().rstrip('=')}.{_signature(key, said)}"


def read(keys: Keys, token: str) -> Wish | None:
    """None for what was not made by us."""
    body, _, claimed = token.rpartition(".")
    try:
        said = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)) if len(token) <= LONGEST else b""
        site, purpose, address = said.decode().split("|", 2)
        wish = Wish(UUID(hex=site), address, cast(NoticePurpose, purpose))
    except ValueError:
        return None
    is_ours = any(hmac.compare_digest(_signature(key, said).encode(), claimed.encode()) for key in keys)
    return wish if is_ours and purpose in get_args(NoticePurpose) else None


def _signature(key: Key, said: bytes) -> str:
    return in_base32(hmac.digest(key.secret, b"mail opt-out|" + said, "sha256")[:20])


async def has_ended(work: UnitOfWork, site_id: UUID, address: str, purpose: NoticePurpose) -> bool:
    return await work.db.get(MailOptOut, (site_id, address.lower(), purpose)) is not None


async def end(work: UnitOfWork, wish: Wish) -> None:
    """Twice is once."""
    row = {"site_id": wish.site_id, "address": wish.address, "purpose": wish.purpose, "created_at": work.now}
    await work.db.execute(insert_into(work.db, MailOptOut).values(row).on_conflict_do_nothing())


async def wanted(work: UnitOfWork, wish: Wish) -> list[NoticePurpose]:
    """The kinds of mails that still go to this address."""
    ended = select(MailOptOut.purpose).where(MailOptOut.site_id == wish.site_id, MailOptOut.address == wish.address)
    gone = set(await work.db.scalars(ended))
    return [each for each in get_args(NoticePurpose) if each not in gone]


async def choose(work: UnitOfWork, wish: Wish, kinds: Collection[str]) -> None:
    """These and no others: what had ended begins again."""
    its = delete(MailOptOut).where(MailOptOut.site_id == wish.site_id, MailOptOut.address == wish.address)
    await work.db.execute(its.where(MailOptOut.purpose.in_(kinds)))
    for each in get_args(NoticePurpose):
        if each not in kinds:
            await end(work, Wish(wish.site_id, wish.address, each))


def add_page(app: web.Application) -> None:
    app.router.add_get(PATH + "/{token}", ask)
    app.router.add_post(PATH + "/{token}", press)


async def ask(request: web.Request) -> web.Response:
    """Changes nothing."""
    return await _page(request, read(request.app[MAIL_KEYS], request.match_info["token"]), said="ask")


async def press(request: web.Request) -> web.Response:
    """By a person's button or a mail program's: no cookie, no redirect, no second question."""
    wish = read(request.app[MAIL_KEYS], request.match_info["token"])
    form = await request.post()
    chooses = "chosen" in form
    if wish is not None:
        async with request.app[UNITS].begin() as work:
            if chooses:
                await choose(work, wish, {str(each) for each in form.getall("kind", [])})
            else:
                await end(work, wish)
    return await _page(request, wish, said="saved" if chooses else "done")


async def _page(request: web.Request, wish: Wish | None, *, said: Literal["ask", "done", "saved"]) -> web.Response:
    """Does not say whose address it is: the mail may have been passed on."""
    language = link_page.language_of(request)
    words = WORDS[language]
    purpose = words.purposes[wish.purpose] if wish else ""
    return link_page.plain(
        request,
        "email/opt_out.html",
        status=200 if wish else 404,
        language=language,
        words=words,
        said=getattr(words, said).format(purpose=purpose) if wish else words.wrong,
        asks=wish is not None and said == "ask",
        kinds=await _kinds(request, wish, words) if wish else [],
    )


async def _kinds(request: web.Request, wish: Wish, words: PageWords) -> list[tuple[str, str, bool]]:
    """Name, words, and whether he gets them."""
    async with request.app[UNITS].read() as work:
        still = await wanted(work, wish)
    return [(each, named[:1].upper() + named[1:], each in still) for each, named in words.purposes.items()]
