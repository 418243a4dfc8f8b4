import pytest

from kb.search import ranking
from kb.search.query import Group
from kb.search.ranking import Posting


def test_article_gets_the_best_of_a_group_and_the_sum_over_groups() -> None:
    groups = [Group({"bill": 1.0, "bigger": 0.5}), Group({"pay": 1.0})]

    scores = ranking.rank(groups, [Posting("bill", 1, 2.0), Posting("bigger", 1, 3.0), Posting("pay", 1, 1.0)])

    assert scores == {1: 3.0}


def test_small_words_alone_find_nothing_when_there_is_a_topic() -> None:
    how, pancakes = Group({"how": 0.3}, has_topic=False), Group({})

    assert ranking.rank([how, pancakes], [Posting("how", 1, 2.0)]) == {}
    assert ranking.rank([how], [Posting("how", 1, 2.0)]) == {1: 0.6}


def test_words_that_stand_together_are_closer_than_scattered_ones() -> None:
    groups = [Group({"transfer": 1.0}), Group({"number": 1.0})]

    assert ranking.closeness(groups, [{"transfer", "number"}]) == pytest.approx(1.0)
    assert ranking.closeness(groups, [{"transfer"}, {"number"}]) == pytest.approx(0.5)
    assert ranking.closeness(groups, []) == 0


def test_noise_below_the_best_is_cut_and_equals_keep_an_order() -> None:
    assert ranking.top({3: 10.0, 1: 10.0, 2: 0.9}, 5) == [1, 3]
    assert ranking.top({3: 10.0, 1: 10.0}, 1) == [1]
    assert ranking.top({}, 5) == []
