from engage.kit.errors import Conflict, Invalid, NotFound


class WrongState(Conflict):
    """This has gone on in the meantime; your screen shows where it stands."""

    code = "wrong_state"


class NotYourWork(Conflict):
    """This work is not in your hands."""

    code = "not_your_work"


class NotMailWork(Conflict):
    """This conversation does not go by mail: nobody can be copied in, and nothing can be sent later."""

    code = "not_mail_work"


class NoSuchEngagement(NotFound):
    """There is no such work, or it is not yours to see."""


class UnknownDisposition(Invalid):
    """This outcome is not on the list."""

    code = "unknown_disposition"


class OutcomeNeeded(Invalid):
    """Choose an outcome first; this queue asks for one."""

    code = "outcome_needed"


class NoMoreTime(Conflict):
    """The wrap-up is as long as it can be."""

    code = "no_more_time"


class NothingToRate(Conflict):
    """There is no answer to rate yet."""

    code = "nothing_to_rate"
