from engage.kit.errors import Conflict, EngageError, Forbidden, Invalid, NotFound


class SecondFactorNeeded(EngageError):
    """Enter the code of your authenticator app."""

    status = 401
    code = "second_factor_needed"


class SecondFactorToSetUp(Forbidden):
    """A site you work for asks for a second factor. Set it up to go on."""

    code = "second_factor_to_set_up"


class WrongCode(EngageError):
    """This code is not right, or it was used already."""

    status = 401
    code = "wrong_code"


class StepOver(EngageError):
    """That took too long. Please sign in again."""

    status = 401
    code = "step_over"


class WrongPassword(Forbidden):
    """This is not your password."""

    code = "wrong_password"


class ShortPassword(Invalid):
    """Use at least 10 characters."""

    code = "short_password"


class CommonPassword(Invalid):
    """This is one of the passwords that are tried first. Choose another one."""

    code = "common_password"


class OwnPassword(Invalid):
    """Do not use your name or your e-mail address as the password."""

    code = "own_password"


class LinkGone(NotFound):
    """This link was used already, or its time is over."""

    code = "link_gone"


class NoSiteLeft(Forbidden):
    """You do not work for any site here at the moment. Ask an admin."""

    code = "no_site_left"


class AlreadySetUp(Conflict):
    """You have a second factor already."""

    code = "already_set_up"


class NotSetUp(Conflict):
    """There is no second factor to remove."""

    code = "not_set_up"


class ProviderFailed(EngageError):
    """The sign-in provider did not answer as it should."""

    status = 502
    code = "provider_failed"


class NobodyKnown(Forbidden):
    """Nobody here has the e-mail address that you signed in with."""

    code = "nobody_known"


class UnknownPresenceReason(Invalid):
    """This reason is not on the list, or belongs to another presence."""

    code = "unknown_reason"
