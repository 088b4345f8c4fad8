"""Releases that say the same are found, and the latest is the one to read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.records import Zone
from pipeline.ingest import duplicates
from tests import builders
from tests.ingest import made

_OTHER = "Der Landkreis sucht Helferinnen und Helfer für das Sommerfest an der Talsperre. Wer will, meldet sich."


def _release(day: int, text: str, **values):
    values = {"published": f"2021-05-{day:02d}", "source_path": f"{day}.txt", **values}
    return builders.release(f"{day:012d}", text, **values)


def _found(*releases, zones=()):
    return [(d.release_id[-1], d.other_id[-1], d.kind) for d in duplicates.find(releases, zones, 0.6)]


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


@given(st.text(alphabet="abc ", max_size=60), st.text(alphabet="abc ", max_size=60))
def test_similarity_is_symmetric_and_one_for_the_same(a, b):
    one, two = duplicates.shingles(a), duplicates.shingles(b)
    assert duplicates.similarity(one, one) == 1
    assert duplicates.similarity(one, two) == duplicates.similarity(two, one)
    assert 0 <= duplicates.similarity(one, two) <= 1
