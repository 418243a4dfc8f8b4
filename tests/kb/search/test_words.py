import pytest

from kb.search import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pay my BILL!", ["pay", "my", "bill"]),
        ("It isn't on", ["it", "isnt", "on"]),
        ("Wi-Fi", ["wi", "fi"]),
        ("café cafe\u0301", ["cafe", "cafe"]),
        ("ﬁbre ＢＩＬＬ", ["fibre", "bill"]),
        ("4G/5G", ["4g", "5g"]),
        ("a_b", ["a", "b"]),
        ('" * ( ) 😀 \0', []),
    ],
)
def test_words_are_found_whatever_surrounds_them(text: str, expected: list[str]) -> None:
    assert words.split(text) == expected


def test_compound_is_also_one_word_for_the_index() -> None:
    assert words.split_for_index("Wi-Fi check") == ["wi", "fi", "wifi", "check"]


def test_endless_word_is_cut() -> None:
    assert words.split("x" * 10_000) == ["x" * words.LONGEST_WORD]
