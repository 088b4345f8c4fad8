"""Every file becomes one release or one rejection, whatever is in it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core import tables
from pipeline.core.text import normalise
from pipeline.ingest import __main__ as stage
from pipeline.ingest import language, raw, take
from tests.ingest import made

_PROJECT = Path(__file__).parents[2]
_BROKEN = {
    "leer.txt": "empty",
    "binaerdatei.txt": "binary",
    "falsche-zeichenkodierung.txt": "unreadable_encoding",
    "englische-mitteilung.txt": "wrong_language",
    "verschluesselt.pdf": "encrypted",
    "gescannt-ohne-text.pdf": "no_text_layer",
    "abgeschnitten.docx": "truncated",
    "zip-bombe.docx": "bomb",
    "ohne-jedes-datum.txt": "no_date",
    "ein-einziges-wort.odt": "no_words",
}
_ENGLISH = (
    "The town of Falkenrode opened its new bridge on 3 May 2021. It is forty metres long and everybody is happy. "
    * 3
)


def _taken(path: str, data: bytes) -> take.Outcome:
    return next(take.take(raw.RawFile(path, hashlib.sha256(data).hexdigest(), len(data), data), made.SETTINGS))


def _corpus(root: Path, files: dict[str, bytes]) -> None:
    (root / "params.yaml").write_text((_PROJECT / "params.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    for path, data in files.items():
        file = root / "data/raw" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


_FILES = {
    "stadt/a.txt": made.RELEASE.encode("cp1252"),
    "stadt/kopie.txt": made.RELEASE.encode("cp1252"),
    "stadt/b.docx": made.docx_file(made.RELEASE.split("\n\n")),
    "c.odt": made.odt_file(made.RELEASE.replace("Brücke", "Halle").split("\n\n")),
    "leer.md": b"",
    "en.txt": _ENGLISH.encode(),
    "alt.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "README.md": b"# kein Text",
    ".versteckt": b"x",
    ".git/x.txt": made.RELEASE.encode(),
}


@pytest.fixture
def done(tmp_path, monkeypatch):
    """The stage, run in a folder of its own; the sentence it ends with."""
    _corpus(tmp_path, _FILES)
    monkeypatch.chdir(tmp_path)
    return stage.main()


def test_ingested_and_rejected_files_are_all_files(done):
    paths = [row.source_path for row in (*tables.RELEASES.read(), *tables.REJECTED.read())]
    assert sorted(paths) == [
        "alt.xls",
        "c.odt",
        "en.txt",
        "leer.md",
        "stadt/a.txt",
        "stadt/b.docx",
        "stadt/kopie.txt",
    ]
    assert done == "ingest: 3 releases, 4 rejected"


@pytest.mark.usefixtures("done")
def test_each_rejection_says_why():
    found = {row.source_path: row for row in tables.REJECTED.read()}
    assert {path: row.code for path, row in found.items()} == {
        "alt.xls": "unknown_format",
        "en.txt": "wrong_language",
        "leer.md": "empty",
        "stadt/kopie.txt": "identical_copy",
    }
    assert "stadt/a.txt" in found["stadt/kopie.txt"].reason_de
    assert "Englisch" in found["en.txt"].reason_de


@pytest.mark.usefixtures("done")
def test_rows_keep_the_promises_of_their_records():
    releases = {row.release_id: row for row in tables.RELEASES.read()}
    for release in releases.values():
        assert release.release_id == release.source_sha256[:12]
        assert normalise(release.text) == release.text
        assert (release.published, release.language) == ("2021-05-03", "de")
    for zone in tables.ZONES.read():
        piece = releases[zone.release_id].text[zone.start : zone.end]
        assert piece == piece.strip() != ""
    assert {row.kind for row in tables.DUPLICATES.read()} <= {"identical", "near", "correction"}
    assert len(tables.DUPLICATES.read()) >= 1


def test_workers_change_no_byte(tmp_path, monkeypatch):
    written = []
    for processes in (1, 2):
        root = tmp_path / str(processes)
        root.mkdir()
        _corpus(root, _FILES)
        params = (root / "params.yaml").read_text(encoding="utf-8")
        (root / "params.yaml").write_text(
            re.sub(r"processes: \d+", f"processes: {processes}", params), encoding="utf-8"
        )
        monkeypatch.chdir(root)
        stage.main()
        written.append(
            [
                (root / "data/ingest" / f"{name}.parquet").read_bytes()
                for name in ("releases", "zones", "rejected", "duplicates")
            ]
        )
    assert written[0] == written[1]


def test_an_empty_folder_gives_empty_tables(tmp_path, monkeypatch):
    _corpus(tmp_path, {"README.md": b"nur dies"})
    monkeypatch.chdir(tmp_path)
    assert stage.main() == "ingest: 0 releases, 0 rejected"
    assert tables.RELEASES.read() == []


def test_a_file_too_large_is_not_read(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes(b"x" * 5_000_001)
    read = raw.read("a.txt", made.SETTINGS, tmp_path)
    assert (read.data, read.size) == (None, 5_000_001)
    assert read.sha256 == hashlib.sha256(b"x" * 5_000_001).hexdigest()
    outcome = next(take.take(read, made.SETTINGS))
    assert outcome.rejected is not None
    assert outcome.rejected.code == "too_large"


@pytest.mark.parametrize(
    ("text", "code"), [(made.PROSE, "de"), (_ENGLISH, "en"), ("Le maire de la ville a ouvert le pont.", "fr")]
)
def test_the_language_is_told(text, code):
    assert language.identify(text) == code


@given(
    data=st.binary(max_size=400), suffix=st.sampled_from(["txt", "md", "html", "docx", "odt", "pdf", "eml", "rtf"])
)
def test_no_bytes_stop_the_run(data, suffix):
    outcome = _taken(f"x.{suffix}", data)
    assert (outcome.release is None) != (outcome.rejected is None)


@pytest.mark.parametrize("name", sorted(_BROKEN))
def test_each_broken_input_of_the_sample_corpus_is_rejected_for_its_reason(name):
    path = _PROJECT / "data/raw/defekt" / name
    outcome = next(take.take(raw.read(f"defekt/{name}", made.SETTINGS, _PROJECT / "data/raw"), made.SETTINGS))
    assert path.is_file()
    assert outcome.rejected is not None
    assert outcome.rejected.code == _BROKEN[name]


_ROW = re.compile(r"\| `([^`]+)` \| ([^|]+?) \| (\d{4}-\d\d-\d\d) \|")
_LISTED = _ROW.findall((_PROJECT / "data/raw/README.md").read_text(encoding="utf-8"))


def test_the_sample_corpus_gives_the_dates_and_issuers_that_its_list_states():
    assert len(_LISTED) >= 48
    wrong = [row for row in _LISTED if not _is_as_listed(*row)]
    assert wrong == []


def _is_as_listed(path: str, issuer: str, date: str) -> bool:
    file = raw.read(unicodedata.normalize("NFC", path), made.SETTINGS, _PROJECT / "data/raw")
    outcome = next(take.take(file, made.SETTINGS))
    release = outcome.release
    return release is not None and release.published == date and _words(issuer) <= _words(release.issuer or "")


def _words(text: str) -> set[str]:
    return set(text.lower().split())
