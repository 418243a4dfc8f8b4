"""Every act that can stand in the audit log has a name that people read."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import ROOT, files

CATALOGUE = "agent_console/src/texts/en_audit.ts"
ACT = re.compile(r"[a-z_]+\.[a-z_]+")
KEEPERS = {"record", "_record", "note", "_note"}


def test_every_act_is_called_something() -> None:
    named = set(re.findall(r"'([a-z_]+\.[a-z_]+)':", (ROOT / CATALOGUE).read_text()))
    kept = set(_acts())

    assert len(kept) > 60
    assert kept - named == set()


def _acts() -> Iterator[str]:
    """What is written down by its name, where the audit log is kept."""
    for file in files(".py", under=("engage",)):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in KEEPERS:
                given = (each.value for each in node.args if isinstance(each, ast.Constant))
                yield from (each for each in given if isinstance(each, str) and ACT.fullmatch(each))
