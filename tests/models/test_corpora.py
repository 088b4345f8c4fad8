"""Labels and the wall between training and test."""

from training.corpora import TestText as Wall
from training.corpora import normal
from training.labels import NER, map_tags, spans


def test_unmarked_words_may_be_misc_where_misc_is_not_marked() -> None:
    """SmartData says nothing on MISC, so its O is open; GermEval's O is O."""
    assert map_tags("smartdata", ["Der", "Preis"], ["O", "O"]) == ["?", "?"]
    assert map_tags("germeval", ["Der", "Preis"], ["O", "O"]) == ["O", "O"]


def test_adjectives_are_no_places() -> None:
    """SmartData's LOCATION on italienische is taken out; its LOCATION on Jena stays."""
    words = ["italienische", "Jena"]
    assert map_tags("smartdata", words, ["B-LOCATION", "B-LOCATION"]) == ["O", "B-LOC"]


def test_derivations_and_parts_are_no_names() -> None:
    """GermEval's LOCderiv and ORGpart become O."""
    assert map_tags("germeval", ["deutsche", "EU-Kommission"], ["B-LOCderiv", "B-ORGpart"]) == ["O", "O"]


def test_spans_follow_bio() -> None:
    """Names side by side stay apart, and a stray I- opens one."""
    found = spans(["B-PER", "I-PER", "B-PER", "I-LOC", "O"])
    assert found == [(0, 2, "PER"), (2, 3, "PER"), (3, 4, "LOC")]
    assert len(NER) == 9


def test_test_sentences_are_kept_out() -> None:
    """A test sentence is found again whatever its spaces, case and marks, and by eight words in a row."""
    wall = Wall([["Der", "Rat", "der", "Stadt", "Jena", "tagt", "heute", "im", "Saal", "."]])
    assert wall.holds(["der", "Rat", "der", "Stadt", "Jena", "tagt", "heute", "im", "Saal"])
    assert wall.holds(
        ["Gestern", "hieß", "es", ":", "Der", "Rat", "der", "Stadt", "Jena", "tagt", "heute", "im", "Rathaus"]
    )
    assert not wall.holds(["Der", "Rat", "tagt", "."])
    assert normal("E. V.") == "ev"
