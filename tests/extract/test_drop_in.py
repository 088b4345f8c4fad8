"""One line of params.yaml changes the language model: de_core_news_sm is a drop-in, squatted names are not.

Where the real de_core_news_sm is installed, it is tested; else a stand-in of the architecture that its makers
publish (shared tok2vec; tagger, morphologizer, parser, trainable lemmatizer, attribute ruler, ner), untrained.
"""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
from pathlib import Path

import pytest
import spacy
from spacy.training import Example

from pipeline.core.errors import ModelError
from pipeline.extract import nlp, provenance
from tests.builders import release, zone

ROOT = Path(__file__).parents[2]
PIN = ROOT / "models/drop-in/de_core_news_sm.txt"
NAME, VERSION = "de_core_news_sm", "3.8.0"
TEXT = "Bad öffnet\n\nDie Stadt Falkenrode baut ein neues Bad. Anne Beispiel freut sich."


def installed(model: str) -> bool:
    try:
        importlib.metadata.distribution(model)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def example(pipeline: spacy.Language) -> Example:
    """Made-up labels for every pipe, so that a pipeline can be given its sizes."""
    doc = pipeline.make_doc("Die Stadt Falkenrode baut mit Anne Beispiel vom Verein ein neues Bad .")
    n = len(doc)
    return Example.from_dict(
        doc,
        {
            "tags": ["NN", "ART", "VVFIN"][:1] * n,
            "pos": ["NOUN", "DET", "VERB"][:1] * n,
            "morphs": ["Case=Nom"] * n,
            "lemmas": [token.text.lower() for token in doc],
            "heads": [max(0, i - 1) for i in range(n)],
            "deps": ["ROOT", *["nk"] * (n - 1)],
            "sent_starts": [i == 0 for i in range(n)],
            "entities": (["O", "U-PER", "U-LOC", "U-ORG", "U-MISC"] * n)[:n],
        },
    )


def stand_in(folder: Path) -> str:
    """A pipeline of the published architecture, saved; its path."""
    pipeline = spacy.blank("de")
    pipeline.add_pipe("tok2vec")
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    for factory in ("tagger", "morphologizer", "parser", "trainable_lemmatizer", "ner"):
        tok2vec = {"model": {"tok2vec": listener}}
        pipeline.add_pipe(factory, config=tok2vec)
    pipeline.add_pipe("attribute_ruler", before="ner")
    pipeline.initialize(lambda: [example(pipeline)])
    pipeline.meta["version"], pipeline.meta["name"] = VERSION, "core_news_sm"
    pipeline.to_disk(folder)
    return str(folder)


@pytest.fixture(scope="module", params=[NAME, "de_presse_md", "de_presse_sm"])
def model(request, tmp_path_factory) -> tuple[str, str]:
    """(Name or path, version) of each model that params.yaml may name."""
    if request.param == NAME and not installed(NAME):
        return stand_in(tmp_path_factory.mktemp("model") / NAME), VERSION
    if not installed(request.param):
        pytest.skip(f"{request.param} is not installed; see models/dist")
    return request.param, importlib.metadata.version(request.param)


def test_every_model_keeps_the_contract(model):
    """German, names of our types, sentences, tags and lemmas; version as named."""
    assert isinstance(nlp.load(*model), nlp.Reader)


def test_every_model_reads_a_release(model):
    """A page has sentences, every word a tag and a lemma, names only of the known types."""
    page = nlp.load(*model).read(release(text=TEXT), [zone("headline", 0, 10)])
    assert page.sentences
    assert all(TEXT[start:end].strip() for start, end in page.sentences)
    assert all(word.lemma and word.pos for word in page.words)
    assert {name.label for name in page.names} <= {"PER", "LOC", "ORG", "MISC"}
    assert all(TEXT[name.start : name.end].strip() for name in page.names)


def test_the_wrong_version_of_any_model_is_refused(model):
    with pytest.raises(ModelError, match=r"params\.yaml names 0\.0\.1"):
        nlp.load(model[0], "0.0.1")


def test_the_extra_and_the_file_pin_the_same_wheel():
    """The extra of pyproject.toml and models/drop-in name one address, version and hash."""
    (extra,) = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"][
        "de-core-news-sm"
    ]
    pin = PIN.read_text("utf-8").splitlines()[-1]
    assert extra == pin.replace(" --hash=sha256:", "#sha256=")
    assert f"/{NAME}-{VERSION}-py3-none-any.whl" in extra
    assert re.fullmatch(r".*#sha256=[0-9a-f]{64}", extra)


def squat(folder: Path, name: str, address: str | None) -> None:
    """An installed package of that name, which would fail if any of it ran."""
    about = folder / f"{name}-999.9.9.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 999.9.9\n", "utf-8")
    if address:
        (about / "direct_url.json").write_text(f'{{"url": "{address}", "archive_info": {{}}}}', "utf-8")
    (folder / name).mkdir()
    (folder / name / "__init__.py").write_text("raise SystemExit('a stranger ran')", "utf-8")


def test_a_model_installed_by_bare_name_is_refused_unrun(tmp_path, monkeypatch):
    """A package from an index is never imported; the message says what to run instead."""
    squat(tmp_path, "de_core_news_md", None)
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(ModelError, match=r"de_core_news_md: version 999\.9\.9 .*bare name.*--require-hashes"):
        nlp.load("de_core_news_md", "3.8.0")


def test_a_model_installed_by_address_passes(tmp_path, monkeypatch):
    squat(tmp_path, "de_core_news_lg", "file:///somewhere/model.whl")
    monkeypatch.syspath_prepend(str(tmp_path))
    provenance.check("de_core_news_lg")


def test_the_remedy_names_the_file_of_the_model():
    assert "models/drop-in/de_core_news_sm.txt" in provenance.remedy(NAME)
    assert "models/dist/requirements.txt" in provenance.remedy("de_presse_md")


def test_no_document_installs_a_model_by_bare_name():
    """Neither README, docs, Makefile nor code tell anyone to fetch a spaCy model by name."""
    by_name = re.compile(r"(?:pip3? install|uv add)[^\n`]*(?<![/\w])de[-_](?:core|dep)[-_]news|spacy download")
    files = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "Makefile", *ROOT.glob("pipeline/**/*.py")]
    guilty = [path.name for path in files if by_name.search(path.read_text("utf-8"))]
    assert guilty == []
