"""A run in which little changed takes the rest from the last run's tables, and writes what a cold run writes."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from pipeline.core import table_writer, tables
from pipeline.ingest import __main__ as stage
from pipeline.ingest import alike, cache, earlier, listing, merge, raw, unchanged, whole, work
from pipeline.ingest.crew import Event
from tests.ingest import made
from tests.ingest.test_take import _corpus

_BRIDGE = made.RELEASE
_NAMES = ("Ahorn", "Birke", "Linde", "Ulme", "Eiche", "Esche", "Weide", "Tanne")


def _text(number: int, issuer: str = "Stadt Falkenrode") -> str:
    """Releases of one office about different things."""
    tree = _NAMES[number % len(_NAMES)]
    words = " ".join(f"{tree}{number}{letter}" for letter in "abcdefghijkl")
    return (
        f"{issuer}\n\nPressemitteilung Nr. {number}/2021\n\n{tree} gepflanzt\n\nFalkenrode, {number} Mai 2021. "
        f"Die Stadt hat am Montag Bäume gepflanzt und einen Weg gebaut, der am Fluss entlang führt. {words}."
    ).replace(" Mai", ". Mai")


class _Here:
    """A crew that works in this process: starting one takes a second."""

    def __init__(self, make, _size, _seconds):
        self._make = make

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def begin(self):
        pass

    def run(self, jobs, urgent):
        work = self._make()
        while (job := urgent.popleft() if urgent else next(jobs, "end")) != "end":
            if job is not None:
                parts = 0
                for parts, message in enumerate(work(job.payload), 1):
                    yield Event(job, "message", message, parts)
                yield Event(job, "done", None, parts)


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Ten files, a bulk file, a rejected one and two of the same bytes, taken in once."""
    rows = "".join(
        json.dumps({"text": f"{made.PROSE} Folge {number}.", "date": "2021-05-03", "title": "Dach"}) + "\n"
        for number in range(3)
    )
    files = {f"stadt/{number:02}.txt": _text(number).encode() for number in range(1, 11)}
    more = {"leer.txt": b"", "viele.jsonl": rows.encode(), "m.txt": _BRIDGE.encode(), "n.txt": _BRIDGE.encode()}
    (tmp_path / "warm").mkdir()
    _corpus(tmp_path / "warm", {**files, **more})
    monkeypatch.chdir(tmp_path / "warm")
    monkeypatch.setattr(whole, "Crew", _Here)
    monkeypatch.setattr(work, "limit_memory", lambda _: None)
    monkeypatch.setattr(work, "forbid_network", lambda: None)
    # so that there are several groups of so few rows
    monkeypatch.setattr(table_writer, "GROUP", 4)
    monkeypatch.setattr(merge, "GROUP", 4)
    stage.main()
    return tmp_path


@pytest.fixture
def reused(monkeypatch):
    """The numbers of files that runs took from the last one."""
    counts = []
    real = earlier.Earlier.shelve

    def shelve(self, shelf, files, known, key):
        real(self, shelf, files, known, key)
        counts.append(sum(self._same))

    monkeypatch.setattr(earlier.Earlier, "shelve", shelve)
    return counts


def _bytes() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(Path("data/ingest").iterdir())}


def _is_as_cold(project, monkeypatch) -> None:
    """Runs the stage, and once more where nothing is known."""
    for table in unchanged._TABLES:
        table.unlink()
    said, warm = stage.main(), _bytes()
    shutil.rmtree(project / "cold", ignore_errors=True)
    shutil.copytree("data/raw", project / "cold/data/raw", symlinks=True)
    for name in ("params.yaml", "data/curation"):
        if Path(name).is_dir():
            shutil.copytree(name, project / "cold" / name)
        elif Path(name).exists():
            shutil.copy(name, project / "cold" / name)
    with monkeypatch.context() as patch:
        patch.chdir(project / "cold")
        assert stage.main() == said
        assert _bytes() == warm


def _write(name: str, text: str) -> None:
    Path("data/raw", name).parent.mkdir(parents=True, exist_ok=True)
    Path("data/raw", name).write_text(text, encoding="utf-8")


def _move(old: str, new: str) -> None:
    Path("data/raw", new).parent.mkdir(exist_ok=True)
    Path("data/raw", old).rename(Path("data/raw", new))


_CHANGES = {
    "one more": lambda: _write("stadt/11.txt", _text(11)),
    "many more": lambda: [_write(f"land/{number}.txt", _text(number, "Kreis Lohe")) for number in range(12, 25)],
    "changed": lambda: _write("stadt/03.txt", _text(3) + "\n\nNeu ist dieser Satz."),
    "taken out": lambda: Path("data/raw/stadt/04.txt").unlink(),
    "nothing left of most": lambda: [Path(f"data/raw/stadt/{n:02}.txt").unlink() for n in range(1, 10)],
    "moved": lambda: _move("stadt/05.txt", "anders/05.txt"),
    "copy before": lambda: _write("a.txt", _text(6)),
    "copy behind": lambda: _write("z.txt", _text(6)),
    "first of two taken out": lambda: Path("data/raw/m.txt").unlink(),
    "correction": lambda: _write("stadt/07k.txt", "Korrektur\n\n" + _text(7).replace("Weg", "Pfad")),
    "near": lambda: _write("stadt/08b.txt", _text(8).replace("einen Weg", "zwei Wege")),
    "another issuer": lambda: [
        _write(f"stadt/x{n}.txt", _text(n, "STADT FALKENRODE gGmbH")) for n in range(31, 52)
    ],
    "bulk": lambda: Path("data/raw/viele.jsonl").write_text('{"text": "kurz"}\n', "utf-8"),
}


