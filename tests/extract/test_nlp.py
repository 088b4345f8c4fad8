"""The model's contract and what is read with it."""

from __future__ import annotations

import pytest
import spacy

from pipeline.core.errors import ModelError
from pipeline.extract import nlp
from tests.builders import release, zone
from tests.extract.stand_in import pipeline


def test_a_missing_model_says_what_to_run():
    with pytest.raises(ModelError, match=r"de_nirgends.*pip install --require-hashes"):
        nlp.load("de_nirgends", "0.1.0")


def test_another_version_is_refused(tmp_path):
    pipeline(version="0.2.0").to_disk(tmp_path / "model")
    with pytest.raises(ModelError, match=r"version 0\.2\.0, params\.yaml names 0\.1\.0"):
        nlp.load(str(tmp_path / "model"), "0.1.0")


def test_a_pipeline_without_names_and_sentences_is_refused(tmp_path):
    plain = spacy.blank("de")
    plain.meta["version"] = "0.1.0"
    plain.to_disk(tmp_path / "model")
    with pytest.raises(ModelError, match="no names of type LOC, ORG, PER, no sentence boundaries"):
        nlp.load(str(tmp_path / "model"), "0.1.0")


def test_a_foreign_pipeline_is_refused(tmp_path):
    pipeline(language="en").to_disk(tmp_path / "model")
    with pytest.raises(ModelError, match="German"):
        nlp.load(str(tmp_path / "model"), "0.1.0")


def test_a_fit_pipeline_is_taken(tmp_path):
    pipeline().to_disk(tmp_path / "model")
    assert isinstance(nlp.load(str(tmp_path / "model"), "0.1.0"), nlp.Reader)


def sentences(text: str, *zones) -> list[str]:
    page = nlp.Reader(pipeline()).read(release(text=text), zones)
    return [text[start:end] for start, end in page.sentences]


def test_headlines_are_sentences_of_their_own():
    text = "Bad öffnet\n\nFalkenrode, 3. Mai 2021\n\nDas Bad öffnet. Es ist neu."
    assert sentences(text) == ["Bad öffnet", "Falkenrode, 3. Mai 2021", "Das Bad öffnet.", "Es ist neu."]


def test_abbreviations_and_ordinals_end_no_sentence():
    text = "Dr. Anne Beispiel kommt am 3. Mai. Sie bleibt bis zum 5. Juni."
    assert sentences(text) == ["Dr. Anne Beispiel kommt am 3. Mai.", "Sie bleibt bis zum 5. Juni."]


def test_no_sentence_crosses_a_zone():
    assert sentences("Bad öffnet am Montag", zone("headline", 0, 10)) == ["Bad öffnet", "am Montag"]
