from engage.kit.errors import Conflict, Forbidden, Invalid


class LastAdmin(Conflict):
    """This is the only admin of the site. Make somebody else an admin first."""

    code = "last_admin"


class WorksElsewhere(Forbidden):
    """Only somebody who administers every site this person works for may do this."""

    code = "works_elsewhere"


class UnknownQueue(Invalid):
    """One of these queues is not a queue of this site."""

    code = "unknown_queue"


class AlreadyHere(Conflict):
    """Somebody with this e-mail address works for this site already."""

    code = "already_here"


class MisplacedOutcome(Invalid):
    """An outcome stands below one of the same site, and at most three deep."""

    code = "misplaced_outcome"
