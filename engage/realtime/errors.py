"""What a client at the door, or with a signal, may be told."""

from engage.kit.errors import EngageError, Forbidden, Invalid, NotFound, TooMany


class NotAdmitted(EngageError):
    """Please sign in again."""

    status = 401
    code = "not_admitted"


class ForeignOrigin(Forbidden):
    """Connections from other websites are not accepted."""

    code = "foreign_origin"


class ServerBusy(EngageError):
    """Too many people are connecting at this moment; please try again."""

    status = 503
    code = "server_busy"


class UnknownSignal(NotFound):
    """There is no such signal."""

    code = "unknown_signal"


class BadPayload(Invalid):
    """The payload is not of the form that this signal takes."""

    code = "bad_payload"


class TooManySignals(TooMany):
    """Too many signals; please slow down."""

    code = "too_many_signals"
