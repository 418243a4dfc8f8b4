"""Mail services by name: where their mailboxes are read and where their owner gives us consent (RFC 6749, RFC 7628)."""

from typing import Literal

from pydantic import Field

from engage.channels.email.schemas import MailboxSecurity
from engage.kit.wire import WireModel

ProviderName = Literal["google", "microsoft", "other"]


class MailProvider(WireModel):
    """What a form is filled in with."""

    name: ProviderName
    host: str = ""
    port: int = 993
    security: MailboxSecurity = "tls"
    authorize_url: str = ""
    token_url: str = ""
    scope: str = ""
    #: what it wants to be told besides, so that it gives a refresh token at all
    extra: dict[str, str] = Field(default_factory=dict)


PROVIDERS: dict[ProviderName, MailProvider] = {
    "google": MailProvider(
        name="google",
        host="imap.gmail.com",
        authorize_url="https://accounts.google.com/o/oauth2/v2/auth",
        token_url="https://oauth2.googleapis.com/token",  # noqa: S106  # an address, no secret
        scope="https://mail.google.com/",
        extra={"access_type": "offline", "prompt": "consent"},
    ),
    "microsoft": MailProvider(
        name="microsoft",
        host="outlook.office365.com",
        authorize_url="https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
        token_url="https://login.microsoftonline.com/common/oauth2/v2.0/token",  # noqa: S106  # an address, no secret
        scope="offline_access https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send",
        extra={"prompt": "consent"},
    ),
    "other": MailProvider(name="other"),
}
