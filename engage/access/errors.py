from engage.kit.errors import EngageError, Forbidden, NotFound, TooMany


class NotYours(NotFound):
    """There is no such thing, or it is not yours to see."""


class NotAllowed(Forbidden):
    """Your role does not allow this."""

    code = "not_allowed"


class NotSignedIn(EngageError):
    """Please sign in."""

    status = 401
    code = "not_signed_in"


class WrongCredentials(EngageError):
    """This e-mail address and password do not belong together."""

    status = 401
    code = "wrong_credentials"


class TooManyAttempts(TooMany):
    """Too many attempts; please wait a minute and try again."""

    code = "too_many_attempts"


class NotFromOurPage(Forbidden):
    """This request does not come from our own page."""

    code = "cross_site"


class BadKey(EngageError):
    """This API key does not exist, has expired or was revoked."""

    status = 401
    code = "bad_key"


class ScopeMissing(Forbidden):
    """This API key does not have the scope that this takes."""

    code = "scope_missing"