@pytest.mark.parametrize("change", _CHANGES)
def test_a_change_gives_the_bytes_of_a_cold_run(project, monkeypatch, reused, change):
    _CHANGES[change]()
    _is_as_cold(project, monkeypatch)
    assert reused[0] > 0


def test_one_change_after_another_gives_the_bytes_of_a_cold_run(project, monkeypatch, reused):
    for change in ("copy before", "moved", "near", "taken out", "correction"):
        _CHANGES[change]()
        _is_as_cold(project, monkeypatch)
    Path("data/raw/a.txt").unlink()
    _is_as_cold(project, monkeypatch)
    assert len(reused) == 6
    assert all(reused)


@pytest.mark.parametrize("name", [*unchanged.BESIDE, "releases.parquet", "zones.parquet", "last.json"])
def test_what_is_damaged_is_not_used(project, monkeypatch, reused, name):
    file = Path(cache.FOLDER, name)
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    _CHANGES["one more"]()
    _is_as_cold(project, monkeypatch)
    assert not reused


def test_what_the_cache_lost_is_taken_in_anew_and_is_there_again(project, monkeypatch, reused):
    Path(cache.FOLDER, "ingest.sqlite").unlink()
    _CHANGES["one more"]()
    _is_as_cold(project, monkeypatch)
    assert reused == [0]
    _CHANGES["near"]()
    _is_as_cold(project, monkeypatch)
    assert reused == [0, 12]


def test_where_the_text_to_compare_with_is_damaged_the_run_does_without_the_last_one(project, monkeypatch, reused):
    with sqlite3.connect(Path(cache.FOLDER, "ingest.sqlite")) as base:
        base.execute("UPDATE part SET value = ?", (b"12345678eins",))
    base.close()
    _CHANGES["near"]()
    _is_as_cold(project, monkeypatch)
    assert reused == [11]


def test_other_params_or_tombstones_do_without_the_last_run(project, monkeypatch, reused):
    [gone] = [row for row in tables.RELEASES.read() if row.source_path == "stadt/02.txt"]
    Path("data/curation").mkdir()
    text = f"id,sha256,reason,when\n{gone.release_id},{gone.source_sha256},Antrag,2026-01-02\n"
    Path("data/curation/erased.csv").write_text(text, "utf-8")
    _is_as_cold(project, monkeypatch)
    assert not reused
    assert "erased" in [row.code for row in tables.REJECTED.read()]


@pytest.mark.usefixtures("project")
def test_nothing_of_a_file_taken_out_is_kept():
    sha256 = hashlib.sha256(Path("data/raw/stadt/04.txt").read_bytes()).hexdigest()
    traces = (sha256.encode(), sha256[:12].encode(), b"stadt/04.txt", bytes.fromhex(sha256))

    def found() -> set[str]:
        files = [*cache.FOLDER.iterdir(), *Path("data/ingest").iterdir()]
        return {file.name for file in files for trace in traces if trace in file.read_bytes()}

    assert found() >= {"last_files.txt", "last_traits.bin", "raw.sha256"}
    _CHANGES["taken out"]()
    stage.main()
    assert found() == set()


@pytest.mark.usefixtures("project")
def test_raw_files_are_listed_with_their_sums_also_where_nothing_changed():
    name = "zeile\numbruch\\.txt"
    _write(name, _text(11))
    Path("data/raw/verweis.txt").symlink_to("/etc/hosts")
    stage.main()
    lines = listing.FILE.read_bytes()
    own = [path for path in Path("data/raw").rglob("*.*") if path.is_file() and not path.is_symlink()]
    paths = sorted(raw.printable(path.relative_to("data/raw").as_posix()) for path in own)
    assert len(lines.splitlines()) == len(paths) == 15
    assert [line.split("  ")[1] for line in lines.decode().splitlines()][:3] == paths[:3]
    sha256 = hashlib.sha256(_text(11).encode()).hexdigest()
    assert f"\\{sha256}  zeile\\numbruch\\\\.txt\n".encode() in lines
    listing.FILE.unlink()
    stage.main()
    assert listing.FILE.read_bytes() == lines


def test_a_listed_file_with_odd_bytes_keeps_them(tmp_path):
    path = os.fsencode(tmp_path) + b"/\xe4.txt"
    Path(os.fsdecode(path)).write_bytes(b"x")
    target = tmp_path / "liste"
    files = [entry for entry in raw.files(tmp_path) if not entry.fault]
    target.write_bytes(b"".join(listing._lines(files, raw.Scale(), len(tmp_path.as_posix()) + 1)))
    assert target.read_bytes() == hashlib.sha256(b"x").hexdigest().encode() + b"  \xe4.txt\n"


def test_pairs_are_worked_out_once():
    asked = []

    def text_of(row: int) -> str:
        asked.append(row)
        return made.PROSE + f" {row}"

    first = alike.Alike(text_of)
    answers = {pair: first.of(*pair) for pair in ((1, 2), (5, 1), (2, 5))}
    known = alike.renumbered(first.answers(), np.array([-1, 9, 3, -1, -1, 4]))
    asked.clear()
    second = alike.Alike(text_of, known)
    assert {(1, 2): second.of(9, 3), (5, 1): second.of(9, 4), (2, 5): second.of(4, 3)} == answers
    assert not asked
    second.of(9, 8)
    assert sorted(asked) == [8, 9]
    assert len(second.answers()) == 4
