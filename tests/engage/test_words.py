"""The words of the server's own pages and mails: every language says everything, with the same things filled in."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import fields
from string import Formatter
from typing import Any

import pytest

import engage


def catalogues() -> dict[str, Mapping[str, Any]]:
    """`WORDS` of every module called `words` that has one; letters and pages have forms of their own."""
    names = [each.name for each in pkgutil.walk_packages(engage.__path__, "engage.") if each.name.endswith(".words")]
    modules = {name: importlib.import_module(name) for name in names}
    return {name: module.WORDS for name, module in modules.items() if hasattr(module, "WORDS")}


def texts(words: Any) -> Iterator[tuple[str, str]]:
    for field in fields(words):
        value = getattr(words, field.name)
        if isinstance(value, str):
            yield field.name, value


def filled_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_there_are_catalogues() -> None:
    assert {"engage.selfcare.words", "engage.channels.webchat.words"} <= set(catalogues())


@pytest.mark.parametrize("name", catalogues())
def test_every_language_says_everything(name: str) -> None:
    words = catalogues()[name]
    english = dict(texts(words["en"]))

    assert set(words) == {"en", "de"}
    for language, others in words.items():
        for key, text in texts(others):
            assert text.strip(), f"{name}: {key} is empty in {language}"
            assert filled_in(text) == filled_in(english[key]), f"{name}: {key} in {language}"
