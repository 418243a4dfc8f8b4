"""The order of the slices, proved by import-linter, and modules that can each be imported first."""

import subprocess
import sys
from graphlib import CycleError
from pathlib import Path

import pytest

from tests.architecture.import_graph import order
from tests.architecture.sources import ROOT, python_modules


def test_import_contracts_hold() -> None:
    command = "from importlinter.cli import lint_imports_command as lint; lint(['--no-cache'])"

    result = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout + result.stderr


def test_every_module_can_be_the_first_one() -> None:
    assert len(order(dict(python_modules()))) > 5


def test_a_ring_of_modules_is_found(tmp_path: Path) -> None:
    """`ring.part` is imported by its package and asks it for a name."""
    package, part = tmp_path / "__init__.py", tmp_path / "part.py"
    package.write_text("from ring.part import PART\n\nNAME = 1\n")
    part.write_text("from ring import NAME\n\nPART = NAME\n")

    with pytest.raises(CycleError):
        order({"ring": package, "ring.part": part})


def test_no_import_warns() -> None:
    names = [name for name, _file in python_modules()]
    program = f"import importlib; [importlib.import_module(name) for name in {names}]"

    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert result.returncode == 0, result.stderr
