"""Every setting is documented where an operator looks for it, as it is."""

import json
from pathlib import Path

from engage.settings import Settings
from tests.architecture.sources import ROOT


def test_every_setting_stands_in_the_documentation_as_it_is() -> None:
    documented = (ROOT / "docs/settings.md").read_text().splitlines()

    absent = [row for row in rows() if row not in documented]

    assert not absent, "docs/settings.md lacks:\n" + "\n".join(absent)


def test_no_setting_is_documented_that_does_not_exist() -> None:
    documented = (ROOT / "docs/settings.md").read_text().splitlines()

    invented = [line for line in documented if line.startswith("| `ENGAGE_") and line not in rows()]

    assert not invented


def rows() -> list[str]:
    return [
        f"| `ENGAGE_{name.upper()}` | {shown(field.default)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]


def shown(default: object) -> str:
    if default is None or default == "":
        return ""
    if isinstance(default, Path) and default.is_absolute():
        return f"`{default.relative_to(ROOT)}`"
    if isinstance(default, bool | tuple):
        return f"`{json.dumps(default)}`"
    return f"`{default}`"
