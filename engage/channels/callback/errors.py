from engage.kit.errors import Conflict, Invalid, NotFound, TooMany


class NoSuchCallback(NotFound):
    """There is no such call-back, or it is not yours to see."""


class CallbackOff(Conflict):
    """We call nobody back at the moment."""

    code = "callback_off"


class NumberRefused(Invalid):
    """We cannot call this number; `reason` says why."""

    code = "number_refused"


class NumberTaken(Conflict):
    """A call-back to this number is planned already."""

    code = "number_taken"


class NotNow(Conflict):
    """We cannot call at this time; please choose another one."""

    code = "not_now"


class SlotTaken(Conflict):
    """This time has just been taken; please choose another one."""

    code = "slot_taken"


class TooManyCallbacks(TooMany):
    """That were many call-backs for one day; please write to us."""

    code = "too_many_callbacks"


class TooLate(Conflict):
    """This call-back cannot be changed any more."""

    code = "too_late"


class DialRefused(Conflict):
    """This number may not be called now; `reason` says why."""

    code = "dial_refused"


class OutcomeMissing(Conflict):
    """Record first how the call went."""

    code = "outcome_missing"


class NotDialled(Conflict):
    """Call first, then say how it went."""

    code = "not_dialled"


class LinkGone(NotFound):
    """This link is not good any more."""

    code = "callback_link_gone"
