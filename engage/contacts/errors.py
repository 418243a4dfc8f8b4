from engage.kit.errors import Conflict, Invalid, NotFound


class NoSuchContact(NotFound):
    """There is no such contact, or it is not yours to see."""

    code = "no_such_contact"


class UnfitValue(Invalid):
    """This value does not fit its field."""

    code = "unfit_value"


class CannotMerge(Conflict):
    """These two contacts cannot be merged: one of them has been merged already."""

    code = "cannot_merge"


class CannotUndo(Conflict):
    """This merge cannot be undone any more."""

    code = "cannot_undo"
