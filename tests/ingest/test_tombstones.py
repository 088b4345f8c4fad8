"""What was erased is not taken in again."""

from __future__ import annotations

import hashlib

import pytest

from pipeline.core.errors import InputError
from pipeline.ingest import cache, raw, take, tombstones
from tests.ingest import made

_TEXT = (
    "Falkenrode, 3. Mai 2021. Die Stadt Falkenrode hat am Montag eine neue Brücke eröffnet. Sie ist vierzig Meter "
    "lang und führt über die Ilme."
)
_ROWS = "titel;text;datum\nBrücke;{text};2021-05-03\nMarkt;{text} Auch der Markt ist neu.;2021-05-04\n"
_HEAD = "id,sha256,reason,when\n"


def _taken(path, data):
    return list(take.take(raw.RawFile(path, hashlib.sha256(data).hexdigest(), len(data), data), made.SETTINGS))


def _bury(folder, *shas):
    file = folder / tombstones.FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(_HEAD + "".join(f"{sha[:12]},{sha},Antrag,2026-01-02\n" for sha in shas), encoding="utf-8")


def test_an_erased_file_that_comes_back_is_rejected_with_its_reason(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    data = _TEXT.encode()
    assert _taken("a.txt", data)[0].release
    _bury(tmp_path, hashlib.sha256(data).hexdigest())
    (again,) = _taken("wieder/b.txt", data)
    assert again.release is None
    assert again.rejected.code == "erased"
    assert _taken("a.txt", data + b" ")[0].release


def test_an_erased_row_of_a_table_is_rejected_and_the_other_rows_are_not(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    data = _ROWS.format(text=_TEXT).encode()
    first, second = (outcome.release for outcome in _taken("a.csv", data))
    _bury(tmp_path, second.source_sha256)
    kept, gone = _taken("a.csv", data)
    assert kept.release == first
    assert (gone.release, gone.rejected.code) == (None, "erased")


def test_what_the_cache_knows_is_forgotten_when_something_is_erased(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = cache.stamp(made.SETTINGS)
    _bury(tmp_path, "a" * 64)
    assert cache.stamp(made.SETTINGS) != before


def test_a_list_without_its_head_is_an_error_that_says_what_belongs_there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / tombstones.FILE).parent.mkdir(parents=True)
    (tmp_path / tombstones.FILE).write_text("a;b\n", encoding="utf-8")
    with pytest.raises(InputError, match="id,sha256,reason,when"):
        tombstones.erased()
