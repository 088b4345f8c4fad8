"""Blocks of releases: a run that knows most of them writes what a run without a cache writes, to the byte."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest

from pipeline.core import blocks as core_blocks
from pipeline.core import tables
from pipeline.core.errors import TableError
from pipeline.core.records import Mention, Sentence
from pipeline.extract import blocks, known, packed, work
from pipeline.extract.rows import Rows
from pipeline.extract.settings import ExtractParams
from tests.builders import release, zone

CACHE = Path(".cache/presselese/extract.sqlite")
SETTINGS = ExtractParams(model="model", model_version="1", batch_size=4, max_cache_mb=10)
# two words and what a release makes of them
SURE, DOUBT = "Moosfunk sicher", "Moosfunk vielleicht"
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def make_reader(*_):
    """Stands in for the model: a sentence a release, an initiative where one is sure of it."""
    return lambda batch: [packed.pack(one.release_id, rows_of(one)) for one, _ in batch]


def rows_of(one):
    name = Mention(
        one.release_id, 0, 8, "INITIATIVE", "Moosfunk", "Moosfunk", None, None, "project", "body", "rule:x", 0.9
    )
    return Rows(
        sentences=[Sentence(one.release_id, 0, len(one.text), "body")],
        mentions=[name] if one.text == SURE else [],
        doubted=[replace(name, confidence=0.1)] if one.text == DOUBT else [],
    )


@pytest.fixture(autouse=True)
def _project(tmp_path, monkeypatch):
    """A folder of its own, small blocks, no model."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "params.yaml").write_text("execution: {processes: 1, small: 100}\n", encoding="utf-8")
    monkeypatch.setattr(blocks, "_USUAL", 4)
    monkeypatch.setattr(work, "make_reader", make_reader)
    monkeypatch.setattr(work.authority, "load", lambda: None)


def releases(count, **texts):
    """So many releases; some with another text."""
    return [release(f"{i:012x}", texts.get(f"r{i}", f"Die Stadt baut {i}.")) for i in range(count)]


def run(wanted, *, cold=False):
    """The stage over releases -> the bytes of its tables."""
    if cold:
        shutil.rmtree(".cache", ignore_errors=True)
    shutil.rmtree("data/extract", ignore_errors=True)
    tables.RELEASES.write(wanted)
    tables.ZONES.write([zone("body", 0, 3, one.release_id) for one in wanted])
    work.extract(SETTINGS)
    return {path.name: path.read_bytes() for path in sorted(Path("data/extract").glob("*.parquet"))}


@pytest.fixture
def read(monkeypatch):
    """The ids of releases that were unpacked row by row."""
    seen = []

    def unpack(data, names, real=packed.unpack):
        found = real(data, names)
        seen.append(found["sentences"][0][0])
        return found

    monkeypatch.setattr(packed, "unpack", unpack)
    return seen


BASE = releases(40, r7=DOUBT, r30=DOUBT)
CHANGED = {
    "added": sorted([*BASE, release("00000000000a5", "Neu.")], key=lambda one: one.release_id),
    "added last": [*BASE, release("f" * 12, "Neu.")],
    "taken out": [one for one in BASE if one.release_id != f"{9:012x}"],
    "ends of blocks taken out": [one for one in BASE if core_blocks.crc32(one.release_id.encode()) % 4],
    "another text": releases(40, r7=DOUBT, r30=DOUBT, r12="Anders."),
    "proves what others doubt": [*BASE, release("e" * 12, SURE)],
    "none": [],
}


@pytest.mark.parametrize("what", CHANGED)
def test_a_run_that_knows_the_other_releases_writes_what_a_cold_one_does(what):
    run(BASE)
    warm, back = run(CHANGED[what]), run(BASE)
    assert warm == run(CHANGED[what], cold=True)
    assert back == run(BASE, cold=True) != warm


def test_of_one_release_more_only_its_block_is_unpacked(read):
    run(BASE)
    assert len(read) == 40
    read.clear()
    run(BASE)
    assert not read
    run(CHANGED["added"])
    assert 0 < len(read) < 20


def test_a_block_whose_doubt_another_release_settles_is_made_again(read):
    run(BASE)
    read.clear()
    run([*BASE, release("e" * 12, SURE)])
    assert {f"{7:012x}", f"{30:012x}"} <= set(read)
    found = {one.release_id for one in tables.MENTIONS.read() if one.found_by == "rule:initiative-recurs"}
    assert found == {f"{7:012x}", f"{30:012x}"}


def test_a_moved_file_changes_no_block(read):
    first = run(BASE)
    read.clear()
    assert run([replace(one, source_path=f"elsewhere/{one.source_path}") for one in BASE]) == first
    assert not read


