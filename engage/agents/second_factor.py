"""The second factor: codes by time (TOTP, RFC 6238) and recovery codes for the day the phone is lost."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from uuid import UUID

import pyotp
import segno
from sqlalchemy import delete, func, select

from engage.access import tokens
from engage.agents.models import Agent, AgentSite, RecoveryCode
from engage.kit.ids import new_id
from engage.kit.secrets import Vault
from engage.kit.unit_of_work import UnitOfWork
from engage.sites.models import Site

ISSUER = "Engage"
STEP_SECONDS = 30
#: steps that a phone's clock may be wrong
DRIFT = 1
RECOVERY_CODES = 10
#: without signs that look alike
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Proposal:
    """A secret that does not count until a code of it was shown."""

    secret: str
    #: a picture for the phone's camera, as a data URI
    qr: str


def propose(email: str) -> Proposal:
    secret = pyotp.random_base32()
    uri = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)
    return Proposal(secret, segno.make(uri, error="m").svg_data_uri(scale=5, border=2, dark="#111", light="#fff"))


def step_of(secret: str, code: str, *, now: datetime, after: int | None) -> int | None:
    """The step of time that the code belongs to; None for a wrong code and for one of a step that was used. Pure."""
    digits = re.sub(r"\s", "", code)
    current = int(now.timestamp()) // STEP_SECONDS
    for step in range(current - DRIFT, current + DRIFT + 1):
        genuine = compare_digest(pyotp.TOTP(secret).generate_otp(step).encode(), digits.encode())
        if genuine and (after is None or step > after):
            return step
    return None


async def accept(work: UnitOfWork, vault: Vault, agent: Agent, code: str) -> bool:
    """Uses up a code of his app or a recovery code. Takes a locked agent."""
    if agent.totp_sealed is None:
        return False
    step = step_of(vault.open(agent.totp_sealed), code, now=work.now, after=agent.totp_step)
    if step is not None:
        agent.totp_step = step
        return True
    used = delete(RecoveryCode).where(RecoveryCode.agent_id == agent.id, RecoveryCode.code_hash == _hash(code))
    return bool((await work.db.execute(used)).rowcount)  # type: ignore[attr-defined]  # an executed DELETE is a CursorResult


async def turn_on(work: UnitOfWork, vault: Vault, agent: Agent, *, secret: str, step: int) -> list[str]:
    """From now on he is asked for codes; the recovery codes, shown once."""
    agent.totp_sealed, agent.totp_step = vault.seal(secret), step
    return await new_recovery_codes(work, agent.id)


async def turn_off(work: UnitOfWork, agent: Agent) -> None:
    agent.totp_sealed = agent.totp_step = None
    await work.db.execute(delete(RecoveryCode).where(RecoveryCode.agent_id == agent.id))


async def new_recovery_codes(work: UnitOfWork, agent_id: UUID) -> list[str]:
    """In the place of all older ones."""
    await work.db.execute(delete(RecoveryCode).where(RecoveryCode.agent_id == agent_id))
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    work.db.add_all(RecoveryCode(id=new_id(), agent_id=agent_id, code_hash=_hash(code)) for code in codes)
    return codes


async def recovery_codes_left(work: UnitOfWork, agent_id: UUID) -> int:
    left = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.agent_id == agent_id)
    return await work.db.scalar(left) or 0


async def is_required(work: UnitOfWork, agent_id: UUID) -> bool:
    """One of the sites he works for asks for it."""
    of_site = select(Site.id).join(AgentSite, AgentSite.site_id == Site.id)
    asking = of_site.where(AgentSite.agent_id == agent_id, AgentSite.suspended_at.is_(None))
    return await work.db.scalar(asking.where(Site.requires_second_factor).limit(1)) is not None


def _recovery_code() -> str:
    """80 bits, so that its plain hash cannot be guessed."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(4))


def _hash(code: str) -> str:
    return tokens.token_hash(re.sub(r"[^a-z0-9]", "", code.lower()))
