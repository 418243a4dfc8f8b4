import sqlite3

import pytest

from kb import ARTICLES
from kb.content import importing
from kb.search import terms
from kb.search.stemmer import stem


@pytest.mark.parametrize("form", ["bill", "bills", "billed", "billing"])
def test_forms_of_a_word_share_a_stem(form: str) -> None:
    assert stem(form) == "bill"


@pytest.mark.parametrize("word", ["4g", "é", "ab", "esim2", "счёт", ""])
def test_what_is_not_an_english_word_stays_as_it_is(word: str) -> None:
    assert stem(word) == word


def test_stems_are_those_of_the_reference_in_sqlite() -> None:
    shelf = importing.read_folder(ARTICLES / "en")
    known = sorted({each.word for each in terms.vocabulary_of(shelf.articles)["public"] if each.word.isalpha()})

    assert {word: stem(word) for word in known} == porter_of_sqlite(known)


def porter_of_sqlite(known: list[str]) -> dict[str, str]:
    database = sqlite3.connect(":memory:")
    try:
        database.execute("CREATE VIRTUAL TABLE word USING fts5(text, tokenize = 'porter unicode61')")
        database.execute("CREATE VIRTUAL TABLE stem USING fts5vocab(word, instance)")
        database.executemany("INSERT INTO word (rowid, text) VALUES (?, ?)", enumerate(known))
        return {known[row]: found for found, row in database.execute("SELECT term, doc FROM stem")}
    finally:
        database.close()
