from engage.kit.errors import Invalid, NotFound, TooLarge


class NothingToSay(Invalid):
    """Write something or add a file."""

    code = "empty_message"


class UnknownAttachment(Invalid):
    """One of the files is not there any more; please add it again."""

    code = "unknown_attachment"


class FileTooLarge(TooLarge):
    """This file is too large."""

    code = "file_too_large"


class FileTypeRefused(Invalid):
    """Files of this type are not accepted."""

    code = "file_type_refused"


class NoSuchConversation(NotFound):
    """There is no such conversation, or it is not yours to see."""
