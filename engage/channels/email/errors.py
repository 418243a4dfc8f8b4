from engage.kit.errors import Conflict


class AlreadyLeft(Conflict):
    """This mail has left already and cannot be taken back."""

    code = "already_left"
