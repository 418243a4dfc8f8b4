"""Imports each named module in a child of its own; the exit code is the number of those that failed.

The libraries are imported once, before the forks: a module costs milliseconds and is still the first of ours.
"""

import gc
import importlib
import os
import sys
import traceback
import warnings

LIBRARIES = (
    "aiohttp.web",
    "aiosmtplib",
    "alembic",
    "argon2",
    "email_validator",
    "jinja2",
    "markdown_it",
    "PIL.Image",
    "prometheus_client",
    "pydantic_settings",
    "redis.asyncio",
    "rich.console",
    "socketio",
    "sqlalchemy.dialects.postgresql",
    "sqlalchemy.ext.asyncio",
    "sqlalchemy.orm",
    "structlog",
    "typer",
    "uvloop",
    "yaml",
)


def main(modules: list[str]) -> int:
    for library in LIBRARIES:
        importlib.import_module(library)
    gc.disable()  # nothing lives long enough to be collected, and each collection copies the parent's pages
    return sum(_fails_alone(module) for module in modules)


def _fails_alone(module: str) -> bool:
    child = os.fork()
    if child == 0:
        os._exit(_import(module))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


def _import(module: str) -> int:
    warnings.simplefilter("error")
    try:
        importlib.import_module(module)
    except BaseException:  # noqa: BLE001  # a child of a fork must end here, whatever happened
        sys.stderr.write(f"\nimport {module}\n{traceback.format_exc()}")
        sys.stderr.flush()
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
