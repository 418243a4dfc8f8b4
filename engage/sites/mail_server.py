"""A site's own mail server."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from engage.kit.wire import PlainText, WireModel


class MailServer(WireModel):
    host: Annotated[str, Field(pattern=r"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$", max_length=255)]
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    #: nothing is sent without it; `none` is for servers of one's own that `outgoing_allow` names
    security: Literal["tls", "starttls", "none"] = "starttls"
    user: Annotated[PlainText, Field(max_length=320)] = ""
    #: signs in by the consent that was given to read this mailbox (XOAUTH2), in the place of a password
    mailbox_id: UUID | None = None
