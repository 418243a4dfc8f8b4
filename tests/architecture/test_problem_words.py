"""Whatever the server refuses is said in German too: every code of an error stands in the German catalogues."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import engage
from engage.kit.errors import EngageError
from tests.architecture.sources import ROOT

CONSOLE = "agent_console/src/texts/de_problems.ts"
WIDGET = "widgets/chat/src/texts/de.ts"
#: where what visitors do is decided
VISITORS = (
    "engage.channels.webchat",
    "engage.conversations",
    "engage.contacts",
    "engage.selfcare",
    "engage.kit.errors",
)
#: these guard what agents, admins and other programs do
NOT_VISITORS = {
    "bad_public_key", "identity_refused", "bad_cursor", "newer_entries", "unknown_mention", "unknown_variable",
    "shortcut_taken", "unknown_queue", "label_taken", "not_set_up",
    "cannot_merge", "cannot_undo", "no_such_contact", "unfit_value",
    "not_in_the_trash", "unknown_article", "category_in_use", "edited_meanwhile", "no_such_category", "slug_in_use",
}  # fmt: skip


def test_console_says_every_refusal_in_german() -> None:
    assert {error.code for error in errors()} - spoken_in(CONSOLE) == set()


def test_widget_says_every_refusal_of_visitors_in_german() -> None:
    met = {error.code for error in errors() if error.__module__.startswith(VISITORS)}

    assert met - NOT_VISITORS - spoken_in(WIDGET) == set()


def test_every_refusal_is_a_sentence() -> None:
    unsaid = [error.__name__ for error in errors() if not (error.__doc__ or "").strip().endswith((".", "?"))]

    assert unsaid == []


def errors() -> Iterator[type[EngageError]]:
    for module in pkgutil.walk_packages(engage.__path__, "engage."):
        if ".migrations" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    yield from _kinds_of(EngageError)


def _kinds_of(error: type[EngageError]) -> Iterator[type[EngageError]]:
    if error.__module__.startswith("engage."):
        yield error
    for kind in error.__subclasses__():
        yield from _kinds_of(kind)


def spoken_in(file: str) -> set[str]:
    return set(re.findall(r"^\s+([a-z_]+):", (ROOT / file).read_text(), re.MULTILINE))
