"""What the server says of mail servers is read in German too: each sentence that it makes stands in the catalogue."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import ROOT

GERMAN = "agent_console/src/texts/de_mail_servers.ts"
MADE_IN = (
    "engage/channels/email/imap_line.py",
    "engage/channels/email/imap_reader.py",
    "engage/channels/email/mailbox_check.py",
    "engage/channels/email/mailbox_state.py",
    "engage/channels/email/oauth.py",
    "engage/channels/email/sending.py",
    "engage/channels/email/smtp.py",
    "engage/kit/outgoing.py",
)
SENTENCE = re.compile(r"[A-Z7].* [a-z]+.*(\.|7)")
#: about addresses of webhooks and the like, which no mail server has
ELSEWHERE = (
    "This is not an address.",
    "The address must begin with https:// and name a host.",
    "An address must hold no user name and no password.",
)


def test_console_says_in_german_what_the_server_says_of_mail_servers() -> None:
    known = [re.compile(each.replace("\\/", "/")) for each in re.findall(r"/(\^.*\$)/,", (ROOT / GERMAN).read_text())]
    made = {each for file in MADE_IN for each in sentences(ast.parse((ROOT / file).read_text()))}

    assert len(made) > 15
    assert sorted(each for each in made if not any(one.match(each) for one in known)) == []


def sentences(tree: ast.Module) -> Iterator[str]:
    """What is raised, returned or kept under a name; a 7 stands for each thing told in it."""
    for node in ast.walk(tree):
        match node:
            case ast.Raise(exc=ast.Call(args=[text, *_])):
                said = _plain(text)
            case ast.Return(value=ast.Call(args=[text, *_])) | ast.Return(value=ast.expr() as text):
                said = _plain(text)
            case ast.Assign(value=text):
                said = _plain(text)
            case _:
                continue
        if SENTENCE.fullmatch(said) and said not in ELSEWHERE:
            yield said


def _plain(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_plain(part) for part in parts)
        case ast.FormattedValue():
            return "7"
        case _:
            return ""
