"""The files that people give, and patterns that no text can slow down."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipeline.core.errors import InputError, ParamsError
from pipeline.register import authority, beside, files, offices, privacy, shorter


def test_a_corpus_without_gazetteer_ledger_and_table_is_served(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    given = files.given("")
    assert (given.gazetteer.names, given.authority.rows, list(given.ledger)) == ({}, {}, [])


def test_the_users_table_is_read_below_data_authority_and_nowhere_else(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = Path("data/authority")
    folder.mkdir(parents=True)
    (folder / "eigene.csv").write_text("type,name,gnd,wikidata\nperson,Eva Aue,118540238,\n", encoding="utf-8-sig")
    assert files.given("eigene.csv").authority.exact("person", "eva aue")
    Path("fremd.csv").write_text("type,name,gnd,wikidata\n", encoding="utf-8")
    for name in ("../../fremd.csv", "fehlt.csv"):
        with pytest.raises(ParamsError, match=r"register → authority_table"):
            files.given(name)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("type,name\n", "line 1: column gnd is missing"),
        ("type,name,gnd,wikidata\nperson,A,x,\n", "line 2: 'x' is no gnd"),
        ("type,name,gnd,wikidata\ntier,A,,Q1\n", "line 2: needs a name and a type"),
        ("type,name,gnd,wikidata\nperson,,,Q1\n", "line 2: needs a name and a type"),
    ],
)
def test_a_faulty_table_is_named_by_line(text: str, message: str):
    with pytest.raises(InputError, match=f"^eigene.csv: {message}"):
        authority.parse(text, "eigene.csv")


PATTERNS = (
    offices._NAMED, offices._OFFICE_ITSELF, privacy._CASE, privacy._STOP, privacy._AGE_BEFORE,
    beside._IN, beside._BRACKET, beside._OFFICE, shorter._QUOTED, shorter._OWNER,
)  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p.pattern[:20])
@pytest.mark.parametrize("piece", ["der ", "die Präsidentin ", "„A", "14-jährige ", "(((", " in A", "opferopfer"])
def test_no_text_makes_a_pattern_slow(pattern, piece: str):
    text = piece * (100_000 // len(piece))
    started = time.process_time()
    assert len(list(pattern.finditer(text))) <= len(text)
    assert time.process_time() - started < 2
