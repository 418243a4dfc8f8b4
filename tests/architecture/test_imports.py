"""The order of the slices, proved by import-linter, and modules that can each be imported first."""

import subprocess
import sys

import pytest

from tests.architecture.sources import ROOT, python_modules


def test_import_contracts_hold() -> None:
    command = "from importlinter.cli import lint_imports_command as lint; lint(['--no-cache'])"

    result = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.timeout(300)  # a second for ten modules, and more on a busy machine
def test_every_module_imports_alone_and_without_a_warning() -> None:
    modules = list(python_modules())

    command = [sys.executable, "-m", "tests.architecture.import_alone", *modules]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stderr
    assert len(modules) > 5
