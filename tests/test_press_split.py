"""The split of the annotated press releases follows its rule and leaves enough to score in both halves."""

from collections import Counter

from tests.press_split import HALVES, KNOWN, group, half, stored, table


def test_the_split_that_is_written_down_is_the_one_the_rule_makes():
    assert stored() == table()


def test_no_issuer_lies_in_both_halves():
    assert len({(name, where) for _, name, where in stored()}) == len({name for _, name, _ in stored()})


def test_issuers_of_the_development_gold_are_not_in_the_untouched_half():
    assert {half(name) for name in KNOWN} == {"development"}
    assert group("ccc-schweiz-2014-11-08") == "ccc"


def test_both_halves_are_large_enough_to_score():
    sizes = Counter(where for _, _, where in stored())
    assert sizes.keys() == set(HALVES)
    assert min(sizes.values()) >= 15
