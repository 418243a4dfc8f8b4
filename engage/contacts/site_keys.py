"""The secrets and keys by which a site's signed tokens are checked."""

from datetime import timedelta

from aiohttp import web

from engage.contacts import identity
from engage.contacts.identity import Claims, Trusted
from engage.contacts.models import SiteIdentity
from engage.kit.clock import CLOCK
from engage.kit.outgoing import OUTGOING
from engage.kit.secrets import VAULT
from engage.kit.unit_of_work import UNITS
from engage.sites import service as sites
from engage.sites.models import Site

#: a key set is asked for again after this, and at once for a key that it lacks, but not more often than this
FRESH, AGAIN = timedelta(hours=1), timedelta(minutes=1)


class KeySets:
    """Key sets by their address, kept in this process for a while."""

    def __init__(self, app: web.Application) -> None:
        self._app = app
        self._kept: dict[str, tuple[object, list[Trusted]]] = {}

    async def read(self, url: str, kid: str | None) -> list[Trusted]:
        """Raises AddressRefused, NotReached, BadPublicKey."""
        now = self._app[CLOCK].now()
        fetched_at, keys = self._kept.get(url, (None, []))
        has_it = kid is None or any(key.kid == kid for key in keys)
        if fetched_at is not None and now - fetched_at < (FRESH if has_it else AGAIN):  # type: ignore[operator]
            return keys
        keys = identity.key_set((await self._app[OUTGOING].get(url)).json())
        self._kept[url] = now, keys
        return keys


KEY_SETS = web.AppKey("key_sets", KeySets)


async def claims_of(app: web.Application, site_key: str, token: str) -> tuple[Site, Claims]:
    """What the site says of its visitor. Opens its own transaction: a key set may have to be fetched.

    Raises UnknownSite, IdentityRefused, AddressRefused, NotReached, BadPublicKey.
    """
    async with app[UNITS].read() as work:
        site = await sites.by_key(work, site_key)
        setup = await work.db.get(SiteIdentity, site.id)
    keys = await trusted_by(app, setup, identity.kid_of(token))
    return site, identity.verified(token, keys, audience=site.key, now=app[CLOCK].now())


async def trusted_by(app: web.Application, setup: SiteIdentity | None, kid: str | None) -> list[Trusted]:
    """The keys that count now."""
    if setup is None:
        return []
    if setup.method == "public_key":
        return [identity.public_key(setup.public_key)] if setup.public_key else []
    if setup.method == "jwks":
        return await app[KEY_SETS].read(setup.jwks_url, kid) if setup.jwks_url else []
    old_counts = setup.old_secret_until is not None and setup.old_secret_until > app[CLOCK].now()
    sealed = [setup.secret, setup.old_secret if old_counts else None]
    return [Trusted(app[VAULT].open(each), "HS256") for each in sealed if each]
