"""The packaged models as a user gets them; skipped where a model is not installed."""

import hashlib
import importlib.metadata
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

MODELS = Path(__file__).resolve().parents[2] / "models"
NAMES = ["de_presse_md", "de_presse_sm"]
TEXT = (
    "Weimar, 2. Oktober 2019\n\nNeue Bühne für die Region\n\n"
    "„Wir freuen uns sehr“, sagte Christian Bergmann, z. B. über das Geld vom Land. "
    "Der Kulturbund e. V. lädt am 3. Mai nach Erfurt ein. Alle Bürger:innen sind willkommen.\n"
)


@pytest.fixture(scope="module", params=NAMES)
def nlp(request: pytest.FixtureRequest) -> Language:
    """An installed model of version 0.2.0 or later."""
    try:
        version = importlib.metadata.version(request.param)
    except importlib.metadata.PackageNotFoundError:
        pytest.skip(f"{request.param} is not installed; see models/dist")
    if version == "0.1.0":
        pytest.skip(f"{request.param} 0.1.0 is the first hand-out, made of spaCy's own pipes")
    pytest.importorskip("onnxruntime", reason=f"{request.param} {version} needs onnxruntime")
    return spacy.load(request.param)


def facts(doc: spacy.tokens.Doc) -> list[tuple[object, ...]]:
    """A document becomes everything the model says about it."""
    return [(t.text, t.pos_, t.tag_, t.lemma_, t.is_sent_start, t.ent_iob_, t.ent_type_) for t in doc]


def test_contract(nlp: Language) -> None:
    """Both models have the same pipes and labels."""
    assert nlp.pipe_names == ["encoder", "senter", "tagger", "lemmatizer", "ner"]
    assert nlp.get_pipe("ner").labels == ("LOC", "MISC", "ORG", "PER")


def test_every_layer_is_there(nlp: Language) -> None:
    """A text gets sentences, tags, lemmas and names."""
    doc = nlp(TEXT)
    assert all(doc.has_annotation(layer) for layer in ("SENT_START", "POS", "TAG", "LEMMA", "ENT_IOB"))
    assert all(t.lemma_ and t.pos_ for t in doc)
    assert ("Christian Bergmann", "PER") in {(e.text, e.label_) for e in doc.ents}
    assert ("Erfurt", "LOC") in {(e.text, e.label_) for e in doc.ents}


@pytest.mark.parametrize("phrase", ["„Wir", "Neue Bühne", "Der Kulturbund", "Alle Bürger:innen"])
def test_sentences_begin(nlp: Language, phrase: str) -> None:
    """Headlines without a full stop, quotes and plain sentences begin where they should."""
    doc = nlp(TEXT)
    assert TEXT.index(phrase) in {s.start_char for s in doc.sents}


@pytest.mark.parametrize("phrase", ["B. über", "V. lädt", "Oktober 2019", "Mai nach"])
def test_abbreviations_and_ordinals_end_nothing(nlp: Language, phrase: str) -> None:
    """Z. B., e. V. and 3. Mai stay inside their sentence."""
    doc = nlp(TEXT)
    assert TEXT.index(phrase) not in {s.start_char for s in doc.sents}


def test_batches_change_nothing(nlp: Language) -> None:
    """The same text gives the same answer alone, in any batch and in any order."""
    texts = [TEXT, "", "Jena.", TEXT[:90], "\n\n", "Ein Wort"]
    alone = [facts(nlp(text)) for text in texts]
    assert alone == [facts(doc) for doc in nlp.pipe(texts, batch_size=2)]
    assert alone[::-1] == [facts(doc) for doc in nlp.pipe(texts[::-1], batch_size=50)]


def test_threads_change_nothing(nlp: Language) -> None:
    """However many threads a machine offers, scores are the same to the last bit."""
    name = f"{nlp.lang}_{nlp.meta['name']}"
    scores = f"spacy.load({name!r})({TEXT!r}).tensor.tobytes()"
    code = f"import hashlib, spacy; print(hashlib.sha256({scores}).hexdigest())"
    many = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "OMP_NUM_THREADS": "7", "OMP_WAIT_POLICY": "PASSIVE"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert many.stdout.strip() == hashlib.sha256(nlp(TEXT).tensor.tobytes()).hexdigest()


def test_round_trip(nlp: Language, tmp_path: Path) -> None:
    """A saved model, and one that went through bytes, say the same."""
    nlp.to_disk(tmp_path / "model")
    assert facts(spacy.load(tmp_path / "model")(TEXT)) == facts(nlp(TEXT))
    other = spacy.load(tmp_path / "model")
    assert facts(other.from_bytes(nlp.to_bytes())(TEXT)) == facts(nlp(TEXT))


def test_missing_encoder_is_named(nlp: Language) -> None:
    """Without the encoder the reading pipes say what is missing."""
    with pytest.raises(ValueError, match="encoder"), nlp.select_pipes(enable=["ner"]):
        nlp(TEXT)


@pytest.mark.parametrize("wheel", sorted((MODELS / "dist").glob("*.whl")), ids=lambda p: p.name)
def test_wheels_carry_no_path_of_a_machine(wheel: Path) -> None:
    """No setting inside a wheel points at a folder of whoever built it."""
    with zipfile.ZipFile(wheel) as files:
        plain = [n for n in files.namelist() if n.endswith((".cfg", "meta.json", "METADATA", ".py"))]
        texts = [files.read(n).decode() for n in plain]
    assert not any(root in text for text in texts for root in ('"/tmp', '"/home', '"/root', "file://"))


def test_lock_names_every_wheel() -> None:
    """The lock files in dist hold the hash of every wheel that lies beside them."""
    lock = "".join(path.read_text("utf-8") for path in (MODELS / "dist").glob("requirements*.txt"))
    for wheel in (MODELS / "dist").glob("*.whl"):
        assert f"{wheel.name} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}" in lock
