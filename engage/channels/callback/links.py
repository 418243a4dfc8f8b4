"""Links in mails that open one call-back without sign-in: signed by us, so nothing of them is stored."""

from datetime import timedelta
from uuid import UUID

from engage.access.tokens import Signer
from engage.channels.callback.errors import LinkGone
from engage.channels.callback.models import CallbackRequest
from engage.kit.unit_of_work import UnitOfWork

PURPOSE = "callback"
PATH = "/call-back"
#: beyond its window: so long the page still says what became of it
SHOWN_AFTER = timedelta(days=7)


def path_of(signer: Signer, request: CallbackRequest) -> str:
    """The secret stands behind the #, which browsers send to nobody."""
    expires_at = request.expires_at + SHOWN_AFTER
    return f"{PATH}#{signer.sign(str(request.id), purpose=PURPOSE, expires_at=expires_at)}"


async def opened(work: UnitOfWork, signer: Signer, token: str) -> CallbackRequest:
    """Raises LinkGone."""
    statement = signer.read(token, purpose=PURPOSE, now=work.now)
    request = await work.db.get(CallbackRequest, UUID(statement)) if statement else None
    if request is None:
        raise LinkGone
    return request
