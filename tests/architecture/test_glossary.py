"""One word, one meaning: the names in the code follow docs/glossary.md."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import ROOT, files, short


def test_no_name_uses_a_word_that_the_glossary_replaced() -> None:
    replaced = replaced_words()

    misnamed = [
        f"{short(file)}: {name} ({replaced[word]})"
        for file in files(".py")
        for name in names_defined_in(file.read_text())
        for word in words_of(name) & replaced.keys()
    ]

    assert not misnamed
    assert len(replaced) > 5


def test_words_of_a_name_are_seen_in_any_case() -> None:
    assert words_of("ChatTenantId") == {"chat", "tenant", "id"}
    assert words_of("open_popup") == {"open", "popup"}


def replaced_words() -> dict[str, str]:
    """From the table's last column: a word in backticks is one that no name may hold."""
    rows = [line.split("|") for line in (ROOT / "docs/glossary.md").read_text().splitlines() if line.count("|") == 4]
    return {word: row[1].strip() for row in rows for word in re.findall(r"`([a-z]+)`", row[3])}


def names_defined_in(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def words_of(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}
