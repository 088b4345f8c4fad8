"""One spelling per issuer."""

from pipeline.ingest.spelling import one_spelling
from tests import builders as b


def issuers(*names):
    return [r.issuer for r in one_spelling([b.release(f"{i:012}", issuer=name) for i, name in enumerate(names)])]


def test_the_most_frequent_spelling_wins():
    assert (
        issuers("Verein Uferland", "Verein Uferland e. V.", "Verein Uferland e. V.")
        == ["Verein Uferland e. V."] * 3
    )


def test_capitals_lose_a_tie_and_the_fuller_form_wins_it():
    assert issuers("UFERLAND E. V.", "Uferland e. V.") == ["Uferland e. V."] * 2
    assert issuers("Uferland", "Uferland e. V.") == ["Uferland e. V."] * 2


def test_other_issuers_and_unknown_ones_stay_as_they_are():
    assert issuers("Stadt Uferland", "Landkreis Uferland", None) == ["Stadt Uferland", "Landkreis Uferland", None]
