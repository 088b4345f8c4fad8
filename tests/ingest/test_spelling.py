"""One spelling per issuer."""

from __future__ import annotations

from pipeline.ingest.spelling import one_spelling


def test_the_most_frequent_spelling_of_an_issuer_is_used_for_all():
    counts = {"Stadt Falkenrode": 2, "STADT FALKENRODE": 1, "Heimatverein Lohe e.V.": 1, "Heimatverein Lohe": 1}
    assert one_spelling(counts) == {
        "Stadt Falkenrode": "Stadt Falkenrode",
        "STADT FALKENRODE": "Stadt Falkenrode",
        "Heimatverein Lohe e.V.": "Heimatverein Lohe e.V.",
        "Heimatverein Lohe": "Heimatverein Lohe e.V.",
    }


def test_the_order_in_which_names_are_counted_changes_nothing():
    counts = {"STADT LOHE": 1, "Stadt Lohe": 1, "Stadt Lohe GmbH": 1}
    assert one_spelling(counts) == one_spelling(dict(reversed(counts.items())))


def test_other_names_stay_apart():
    assert one_spelling({"Stadt Lohe": 5, "Landkreis Lohe": 1})["Landkreis Lohe"] == "Landkreis Lohe"
