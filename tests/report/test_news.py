"""What is new since the report that a person remembered, and what fell silent."""

from __future__ import annotations

import pytest

from pipeline.core import records as r
from pipeline.core.errors import InputError
from pipeline.report import remember, work
from pipeline.report.memory import Memory, memory_of, read, written
from pipeline.report.news import in_a_sentence, news, news_pages
from pipeline.report.quoting import Quoting
from pipeline.report.silence import silence
from pipeline.report.unsure import unsure
from tests.report import sample
from tests.report.test_site import PARAMS


@pytest.fixture(scope="module")
def corpus(tables):
    return sample.corpus(tables)


def test_new_is_what_the_remembered_report_did_not_hold(corpus):
    found = news(corpus, sample.MEMORY)
    assert [head.release_id for head in found.releases] == [sample.D]
    names = {corpus.entities[n].name for n in found.entities}
    assert "Ilmtal" in names
    assert not names & {"Falkenrode", "Jana Holzapfel"}
    assert in_a_sentence(corpus, found) == "1 Mitteilung, 1 Ort, 2 Organisationen und 1 Initiative"


def test_right_after_remembering_nothing_is_new(corpus):
    found = news(corpus, read(written(memory_of(corpus)), "x"))
    assert (found.releases, found.entities, found.gone) == ((), (), 0)
    assert in_a_sentence(corpus, found) == "nichts"


def test_what_is_gone_is_counted(corpus):
    memory = Memory("2022-01-01", frozenset({sample.A, "f" * 12, "e" * 12}))
    assert news(corpus, memory).gone == 2
    assert any(fact.value == "2 Mitteilungen" for fact in next(news_pages(corpus, memory, 9, 9)).facts)


@pytest.mark.parametrize("memory", [Memory(), Memory("2020-01-01", frozenset({"0" * 12}))])
def test_without_a_report_of_this_corpus_nothing_is_called_new(corpus, memory):
    page = next(news_pages(corpus, memory, 9, 9))
    assert page.releases is None
    assert page.frame.lead == news(corpus, memory).state


def test_the_remembered_file_names_nobody(corpus):
    text = written(memory_of(corpus))
    assert all(entity.name not in text and entity.entity_id not in text for entity in corpus.entities)
    assert text == written(read(text, "x"))


@pytest.mark.parametrize("text", ["[]", "{", '{"stand": 1, "releases": [], "names": []}', '{"stand": "2024"}'])
def test_a_faulty_file_is_told_with_its_remedy(text):
    with pytest.raises(InputError, match=r"last_report.*make merken"):
        read(text, "last_report.json")


def test_remember_writes_the_state_of_the_tables(tmp_path, monkeypatch, corpus):
    sample.write_tables(tmp_path)
    (tmp_path / "params.yaml").write_text(PARAMS)
    (tmp_path / "data/curation").mkdir()
    monkeypatch.chdir(tmp_path)
    assert remember.main().startswith("remember: 4 releases")
    assert read((tmp_path / work.MEMORY).read_text(), "x") == memory_of(corpus)


def test_silent_initiatives_come_before_themes_at_rest(tmp_path, corpus):
    radplan = next(e.entity_id for e in corpus.entities if e.type == "initiative")
    sample.write_tables(tmp_path, initiatives=[r.InitiativeFact(radplan, "silence", "2022-02-01", 20)])
    corpus = sample.corpus(tmp_path)
    listed = silence(corpus, Quoting(corpus), 5)
    assert [(item.link.text, item.value) for item in listed.items] == [
        ("Radplan 2030", "seit 20 Monaten"),
        ("Bildung", "seit September 2020"),
    ]


def test_a_name_is_unsure_when_none_of_its_mentions_is_sure(tmp_path):
    guessed = [sample.b.mention("Ilmtal", "LOC", 0, release_id=sample.C, confidence=0.5)]
    sample.write_tables(tmp_path, mentions=[*guessed, *(m for m in sample.MENTIONS if m.name != "Ilmtal")])
    corpus = sample.corpus(tmp_path)
    assert unsure(corpus) == []
    at = sample.TEXTS[sample.C].index("Ilmtal")
    guessed = [sample.b.mention("Ilmtal", "LOC", at, release_id=sample.C, confidence=0.5)]
    sample.write_tables(tmp_path, mentions=[*guessed, *(m for m in sample.MENTIONS if m.name != "Ilmtal")])
    corpus = sample.corpus(tmp_path)
    assert [(sure, corpus.entities[n].name) for sure, n in unsure(corpus)] == [(0.5, "Ilmtal")]