def test_another_zone_makes_another_block():
    run(BASE)
    tables.ZONES.write([zone("headline", 0, 3, one.release_id) for one in BASE])
    digests = {block.digest() for block in blocks.cut()}
    tables.ZONES.write([zone("body", 0, 3, one.release_id) for one in BASE])
    assert not digests & {block.digest() for block in blocks.cut()}


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE part SET value = substr(value, 1, 30) || x'00'",
        "UPDATE part SET value = x''",
        "DELETE FROM part WHERE id % 2",
        "DELETE FROM part WHERE length(value) < 700",
        "DELETE FROM part WHERE length(value) > 700",
    ],
)
def test_a_damaged_cache_costs_time_only(damage):
    cold = run(BASE)
    with sqlite3.connect(CACHE) as base:
        assert base.execute(damage).rowcount > 0
    base.close()
    assert run(BASE) == cold
    assert run(BASE) == cold


def test_a_cache_that_may_hold_nothing_changes_nothing(monkeypatch):
    cold = run(BASE)
    monkeypatch.setitem(globals(), "SETTINGS", SETTINGS.model_copy(update={"max_cache_mb": 0}))
    assert run(BASE, cold=True) == cold == run(BASE)


def test_nothing_of_a_release_that_was_taken_out_stays():
    run([*BASE, release("e" * 12, SURE)])
    assert ids_of_blocks() == 41
    run(BASE)
    assert ids_of_blocks() == 40
    with sqlite3.connect(CACHE) as base:
        (count,) = base.execute("SELECT count(*) FROM part").fetchone()
    base.close()
    # and that these tables were seen
    assert count == 40 + 2 * len(list(blocks.cut())) + 1


def ids_of_blocks():
    """How many keys of releases the summaries of the stored blocks hold."""
    kept = work._Run(SETTINGS, work.store.Store(CACHE, 10), None, None)._kept
    return sum(len(kept.summary(block.digest()).keys) for block in blocks.cut()) // 16


def test_what_is_known_of_single_releases_stays_though_nobody_asks(monkeypatch):
    """A change in a block finds its other releases without the model, many runs later."""
    run(BASE)
    run(BASE)
    asked = []
    monkeypatch.setattr(work, "make_reader", lambda *_: lambda batch: asked.extend(batch) or make_reader()(batch))
    run(CHANGED["taken out"])
    assert not asked
    run(BASE)
    assert [one.release_id for one, _ in asked] == [f"{9:012x}"]


def test_blocks_end_where_ids_say_and_hold_all_releases_with_their_zones(monkeypatch):
    run(BASE)
    monkeypatch.setattr(blocks, "_MOST", 3)
    found = list(blocks.cut())
    assert max(len(block.releases) for block in found) == 3
    items = [item for block in found for item in block.items()]
    assert [replace(one, source_path=f"{one.release_id}.txt") for one, _ in items] == BASE
    assert all([part.release_id for part in zones] == [one.release_id] for one, zones in items)


def test_a_summary_survives_packing():
    summary = known.Summary()
    one = release("a" * 12, SURE)
    summary.add(b"k" * 16, packed.pack(one.release_id, rows_of(one)))
    again = known.Summary.of(summary.pack())
    assert (again.keys, again.known.name("moosfunk"), again.asked) == (b"k" * 16, "Moosfunk", set())


def test_packed_rows_name_every_table():
    assert [*packed.TABLES, "doubted"] == [field.name for field in fields(Rows)]


def test_columns_that_follow_columns_must_be_in_order():
    with tables.SENTENCES.writer() as writer:
        table = writer.checked([["a" * 12], [0], [3], ["body"]])
        writer.add_table(table)
        with pytest.raises(TableError, match="out of order"):
            writer.add_table(table)


def test_rows_and_columns_in_turns_are_written_in_order():
    with tables.SENTENCES.writer() as writer:
        writer.add([["a"], [0], [3], ["body"]])
        writer.add_table(writer.checked([["b"], [0], [3], ["body"]]))
        writer.add([["c"], [0], [3], ["body"]])
    assert [row.release_id for row in tables.SENTENCES.read()] == ["a", "b", "c"]


def test_what_looks_up_and_writes_imports_neither_spacy_nor_rules():
    code = "import sys, pipeline.extract.__main__; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], env=ENVIRONMENT, stdout=subprocess.PIPE, text=True, check=True
    )
    assert "pipeline.extract.work" in done.stdout.split()
    assert not {"spacy", "pandas", "pipeline.extract.components.dates"} & set(done.stdout.split())
