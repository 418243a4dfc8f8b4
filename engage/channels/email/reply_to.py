"""Where a mail asks its answers to be sent (Reply-To; RFC 5322, 3.6.2). Pure.

Asking opens nothing: whose mail it is, and into which conversation it may get, is told by its sender alone.
"""

from collections.abc import Collection

from engage.channels.email import auto_mail
from engage.channels.email.addresses import without_plus
from engage.channels.email.parsed import ParsedMail, Person


def wanted(mail: ParsedMail, own_addresses: Collection[str]) -> Person | None:
    """The first one whom an answer may go to; None if that is the sender.

    An answer to ourselves would come back for ever, one to a robot is read by nobody, one to a list by everybody.
    """
    sender = mail.sender.address if mail.sender else ""
    barred = {sender, "", *_of_list(mail)}
    people = (each for each in mail.reply_to if each.address not in barred and not auto_mail.is_robot(each.address))
    found = next((each for each in people if without_plus(each.address) not in own_addresses), None)
    return found if sender and sender not in {each.address for each in mail.reply_to} else None


def _of_list(mail: ParsedMail) -> set[str]:
    """Of a mail that a list has sent on: those who got it, and where it is written to (RFC 2369)."""
    if not any(name.startswith("list-") for name, _ in mail.headers):
        return set()
    posts = {each.partition("mailto:")[2].partition(">")[0].partition("?")[0].lower() for each in mail.all("list-post")}
    return posts | {each.address for each in (*mail.to, *mail.cc)}
