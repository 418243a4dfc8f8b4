"""The words of the server's own pages and mails: every language says everything, with the same things filled in."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from string import Formatter
from typing import Any

import pytest

import engage


def catalogues() -> dict[str, Mapping[str, Any]]:
    """What every module called `words` says, by language."""
    names = [each.name for each in pkgutil.walk_packages(engage.__path__, "engage.") if each.name.endswith(".words")]
    return {
        f"{name}.{key}": value
        for name in names
        for key, value in vars(importlib.import_module(name)).items()
        if isinstance(value, Mapping) and "en" in value
    }


def texts(words: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every sentence in it with its place, however deep."""
    if isinstance(words, str):
        yield path, words
    elif isinstance(words, Mapping):
        for key, value in words.items():
            yield from texts(value, f"{path}.{key}")
    elif isinstance(words, tuple):
        for at, value in enumerate(words):
            yield from texts(value, f"{path}.{at}")
    elif is_dataclass(words):
        for field in fields(words):
            yield from texts(getattr(words, field.name), f"{path}.{field.name}")


def filled_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_there_are_catalogues() -> None:
    assert {
        "engage.selfcare.words.WORDS",
        "engage.channels.webchat.words.WORDS",
        "engage.channels.callback.words.LETTERS",
    } <= set(catalogues())


@pytest.mark.parametrize("name", catalogues())
def test_every_language_says_everything(name: str) -> None:
    words = catalogues()[name]
    english = dict(texts(words["en"]))

    assert set(words) == {"en", "de"}
    for language, others in words.items():
        assert set(english) <= {key for key, _ in texts(others)}, f"{name}: {language}"
        for key, text in texts(others):
            assert text.strip(), f"{name}: {key} is empty in {language}"
            assert filled_in(text) == filled_in(english.get(key, text)), f"{name}: {key} in {language}"
