"""Every file and every part of one is accounted for; what did not change is not parsed again; ids stay."""

from __future__ import annotations

import json
from collections import deque

import pytest

from pipeline.ingest import packed, raw, sources, take
from pipeline.ingest.cache import Cache
from pipeline.ingest.crew import Event
from pipeline.ingest.intake import Intake
from pipeline.ingest.shelf import Shelf
from pipeline.ingest.work import Bulk, Files, read_members, take_members
from tests.ingest import made

_STAMP = b"code"


class _Here:
    """A crew of nobody: works in this process, and loses its worker where it is told to."""

    def __init__(self, loses=(), why="timeout"):
        self.loses, self.why = loses, why
        self.parsed: list[str] = []

    def run(self, jobs, urgent: deque):
        while True:
            job = urgent.popleft() if urgent else next(jobs, "end")
            if job == "end":
                return
            if job is not None:
                yield from self._events(job)

    def _events(self, job):
        parts = 0
        for name, message in self._messages(job.payload):
            if name in self.loses:
                yield Event(job, "lost", self.why, parts)
                return
            parts += 1
            yield Event(job, "message", message, parts)
        yield Event(job, "done", None, parts)

    def _messages(self, task):
        if isinstance(task, Bulk):
            yield from ((None, message) for message in read_members(task.file, made.SETTINGS, _STAMP))
        elif isinstance(task, Files):
            for file in task.files:
                self.parsed.append(file.path)
                yield file.path, [packed.pack(outcome) for outcome in take.take(file, made.SETTINGS)]
        else:
            names = [f"{task.file.path}#{number}" for number, _, _ in task.members]
            for name, outcome in zip(names, take_members(task, made.SETTINGS), strict=True):
                self.parsed.append(name)
                yield name, outcome


def _taken(root, crew=None, stop_after=None):
    """What is on the shelf afterwards: path -> id or code."""
    crew = crew or _Here()
    with Shelf(root / "cache") as shelf:
        with Cache(root / "cache", 100) as known:
            for number, _ in enumerate(
                Intake(made.SETTINGS, _STAMP, known, shelf).run(raw.files(root / "raw"), crew)
            ):
                if number == stop_after:
                    raise KeyboardInterrupt
        index, _, order = shelf.releases()
        releases = [packed.release(shelf.body(index[at]), "", None, None) for at in order]
        rejected = map(packed.rejected, shelf.rejected())
        return {**{row.source_path: row.source_sha256[:12] for row in releases},
                **{row.source_path: row.code for row in rejected}}, crew.parsed  # fmt: skip


def _text(number: int) -> bytes:
    return made.RELEASE.replace("42 Meter", f"{number} Meter").encode()


def _rows(*numbers: int) -> bytes:
    row = {"title": "Brücke eröffnet", "date": "2021-05-03", "issuer": "Stadt Falkenrode"}
    return b"".join(
        json.dumps({**row, "text": made.PROSE + f" Folge {number}."}).encode() + b"\n" for number in numbers
    )


@pytest.fixture
def root(tmp_path):
    (tmp_path / "raw/stadt").mkdir(parents=True)
    for number in range(20):
        (tmp_path / f"raw/stadt/{number:02d}.txt").write_bytes(_text(number))
    (tmp_path / "raw/leer.txt").touch()
    (tmp_path / "raw/viele.jsonl").write_bytes(_rows(*range(70)) + b"kein JSON\n")
    return tmp_path


def test_every_file_and_every_part_is_accounted_for(root):
    found, _ = _taken(root)
    assert len(found) == 20 + 1 + 71
    assert found["leer.txt"] == "empty"
    assert sum(path.startswith("viele.jsonl#") for path in found) == 71


def test_what_did_not_change_is_not_parsed_again(root):
    first, parsed = _taken(root)
    second, again = _taken(root)
    assert first == second
    assert (len(parsed), again) == (20 + 1 + 71, [])


def test_of_a_changed_tree_only_what_changed_is_parsed_and_all_ids_stay(root):
    before, _ = _taken(root)
    (root / "raw/stadt/03.txt").write_bytes(_text(300))
    (root / "raw/viele.jsonl").write_bytes(_rows(*range(70)) + b"kein JSON\n" + _rows(99))
    after, parsed = _taken(root)
    assert sorted(parsed) == ["stadt/03.txt", "viele.jsonl#71"]
    assert {path: after[path] for path in before if path != "stadt/03.txt"} == {
        path: before[path] for path in before if path != "stadt/03.txt"
    }


def test_a_file_that_is_moved_or_renamed_keeps_its_id(root):
    before, _ = _taken(root)
    (root / "raw/neu").mkdir()
    (root / "raw/stadt/05.txt").rename(root / "raw/neu/Brücke.txt")
    (root / "raw/viele.jsonl").rename(root / "raw/neu/alle.jsonl")
    after, _ = _taken(root)
    assert after["neu/Brücke.txt"] == before["stadt/05.txt"]
    assert [after[path] for path in sorted(after) if "#" in path] == [
        before[path] for path in sorted(before) if "#" in path
    ]


def test_a_run_that_was_killed_goes_on_where_it_was(root):
    with pytest.raises(KeyboardInterrupt):
        _taken(root, stop_after=10)
    whole, parsed = _taken(root)
    assert 0 < len(parsed) < 91
    (root / "cache/ingest.sqlite").unlink()
    assert _taken(root)[0] == whole


@pytest.mark.parametrize("why", ["timeout", "crash"])
def test_a_file_that_makes_a_parser_hang_or_crash_is_named_and_the_others_are_taken_in(root, why):
    crew = _Here({"stadt/07.txt", "viele.jsonl#5"}, why)
    found, _ = _taken(root, crew)
    assert found["stadt/07.txt"] == why
    assert len(found) == 20 + 1 + 71
    assert list(found.values()).count(why) == 2
    healed, parsed = _taken(root)
    assert sorted(parsed) == ["stadt/07.txt", "viele.jsonl#5"], "and they are tried again in the next run"
    assert why not in healed.values()


def test_a_worker_that_died_once_by_chance_costs_nothing(root):
    class _Once(_Here):
        def _events(self, job):
            events = list(super()._events(job))
            if any(event.kind == "lost" for event in events):
                self.loses = ()
            yield from events

    found, _ = _taken(root, _Once({"stadt/07.txt"}, "crash"))
    assert "crash" not in found.values()


def test_a_fault_of_ours_rejects_one_release_and_says_so(root, monkeypatch, caplog):
    monkeypatch.setattr(take.language, "check", _fails_on_seven)
    found, _ = _taken(root)
    assert list(found.values()).count("internal") == 1
    assert found["stadt/07.txt"] == "internal"
    assert "stadt/07.txt" in caplog.text


def _fails_on_seven(text, _):
    if " 7 Meter" in text:
        raise ZeroDivisionError
    return "de"


def test_a_bulk_file_that_ends_badly_keeps_what_was_read_before(root, monkeypatch):
    monkeypatch.setattr(sources, "read_bulk", _breaks)
    found, _ = _taken(root)
    assert found["viele.jsonl"] == "corrupt"
    assert len(found) == 20 + 1 + 1


def _breaks(*_):
    yield from ()
    raise take.reject("corrupt", format="JSONL", what="Ende fehlt")
