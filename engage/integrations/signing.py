"""The Standard Webhooks signature: id, moment and body, by HMAC-SHA256. Pure. https://www.standardwebhooks.com"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from uuid import UUID

PREFIX = "whsec_"


def new_secret() -> str:
    """192 bits, within the 192 to 512 that the specification asks for."""
    return PREFIX + base64.b64encode(secrets.token_bytes(24)).decode()


def headers(secret: str, event_id: UUID, at: datetime, body: str) -> dict[str, str]:
    """What goes along with the body, so that the receiver can tell that it is ours, whole and new."""
    moment = int(at.timestamp())
    key = base64.b64decode(secret.removeprefix(PREFIX))
    mac = hmac.digest(key, f"{event_id}.{moment}.{body}".encode(), hashlib.sha256)
    return {
        "Content-Type": "application/json",
        "User-Agent": "Engage-Webhooks/1",
        "webhook-id": str(event_id),
        "webhook-timestamp": str(moment),
        "webhook-signature": f"v1,{base64.b64encode(mac).decode()}",
    }
