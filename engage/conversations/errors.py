from engage.kit.errors import Conflict, Invalid, NotFound, TooLarge


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


class UnknownVariable(Invalid):
    """There is no such variable."""

    code = "unknown_variable"


class UnknownMention(Invalid):
    """Somebody who is named here may not see this conversation."""

    code = "unknown_mention"


class NewerEntries(Conflict):
    """Somebody wrote in the meantime. Read it, then send again."""

    code = "newer_entries"


class NoSuchConversation(NotFound):
    """There is no such conversation, or it is not yours to see."""
