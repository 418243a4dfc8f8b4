"""`engage serve` that kills itself (kill -9) at a step of a mail's way, in or out: python -m … "the step"."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from engage import cli
from engage.channels.email import accept, blobs, deliver, imap_store, plain_mails, posting
from engage.channels.email.imap_line import ImapLine
from engage.channels.email.parser_pool import ParserPool
from engage.channels.email.smtp import SmtpPostman


def dies(*_about: Any) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def dies_half_written(path: Any, content: bytes) -> NoReturn:
    path.write_bytes(content[: len(content) // 2])
    dies()


async def dies_at_once(*_arguments: Any, **_named: Any) -> None:
    dies()


def dies_after(act: Callable[..., Any]) -> Callable[..., Any]:
    async def both(*arguments: Any, **named: Any) -> None:
        await act(*arguments, **named)
        dies()

    return both


STEPS: dict[str, tuple[Any, str, Any]] = {
    "in the middle of its file": (blobs, "_write", dies_half_written),
    "before its file has its name": (Path, "replace", dies),
    "before its row": (accept, "accept", dies_at_once),
    "before the commit of its row": (accept, "_store", dies_after(accept._store)),  # noqa: SLF001
    "before its acknowledgement": (accept, "accept", dies_after(accept.accept)),
    "before it is taken apart": (ParserPool, "parse", dies_at_once),
    "before the commit of its ticket": (plain_mails, "_keep", dies_after(plain_mails._keep)),  # noqa: SLF001
}

#: of reading a mailbox
READING: dict[str, tuple[Any, str, Any]] = {
    "before the commit of what was read": (imap_store, "_move", dies_after(imap_store._move)),  # noqa: SLF001
    "before it is marked as read": (ImapLine, "done", dies),
}
#: of sending
SENDING: dict[str, tuple[Any, str, Any]] = {
    "before the commit of its leaving": (deliver, "_leave", dies_after(deliver._leave)),  # noqa: SLF001
    "before it is handed over": (SmtpPostman, "_hand_over", dies_at_once),
    "after the server took it": (SmtpPostman, "_hand_over", dies_after(SmtpPostman._hand_over)),  # noqa: SLF001
    "before the commit of its receipt": (posting, "note", dies_after(posting.note)),
    "before the end of its job": (deliver, "send", dies_after(deliver.send)),
}

if __name__ == "__main__":
    where, name, act = (STEPS | READING | SENDING)[sys.argv.pop()]
    setattr(where, name, act)
    cli.serve()
