"""Releases that say the same are found, and the latest is the one to read."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.records import Zone
from pipeline.ingest import corrections, duplicates, minhash, packed
from pipeline.ingest.alike import Alike
from pipeline.ingest.packed import Outcome
from tests import builders
from tests.ingest import made

_OTHER = "Der Landkreis sucht Helferinnen und Helfer für das Sommerfest an der Talsperre. Wer will, meldet sich."


def _release(day: int, text: str, **values):
    values = {"published": f"2021-05-{day:02d}", "source_path": f"{day}.txt", **values}
    return builders.release(f"{day:012d}", text, **values)


def _pairs(*releases, zones=()):
    of = [tuple(zone for zone in zones if zone.release_id == release.release_id) for release in releases]
    rows = [
        packed.traits(packed.pack(Outcome(release, aside))) for release, aside in zip(releases, of, strict=True)
    ]
    traits = np.frombuffer(b"".join(rows), packed.TRAITS).copy()
    traits["issuer"] = [packed.key(release.issuer or "?") for release in releases]
    texts = [packed.message(release, aside) for release, aside in zip(releases, of, strict=True)]
    return duplicates.find(traits, np.arange(len(releases)), Alike(texts.__getitem__), 0.6)


def _found(*releases, zones=()):
    """(later, earlier, kind) by the last digit of the ids."""
    ids = [release.release_id[-1] for release in releases]
    return sorted((ids[pair.later], ids[pair.earlier], pair.kind) for pair in _pairs(*releases, zones=zones))


def test_the_same_text_in_two_files_is_identical_and_the_later_is_read():
    assert _found(_release(2, made.PROSE), _release(1, made.PROSE.upper())) == [("2", "1", "identical")]


def test_small_edits_are_near():
    edited = made.PROSE.replace("Turnhalle", "Sporthalle")
    assert _found(_release(1, made.PROSE), _release(2, edited), _release(3, _OTHER)) == [("2", "1", "near")]


def test_letterhead_and_contact_make_no_release_alike():
    office = "Stadt Falkenrode, Pressestelle, Marktplatz 1, Telefon 03699 12345, und noch viele Worte mehr " * 3
    one, two = (
        _release(n, f"{office}\n\n{body}") for n, body in ((1, made.PROSE), (2, _OTHER + " " + made.PROSE[:40]))
    )
    zones = [Zone(release.release_id, 0, len(office.strip()), "letterhead") for release in (one, two)]
    assert _found(one, two, zones=zones) == []


def test_a_correction_replaces_what_it_corrects():
    corrected = "Korrektur: Dach wird teurer\n\n" + made.PROSE.replace("Herbst", "Winter").replace("Dach", "Tor")
    assert _found(_release(1, made.PROSE), _release(2, corrected)) == [("2", "1", "correction")]


def test_the_same_number_of_the_same_issuer_is_a_correction():
    newer = made.PROSE.replace("Herbst", "Winter")
    assert _found(_release(1, made.PROSE, number="3/2021"), _release(2, newer, number="3/2021")) == [
        ("2", "1", "correction")
    ]
    assert _found(_release(1, made.PROSE, number="3/2021"), _release(2, _OTHER, number="3/2021")) == []


def test_the_order_of_files_changes_nothing():
    releases = [_release(1, made.PROSE), _release(2, made.PROSE + " Und mehr."), _release(3, made.PROSE)]
    assert _found(*releases) == _found(*reversed(releases)) != []


_FIRST = made.PROSE + " Die Arbeiten beginnen am Montag, und die Halle bleibt bis Oktober geschlossen."
_SECOND = _FIRST.replace("Montag", "Dienstag")
_THIRD = _SECOND.replace("Oktober", "November")


def test_of_three_versions_the_last_stands_for_both_before_it():
    found = _found(
        _release(1, _FIRST, title="Turnhalle wird erneuert"),
        _release(2, "Korrektur: Turnhalle\n\n" + _SECOND, title="Korrektur: Turnhalle"),
        _release(3, "Zweite Korrektur: Turnhalle\n\n" + _THIRD, title="Zweite Korrektur: Turnhalle"),
    )
    assert found == [("3", "1", "correction"), ("3", "2", "correction")]


def test_a_chain_over_the_same_number_has_one_last_version_too():
    found = _found(
        *(_release(day, text, number="3/2021") for day, text in ((1, _FIRST), (2, _SECOND), (3, _THIRD)))
    )
    assert found == [("3", "1", "correction"), ("3", "2", "correction")]


def test_of_one_day_the_corrected_version_is_the_later_whatever_its_file_is_called():
    first = _release(2, _FIRST, published="2021-05-01", source_path="b.txt")
    corrected = _release(1, "Korrektur\n\n" + _SECOND, published="2021-05-01", source_path="a.txt")
    assert _found(corrected, first) == [("1", "2", "correction")]


def test_a_correction_that_names_the_number_replaces_that_release_however_much_was_rewritten():
    first = _release(1, _OTHER, number="44/2021")
    second = _release(2, made.PROSE, number="45/2021")
    text = "Korrektur zur Pressemitteilung Nr. 44/2021\n\n" + made.PROSE[:60] + " Mehr folgt am Freitag."
    assert ("3", "1", "correction") in _found(first, second, _release(3, text, number="46/2021"))


def test_a_number_that_begins_anew_each_year_makes_no_correction():
    old = _release(1, made.PROSE, number="3", published="2019-01-10")
    new = _release(2, made.PROSE.replace("Herbst", "Winter"), number="3", published="2021-01-10")
    assert "correction" not in {pair.kind for pair in _pairs(old, new)}


@pytest.mark.parametrize(
    ("title", "version"),
    [
        ("Korrektur: Stadtfest", 1),
        ("Berichtigung: Stadtfest", 1),
        ("Aktualisierte Fassung: Stadtfest", 1),
        ("Zweite Korrektur: Stadtfest", 2),
        ("Erneute Berichtigung: Stadtfest", 2),
        ("Stadt korrigiert Haushalt", 0),
        ("Neue Version der App", 0),
    ],
)
def test_the_head_says_whether_a_release_is_a_corrected_version(title, version):
    assert corrections.version(builders.release("1" * 12, made.PROSE, title=title)) == version


def test_a_form_letter_sent_a_thousand_times_gives_a_bounded_number_of_pairs():
    one = minhash.signature(minhash.shingles(made.PROSE))
    same = np.repeat(one[None, :], 1000, axis=0)
    pairs = list(minhash.candidates(same, np.arange(1000), 0.6))
    assert len(pairs) <= 1000 * minhash.NEAREST
    assert {newer for _, newer in pairs} == set(range(1, 1000)), "each has the one before it"


def test_a_signature_tells_the_similarity_to_within_a_tenth():
    words = [f"wort{number}" for number in range(400)]
    for shared in (100, 200, 300):
        a, b = (minhash.shingles(" ".join(part)) for part in (words[:300], words[300 - shared : 600 - shared]))
        guess = minhash.estimate(minhash.signature(a)[None, :], minhash.signature(b))[0]
        assert abs(guess - minhash.similarity(a, b)) < 0.15


@given(st.text(alphabet="abc ", max_size=60), st.text(alphabet="abc ", max_size=60))
def test_similarity_is_symmetric_and_one_for_the_same(a, b):
    one, two = minhash.shingles(a), minhash.shingles(b)
    assert minhash.similarity(one, one) == 1
    assert minhash.similarity(one, two) == minhash.similarity(two, one)
    assert 0 <= minhash.similarity(one, two) <= 1
