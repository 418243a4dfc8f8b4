"""House rules that a tool can see."""

import ast
import re

from tests.architecture.sources import ROOT, files, short

EVERYTHING = ("engage", "kb", "tests", "widgets", "agent_console")
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "base", "lib", "core"}
INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=[\"']|<script(?![^>]*\ssrc=)(?![^>]*type=[\"']application/)", re.IGNORECASE
)
LONGEST = 400


def test_no_file_is_longer_than_one_can_read() -> None:
    # A catalogue of texts is one file for each language, however much the product says.
    sources = [file for file in files(".py", ".ts", ".tsx", ".css", under=EVERYTHING) if file.parent.name != "texts"]

    long = {short(file): lines for file in sources if (lines := len(file.read_text().splitlines())) > LONGEST}

    assert not long


def test_every_name_of_a_module_says_what_is_inside() -> None:
    sources = files(".py", ".ts", ".tsx", under=EVERYTHING)

    vague = [short(file) for file in sources if {file.stem, file.parent.name} & SAYS_NOTHING]

    assert not vague


def test_only_settings_reads_the_environment() -> None:
    readers = [short(file) for file in files(".py") if re.search(r"\bos\.(environ|getenv)\b", file.read_text())]

    assert set(readers) <= {"engage/settings.py"}


def test_every_package_has_a_front_page() -> None:
    packages = [file for file in files(".py") if file.name == "__init__.py"]

    untold = [short(file) for file in packages if not ast.get_docstring(ast.parse(file.read_text()))]

    assert not untold


def test_pages_hold_no_inline_script_or_style() -> None:
    # Mail programs know no style sheets: only mails carry their styles inline.
    pages = [file for file in files(".html", ".j2", ".jinja") if "email" not in file.parts and "mail" not in file.stem]

    inline = [f"{short(file)}: {found[0]}" for file in pages if (found := INLINE.search(file.read_text()))]

    assert not inline


def test_readme_shows_both_commands() -> None:
    readme = (ROOT / "README.md").read_text()

    assert "make run" in readme
    assert "make test" in readme
