"""`make erase` as a person uses it: a release leaves a small project, and none of its words are left."""

import gzip
import io
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.core import tables as t

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests" / "corpus"
_TEXT = (
    "Pressemitteilung der Stadt Erlengrund vom 14. Juni 2023\n\nFinderin gibt Geldbörse zurück\n\nErlengrund, "
    "14. Juni 2023. Die Schülerin Wilhelmine Quastenflosser hat am Dienstag im Hallenbad eine Geldbörse mit "
    "achthundert Euro gefunden und im Findestübchen abgegeben. „Es ist doch klar“, sagte Wilhelmine "
    "Quastenflosser.\n\nKontakt: Tassilo Wunderwald, wunderwald@erlengrund.example, Telefon 03699 445566\n"
)
# chosen by hand, not by the program that is tested
_WORDS = ("quastenflosser", "wunderwald", "445566", "achthundert euro gefunden", "findestübchen")


def run(project, *arguments):
    bin_first = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": bin_first, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def opened(data):
    """Bytes -> all bytes in them, opened in the simplest way: the test's own, another than the program's."""
    yield data
    if data[:4] == b"PAR1":
        yield str(pq.read_table(io.BytesIO(data)).to_pydict()).encode()
    elif data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from opened(archive.read(name))
    elif data[:2] == b"\x1f\x8b":
        yield from opened(gzip.decompress(data))
    elif data[:15] == b"SQLite format 3":
        for cell in cells(data):
            yield repr(cell).encode()
            if isinstance(cell, bytes):
                yield cell
                yield from unpacked(cell)


def cells(data):
    base = sqlite3.connect(":memory:")
    base.deserialize(data)
    for (table,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for row in base.execute(f'SELECT * FROM "{table}"'):
            yield from row


def unpacked(cell):
    at = cell.find(b"x\x01")
    while at >= 0:
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(cell[at:])
        at = cell.find(b"x\x01", at + 1)


def holding(project):
    """Files below the project in which one of the words stands."""
    found = set()
    for path in project.rglob("*"):
        if path.is_file() and "models/dist" not in path.as_posix():
            for data in opened(path.read_bytes()):
                text = " ".join(data.decode("utf-8", "replace").lower().split())
                if any(word in text for word in _WORDS):
                    found.add(path.relative_to(project).as_posix())
    return found


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """An unpacked project of four releases, one about a private person, with report, package and caches."""
    target = tmp_path_factory.mktemp("erase") / "presselese"
    target.mkdir()
    for name in ("dvc.yaml", "params.yaml", ".dvcignore", ".gitignore"):
        shutil.copy(ROOT / name, target)
    for name in ("pipeline", "models/dist", "data/authority", "data/curation"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    (target / ".dvc").mkdir()
    shutil.copy(ROOT / ".dvc" / "config", target / ".dvc")
    (target / "data/raw").mkdir()
    (target / "data/gold").mkdir()
    for path in sorted(CORPUS.iterdir())[:3]:
        shutil.copy(path, target / "data/raw")
    (target / "data/raw/2023-06-14_fund.txt").write_text(_TEXT, encoding="utf-8")
    assert run(target, "dvc", "config", "--local", "core.no_scm", "true").returncode == 0
    result = run(target, "dvc", "repro")
    assert result.returncode == 0, result.stderr
    return target


def test_a_release_is_erased_from_everywhere_and_refused_when_it_returns(project):
    (release,) = [row for row in t.RELEASES.read(project) if row.source_path == "2023-06-14_fund.txt"]
    before = holding(project)
    for kind in ("data/raw/", "data/ingest/", "data/archive/", "reports/site/", ".dvc/cache/", ".cache/"):
        assert [path for path in before if path.startswith(kind)], f"the test proves nothing about {kind}"
    ledger = project / "data/curation/corrections.csv"
    ledger.write_text(ledger.read_text("utf-8") + "private,person,Wilhelmine Quastenflosser,,,,\n", "utf-8")
    (project / "data/notiz.txt").write_text(_TEXT, encoding="utf-8")
    refused = run(project, "pipeline.erase", release.release_id, "--reason", "Antrag", "--when", "2026-01-02")
    assert refused.returncode == 1
    assert "data/notiz.txt" in refused.stderr
    assert (project / "data/raw/2023-06-14_fund.txt").exists()
    (project / "data/notiz.txt").unlink()
    (project / "build").mkdir()
    (project / "build/alt.html").write_text(f"<p>{_TEXT}</p>", encoding="utf-8")  # git ignores it

    done = run(project, "pipeline.erase", release.release_id, "--reason", "Antrag", "--when", "2026-01-02")
    assert done.returncode == 0, done.stderr
    assert holding(project) == set()
    assert "Nachgewiesen" in done.stderr
    assert not [word for word in _WORDS if word in done.stderr.lower()]

    assert (project / "data/curation/erased.csv").read_text("utf-8").splitlines() == [
        "id,sha256,reason,when", f"{release.release_id},{release.source_sha256},Antrag,2026-01-02",
    ]  # fmt: skip
    assert release.release_id not in {row.release_id for row in t.RELEASES.read(project)}
    records = (project / "data/archive/bestand/data/oai/records.csv").read_text("utf-8")
    assert f"{release.release_id},2026-01-02,deleted" in records
    (project / "data/raw/wieder.txt").write_text(_TEXT, encoding="utf-8")
    again = run(project, "pipeline.ingest")
    assert again.returncode == 0, again.stderr
    assert {row.source_path: row.code for row in t.REJECTED.read(project)} == {"wieder.txt": "erased"}


def test_an_id_that_is_none_is_an_error_that_says_where_ids_stand(project):
    result = run(project, "pipeline.erase", "0" * 12, "--reason", "Antrag")
    assert result.returncode == 1
    assert "page of the release" in result.stderr


def test_without_a_reason_nothing_is_erased(project):
    result = run(project, "pipeline.erase", "0" * 12)
    assert result.returncode == 1
    assert "REASON" in result.stderr
