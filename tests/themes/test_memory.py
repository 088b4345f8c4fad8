"""The stage on disk: what is known from an earlier run changes no byte, and is not worked out again."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from pipeline.core import tables as t
from pipeline.themes import __main__ as stage
from pipeline.themes import assigning, settled, work
from pipeline.themes.memory import FILE
from tests.builders import mention, release, term
from tests.themes.parts import FIELDS, Corpus, corpus, sentence

ROOT = Path(__file__).parents[2]
OLD = 150
NEW = "00000000004b0"  # between others; ids are read as text
OUT = Path("data/themes")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    # one release waits until it is learnt from, as in a corpus of thousands
    monkeypatch.setattr(settled, "old_enough", lambda count: min(count, OLD))
    shutil.copyfile(ROOT / "params.yaml", "params.yaml")


def lay_out(rows: Corpus) -> None:
    """The tables that the stage reads."""
    t.RELEASES.write(rows.releases)
    t.SENTENCES.write(rows.sentences)
    t.TERMS.write(rows.terms)
    t.MENTIONS.write(rows.mentions)
    t.DUPLICATES.write(rows.duplicates)
    t.ENTITIES.write([])
    t.ENTITY_MENTIONS.write([])


def newer(rows: Corpus, release_id: str = NEW) -> Corpus:
    """A corpus with a release more, newer than all others."""
    words = FIELDS[0][:6]
    text = " ".join(word.capitalize() for word in words) + " in Neuland."
    return Corpus(
        [*rows.releases, release(release_id, text, published="2031-02-03")],
        [*rows.sentences, sentence(0, len(text), release_id)],
        [*rows.terms, *(term(word, 2, release_id) for word in words)],
        rows.duplicates,
        [*rows.mentions, mention("Neuland", "LOC", len(text) - 8, release_id=release_id)],
    )


def run(rows: Corpus) -> dict[str, bytes]:
    """The stage over a corpus -> the bytes of all that it writes."""
    lay_out(rows)
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    stage.main()
    return {path.name: path.read_bytes() for path in sorted(OUT.iterdir())}


def cold(rows: Corpus) -> dict[str, bytes]:
    """The same without a memory."""
    kept = FILE.read_bytes() if FILE.exists() else None
    FILE.unlink(missing_ok=True)
    found = run(rows)
    FILE.unlink()
    if kept:
        FILE.write_bytes(kept)
    return found


def changed(rows: Corpus, at: int, **values: object) -> Corpus:
    """A corpus with one release otherwise."""
    releases = list(rows.releases)
    releases[at] = replace(releases[at], **values)
    return replace(rows, releases=releases)


def without(rows: Corpus, release_id: str) -> Corpus:
    """A corpus without a release."""
    return Corpus(
        *(
            [row for row in part if row.release_id != release_id]
            for part in (rows.releases, rows.sentences, rows.terms, rows.duplicates, rows.mentions)
        )
    )


@pytest.fixture
def counted(monkeypatch):
    """What is worked out: "learnt", and the releases of each block."""
    done: list[str | list[str]] = []
    learn, make = work.learn, assigning.make_worker

    def note_learning(*given):
        done.append("learnt")
        return learn(*given)

    def note_blocks(*given):
        worker = make(*given)
        return lambda blocks: (done.extend(list(ids) for _, ids in blocks), worker(blocks))[1]

    monkeypatch.setattr(stage, "learn", note_learning)
    monkeypatch.setattr(assigning, "make_worker", note_blocks)
    return done


def test_a_second_run_works_nothing_out_and_writes_the_same_bytes(counted):
    first = run(corpus(OLD))
    assert counted[0] == "learnt"
    assert sorted(chain.from_iterable(counted[1:])) == [f"{i:012x}" for i in range(OLD)]
    counted.clear()
    assert run(corpus(OLD)) == first
    assert counted == []


def test_a_newer_release_costs_its_block_and_gives_the_bytes_of_a_cold_run(counted):
    before = run(corpus(OLD))
    counted.clear()
    after = run(newer(corpus(OLD)))
    assert len(counted) == 1
    assert NEW in counted[0]
    assert after == cold(newer(corpus(OLD)))
    assert after["assignments.parquet"] != before["assignments.parquet"]
    assert after["model.json"] == before["model.json"]


CHANGES = {
    "text": lambda rows: changed(rows, 3, text=rows.releases[3].text + " Museum Konzert Theater."),
    "title": lambda rows: changed(rows, 3, title="Museum und Konzert"),
    "issuer": lambda rows: changed(rows, 3, issuer="Museum Konzert"),
    "date": lambda rows: changed(rows, 3, published="2009-01-01"),
    "terms": lambda rows: replace(rows, terms=[*rows.terms[1:], term("museum", 3, rows.releases[0].release_id)]),
    "mentions": lambda rows: replace(rows, mentions=rows.mentions[1:]),
    "sentences": lambda rows: replace(rows, sentences=rows.sentences[1:]),
    "an old release less": lambda rows: without(rows, rows.releases[5].release_id),
    "the newest release less": lambda rows: without(rows, NEW),
    "another release": lambda rows: newer(rows, "0000000000c7x"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_a_warm_run_gives_the_bytes_of_a_cold_one(change):
    rows = newer(corpus(OLD))
    run(rows)
    rows = CHANGES[change](rows)
    assert run(rows) == cold(rows)


def test_other_parameters_decisions_and_accepted_themes_are_seen():
    rows = newer(corpus(OLD))
    first = run(rows)
    text = Path("params.yaml").read_text(encoding="utf-8")
    Path("params.yaml").write_text(text.replace("min_share: 0.15", "min_share: 0.9"), encoding="utf-8")
    less = run(rows)
    assert less == cold(rows)
    assert less["assignments.parquet"] != first["assignments.parquet"]
    Path("params.yaml").write_text(text, encoding="utf-8")
    theme = json.loads(first["model.json"])["themes"][0]["theme_id"]
    Path("data/curation").mkdir()
    Path("data/curation/themes.csv").write_text(f"theme,label,id\n{theme},Anders,anders\n", encoding="utf-8")
    renamed = run(rows)
    assert renamed == cold(rows)
    assert t.ASSIGNMENTS.read() != []
    assert "anders" in {row.theme_id for row in t.ASSIGNMENTS.read()}
    Path("data/curation/themes_accepted.json").write_bytes(first["model.json"])
    accepted = run(rows)
    assert accepted == cold(rows)
    assert {row.event for row in t.THEME_PASSPORT.read()} == {"kept"}


@pytest.mark.parametrize("damage", ["gone", "empty", "rubbish", "bytes"])
def test_a_damaged_memory_costs_time_only(damage):
    rows = newer(corpus(OLD))
    first = run(rows)
    if damage == "gone":
        FILE.unlink()
    elif damage == "bytes":
        data = bytearray(FILE.read_bytes())
        data[5_000::997] = bytes(len(data[5_000::997]))
        FILE.write_bytes(data)
    else:
        FILE.write_bytes(b"" if damage == "empty" else b"kein SQLite" * 500)
    assert run(rows) == first
    assert run(rows) == first


def test_nothing_of_a_release_that_was_taken_out_stays():
    rows = newer(corpus(OLD))
    odd = term("zwiebelfisch", 2, NEW)
    text = rows.releases[-1].text + " Zwiebelfisch."
    rows = replace(changed(rows, -1, text=text), terms=[*rows.terms, odd])
    run(rows)
    assert NEW.encode() in FILE.read_bytes()
    run(corpus(OLD))
    assert NEW.encode() not in FILE.read_bytes()
    old = replace(odd, release_id=f"{7:012x}")
    run(replace(corpus(OLD), terms=[*corpus(OLD).terms, old]))
    assert b"zwiebelfisch" in FILE.read_bytes()
    run(without(corpus(OLD), old.release_id))
    assert b"zwiebelfisch" not in FILE.read_bytes()
    assert old.release_id.encode() not in FILE.read_bytes()


def test_where_nothing_is_new_neither_scipy_nor_scikit_learn_is_imported():
    first = run(corpus(OLD))
    shutil.rmtree(OUT)
    OUT.mkdir()
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pipeline.themes.__main__ import main; main(); "
        "print(sorted({'scipy', 'sklearn'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program, str(ROOT)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert {path.name: path.read_bytes() for path in sorted(OUT.iterdir())} == first
