from engage.kit.errors import Conflict, Forbidden, Invalid, NotFound


class UnknownSite(NotFound):
    """There is no site with this key."""

    code = "unknown_site"


class OriginNotAllowed(Forbidden):
    """This website is not on the list of those that may embed the widget."""

    code = "origin_not_allowed"


class NoOrigin(Invalid):
    """A website's address looks like https://www.carrier.example."""

    code = "no_origin"


class KeyTaken(Conflict):
    """There is a site with this key already; choose another one."""

    code = "key_taken"
    constraint = "uq_sites_key"


class QueueNeeded(Conflict):
    """This queue cannot go: it is the site's last one, or its work has nowhere to go."""

    code = "queue_needed"
