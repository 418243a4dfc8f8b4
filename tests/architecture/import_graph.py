"""Which module needs which one while it is imported, read from the sources.

Importing `a.b.c` runs `a` and `a.b` before, so whoever imports it needs those too, unless he lies in them himself.
A graph without a ring means that every module can be the first one.
"""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path


def order(sources: dict[str, Path]) -> list[str]:
    """Modules, each after all that it needs. `sources` are files by module name; raises CycleError."""
    graph = {module: set(_needs(module, file, sources)) for module, file in sources.items()}
    return list(TopologicalSorter(graph).static_order())


def _needs(module: str, file: Path, sources: dict[str, Path]) -> Iterator[str]:
    for target in _targets(_at_import(ast.parse(file.read_text()).body), sources):
        yield target
        # A package that is being imported runs already when its own parts are.
        yield from (package for package in _packages(target) if not f"{module}.".startswith(f"{package}."))


def _at_import(body: list[ast.stmt]) -> Iterator[ast.Import | ast.ImportFrom]:
    """Not what a function imports when it is called, nor what is for types only."""
    for statement in body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            yield statement
        elif isinstance(statement, ast.If) and "TYPE_CHECKING" not in ast.unparse(statement.test):
            yield from _at_import(statement.body + statement.orelse)
        elif isinstance(statement, ast.Try | ast.With | ast.ClassDef):
            yield from _at_import(statement.body)


def _targets(statements: Iterator[ast.Import | ast.ImportFrom], sources: dict[str, Path]) -> Iterator[str]:
    """Modules of ours: `from a import b` needs `a.b` if that is one, and the name `b` in `a` if not."""
    for statement in statements:
        for name in statement.names:
            if isinstance(statement, ast.Import):
                wanted = [name.name]
            else:
                wanted = [f"{statement.module}.{name.name}", str(statement.module)]
            yield from [module for module in wanted if module in sources][:1]


def _packages(module: str) -> Iterator[str]:
    parts = module.split(".")
    return (".".join(parts[:length]) for length in range(1, len(parts)))
