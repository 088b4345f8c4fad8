"""The spaCy component: what `find` finds stands in doc.spans, and stays there when a doc is stored."""

from __future__ import annotations

import doctest

import pytest
import spacy
from spacy.tokens import Doc

from pipeline.extract.components.dates import component, find


def spans(doc):
    return [(s.text, s.label_, s.kb_id_ or None, s.id_) for s in doc.spans["dates"]]


TEXT = "Am 3. Juni 2022 um 18 Uhr beginnt das Fest, seit Jahren am selben Tag."


@pytest.fixture(scope="module")
def nlp():
    pipeline = spacy.blank("de")
    pipeline.add_pipe("german_dates", config={"published": "2022-05-16"})
    return pipeline


def test_the_component_finds_what_the_finder_finds(nlp):
    found = find(TEXT, "2022-05-16")
    assert spans(nlp(TEXT)) == [(TEXT[d.start : d.end], d.type, d.value, d.rule) for d in found]
    assert len(found) == 3


def test_a_docs_own_publication_date_goes_before_the_components(nlp):
    doc = nlp.make_doc("Heute wird gefeiert.")
    doc.user_data["published"] = "2019-09-03"
    assert [value for _, _, value, _ in spans(nlp(doc))] == ["2019-09-03"]
    assert [value for _, _, value, _ in spans(nlp("Heute wird gefeiert."))] == ["2022-05-16"]


def test_the_results_are_stored_with_the_doc(nlp):
    doc = nlp(TEXT)
    assert spans(Doc(nlp.vocab).from_bytes(doc.to_bytes())) == spans(doc)


def test_without_any_publication_date_the_message_says_what_to_set():
    bare = spacy.blank("de")
    bare.add_pipe("german_dates")
    with pytest.raises(ValueError, match="no publication date"):
        bare("Heute wird gefeiert.")


def test_a_pipeline_with_the_component_can_be_stored_and_loaded(nlp, tmp_path):
    nlp.to_disk(tmp_path)
    assert spans(spacy.load(tmp_path)(TEXT)) == spans(nlp(TEXT))


def test_the_example_in_the_docstring_runs():
    result = doctest.testmod(component)
    assert (result.attempted, result.failed) == (5, 0)
