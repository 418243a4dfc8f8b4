from kb.search import query
from kb.search.speller import Correction
from kb.search.terms import KnownWord


def test_last_word_is_unfinished_until_something_follows_it() -> None:
    assert query.parse("my bi").unfinished == "bi"
    assert query.parse("my bi ").unfinished is None
    assert query.parse("my b").unfinished is None
    assert query.parse("").unfinished is None


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    asked = query.parse(" ".join(f"word{number}" for number in range(5000)))

    assert len(asked.words) <= query.MOST_WORDS


def test_likelier_completion_weighs_more() -> None:
    asked = query.parse("bi")
    completions = [KnownWord("bill", "bill", 20), KnownWord("bigger", "bigger", 5)]

    (group,) = query.groups(asked, set(), completions, {})

    assert group.stems["bill"] > group.stems["bigger"] > 0


def test_two_words_known_as_one_count_once() -> None:
    asked = query.parse("switch voice mail off ")

    groups = query.groups(asked, {"switch", "voicemail", "voic", "mail"}, [], {})

    assert [dict(group.stems) for group in groups] == [
        {"switch": 1.0},
        {"voic": 0.5, "mail": 0.5, "voicemail": 1.0},
        {},
    ]


def test_small_words_are_no_topic() -> None:
    groups = query.groups(query.parse("how bill "), {"how", "bill"}, [], {})

    assert [group.has_topic for group in groups] == [False, True]


def test_corrected_text_shows_what_was_understood() -> None:
    asked = query.parse("my ruoter ")
    router = Correction((KnownWord("router", "router", 3),))

    assert query.corrected_text(asked, {"ruoter": [router]}) == "my router"
    assert query.corrected_text(asked, {"ruoter": []}) is None
