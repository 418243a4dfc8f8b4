from engage.kit.errors import Conflict, Invalid


class OfferGone(Conflict):
    """This offer is over."""

    code = "offer_gone"


class UnknownReason(Invalid):
    """This reason is not on the list."""

    code = "unknown_reason"


class NoRoom(Conflict):
    """Your hands are full; finish something first."""

    code = "no_room"


class NothingWaits(Conflict):
    """Nothing waits that you could take now."""

    code = "nothing_waits"


class TargetAbsent(Conflict):
    """Nobody is there to take it; choose another agent or a queue."""

    code = "target_absent"


class TargetFull(Conflict):
    """This colleague's hands are full; choose somebody else."""

    code = "target_full"


class NoPlaceForParty(Conflict):
    """Nobody else can join this now."""

    code = "no_place_for_party"


class AlreadyThere(Conflict):
    """This colleague is at it already, or has just been asked."""

    code = "already_there"


class HoldsAlone(Conflict):
    """Nobody else is in the conversation to take it over; transfer it instead."""

    code = "holds_alone"
