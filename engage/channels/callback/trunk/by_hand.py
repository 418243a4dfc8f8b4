"""Without any line of ours: the agent calls from his own phone, and says how it went."""

from uuid import UUID

from engage.channels.callback.trunk import Dialled


class ByHand:
    """Hands the number over as a link that phones, soft phones and browsers understand (RFC 3966)."""

    name = "by_hand"

    async def dial(self, attempt_id: UUID, number: str) -> Dialled:
        return Dialled("handed_over", f"tel:{number}")
