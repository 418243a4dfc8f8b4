import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search import speller
from kb.search.speller import distance
from kb.search.terms import KnownWord

VOCABULARY = [
    KnownWord(word, word, 30 - place)
    for place, word in enumerate(["bill", "router", "roaming", "broadband", "sim", "card", "accessibility", "route"])
]


def best(word: str, *, unfinished: bool = False) -> str | None:
    found = speller.corrections(word, VOCABULARY, unfinished=unfinished)
    return " ".join(each.word for each in found[0].words) if found else None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ruoter", "router"),  # swapped
        ("routr", "router"),  # missing
        ("roouter", "router"),  # too many
        ("rooter", "router"),  # wrong
        ("biil", "bill"),
        ("simcard", "sim card"),
        ("accesibillity", "accessibility"),  # two errors in a long word
    ],
)
def test_typing_errors_are_mended(typed: str, meant: str) -> None:
    assert best(typed) == meant


@pytest.mark.parametrize("typed", ["bil", "xill", "pancake", "r0uter", "raoning"])
def test_what_is_too_short_or_too_far_away_is_left_alone(typed: str) -> None:
    assert best(typed) is None


def test_unfinished_word_may_have_an_error_in_its_beginning() -> None:
    assert best("brodba", unfinished=True) == "broadband"
    assert best("brodba") is None


def test_the_commoner_of_two_equal_words_is_taken() -> None:
    assert best("routet") == "router"


words = st.text(alphabet="abc", max_size=8)


@given(words, words, st.integers(1, 3))
def test_distance_is_that_of_the_plain_recursion_up_to_the_bound(left: str, right: str, most: int) -> None:
    assert distance(left, right, most) == min(plain_distance(left, right), most + 1)


@given(words, words)
def test_distance_is_the_same_from_both_sides(left: str, right: str) -> None:
    assert distance(left, right, 2) == distance(right, left, 2)


def plain_distance(left: str, right: str) -> int:
    rows = [[i + j if i * j == 0 else 0 for j in range(len(right) + 1)] for i in range(len(left) + 1)]
    for i in range(1, len(left) + 1):
        for j in range(1, len(right) + 1):
            wrong = left[i - 1] != right[j - 1]
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + wrong)
            if i > 1 and j > 1 and left[i - 1] == right[j - 2] and left[i - 2] == right[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]
