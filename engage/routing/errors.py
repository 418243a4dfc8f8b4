from engage.kit.errors import Conflict


class OfferGone(Conflict):
    """This offer is over."""

    code = "offer_gone"


class NoRoom(Conflict):
    """Your hands are full; finish something first."""

    code = "no_room"


class TargetAbsent(Conflict):
    """Nobody is there to take it; choose another agent or a queue."""

    code = "target_absent"
