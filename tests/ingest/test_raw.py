"""What lies in a folder is listed, whatever it is; only what is safe is opened."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest

from pipeline.core.errors import Rejection
from pipeline.ingest import raw

posix = pytest.mark.skipif(sys.platform != "linux", reason="such files cannot be made here")


def _listed(root: Path) -> dict[str, str | None]:
    return {listed.path: listed.fault for listed in raw.files(root)}


def _weighed(listed: raw.Listed) -> str:
    with pytest.raises(Rejection) as why:
        raw.weigh(listed)
    return why.value.code


def test_files_are_listed_by_path_and_readmes_and_hidden_ones_are_none(tmp_path):
    for path in ("b/2.txt", "a.txt", "b-1.txt", ".x/y.txt", "README.md", "b/readme-lies-mich.md"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).touch()
    assert list(_listed(tmp_path)) == ["a.txt", "b-1.txt", "b/2.txt"]


@posix
def test_links_lead_nowhere_else(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    root = tmp_path / "data/raw"
    (root / "ordner").mkdir(parents=True)
    (root / "a.txt").touch()
    (tmp_path / "geheim.txt").write_text("x", encoding="utf-8")
    (tmp_path / ".dvc/cache").mkdir(parents=True)
    (tmp_path / ".dvc/cache/ab12").touch()
    targets = {"innen": "a.txt", "aussen": tmp_path / "geheim.txt", "leer": "nichts", "kreis": "kreis",
               "verzeichnis": "ordner", "oben": tmp_path, "dvc": tmp_path / ".dvc/cache/ab12"}  # fmt: skip
    for name, target in targets.items():
        (root / f"{name}.txt").symlink_to(target)
    faults = _listed(root)
    assert {path for path, fault in faults.items() if fault is None} == {"a.txt", "innen.txt", "dvc.txt"}
    assert {fault for fault in faults.values() if fault} == {"link"}


@pytest.mark.parametrize("size", [0, 1, raw._SMALL - 1, raw._SMALL, raw._SMALL + 1, raw._MB + raw._SMALL + 1])
def test_files_of_any_size_are_weighed_whole(tmp_path, size):
    data = bytes(number % 251 for number in range(size))
    (tmp_path / "a.txt").write_bytes(data)
    file = raw.weigh(raw.Listed("a.txt", str(tmp_path / "a.txt")), 7)
    saved = (tmp_path / "a.txt").stat().st_mtime_ns
    assert (file.sha256, file.size, file.number, file.saved) == (hashlib.sha256(data).hexdigest(), size, 7, saved)
    assert raw.Scale().weigh(raw.Listed("a.txt", str(tmp_path / "a.txt")), 7) == file


@posix
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "rohr.txt")
    (listed,) = raw.files(tmp_path)
    assert (listed.fault, _weighed(listed)) == ("special", "special")


@posix
def test_a_folder_that_may_not_be_entered_is_accounted_for(tmp_path, monkeypatch):
    (tmp_path / "zu").mkdir()
    scan = os.scandir

    def refuse(folder):
        if Path(folder).name == "zu":
            raise PermissionError(folder)
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    assert _listed(tmp_path) == {"zu": "unreadable"}


def test_a_file_that_may_not_be_opened_or_is_gone_is_unreadable(tmp_path):
    assert _weighed(raw.Listed("weg.txt", str(tmp_path / "weg.txt"))) == "unreadable"


def test_a_file_that_changes_while_it_is_read_is_told(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"eins")
    file = raw.weigh(raw.Listed("a.txt", str(tmp_path / "a.txt")))
    (tmp_path / "a.txt").write_bytes(b"zwei, und laenger")
    with pytest.raises(Rejection) as why:
        raw.load(file)
    assert why.value.code == "changed"


@posix
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"l\xfcbeck.txt", "l\\xfcbeck.txt"),
        (b"zwei\nzeilen.txt", "zwei\\x0azeilen.txt"),
        (b"nr#1.txt", "nr#1.txt"),
        ("Grüße 😀.txt".encode(), "Grüße 😀.txt"),
        (b"-rf.txt", "-rf.txt"),
        (b"..txt", None),
    ],
)
def test_every_name_can_be_shown_and_the_file_behind_it_read(tmp_path, name, shown):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"x")
    found = [(listed.path, raw.weigh(listed).size) for listed in raw.files(tmp_path)]
    assert found == ([] if shown is None else [(shown, 1)])
