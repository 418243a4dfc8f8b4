from engage.kit.errors import Forbidden, NotFound


class UnknownSite(NotFound):
    """There is no site with this key."""

    code = "unknown_site"


class OriginNotAllowed(Forbidden):
    """This website is not on the list of those that may embed the widget."""

    code = "origin_not_allowed"
