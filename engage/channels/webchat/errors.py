from engage.kit.errors import Conflict, Invalid


class AddressMissing(Invalid):
    """Leave your e-mail address, so that we can answer you there."""

    code = "address_missing"


class NoMailHere(Conflict):
    """We answer nobody by e-mail at the moment."""

    code = "no_mail"
