"""Errors that reach a person: the docstring is the sentence he reads, the code is for machines (RFC 9457)."""

from typing import Any, ClassVar


class EngageError(Exception):
    """Something went wrong on our side."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"

    def __init__(self, detail: str | None = None, **facts: Any) -> None:
        self.detail = detail or (type(self).__doc__ or "").strip()
        #: further members of the problem document, such as the state that won
        self.facts = facts
        super().__init__(self.detail)


class NotFound(EngageError):
    """There is no such thing, or it is not yours to see."""

    status = 404
    code = "not_found"


class Forbidden(EngageError):
    """You may not do this."""

    status = 403
    code = "forbidden"


class Invalid(EngageError):
    """Something in the request is not right."""

    status = 422
    code = "invalid"


class Conflict(EngageError):
    """It has changed in the meantime."""

    status = 409
    code = "conflict"
    #: the unique constraint that says the same of two who come at one moment
    constraint: ClassVar[str | None] = None


class DatabaseAway(EngageError):
    """We cannot get at our data at this moment; please try again."""

    status = 503
    code = "database_away"

    def __init__(self) -> None:
        super().__init__(retry_after=2)


class TooMany(EngageError):
    """Too many requests; please wait a moment and try again."""

    status = 429
    code = "too_many_requests"


class TooLarge(EngageError):
    """That is too large."""

    status = 413
    code = "too_large"
