"""Releases leave data/raw, and only they: every other release keeps its id."""

import gzip
import hashlib
import json
import zipfile

import pytest

from pipeline.core.errors import InputError
from pipeline.core.records import Rejected, Release
from pipeline.erase import removal
from pipeline.ingest import raw, take
from tests.ingest import made

_TEXT = (
    "Falkenrode, {day}. Mai 2021. Die Stadt Falkenrode hat am Montag die Brücke Nr. {day} eröffnet. Sie ist"
    " vierzig Meter lang und führt über die Ilme; alle Bürger sind eingeladen."
)
_DAYS = (3, 4, 5)
_TEXTS = [_TEXT.format(day=day) for day in _DAYS]
_MAIL = "From a@b.example Mon May  {day} 10:00:00 2021\nFrom: a@b.example\nSubject: Brücke {day}\n\n{text}\n\n"
_FEED = '<?xml version="1.0"?>\n<rss version="2.0"><channel><title>Stadt</title>{items}</channel></rss>'
_ITEM = (
    "<item><title>Brücke {day}</title><description>{text}</description>"
    "<pubDate>Mon, 0{day} May 2021 10:00:00 +0200</pubDate></item>"
)


def _rows():
    return [
        {"titel": f"Brücke {day}", "text": text, "datum": f"2021-05-0{day}"}
        for day, text in zip(_DAYS, _TEXTS, strict=True)
    ]


def _csv(delimiter=";", head=""):
    lines = [delimiter.join(["titel", "text", "datum"])]
    lines += [
        delimiter.join([f'"Brücke\n{row["titel"][-1]}"', f'"{row["text"]}"', row["datum"]]) for row in _rows()
    ]
    return (head + "\r\n".join(lines) + "\r\n").encode()


def _each(form):
    return "".join(form.format(day=day, text=text) for day, text in zip(_DAYS, _TEXTS, strict=True))


_BULK = {
    "a.csv": _csv(),
    "sep.csv": _csv(",", "sep=,\r\n"),
    "alt.csv": _csv().decode().encode("cp1252"),
    "a.csv.gz": gzip.compress(_csv()),
    "a.jsonl": "\n".join(json.dumps(row) for row in _rows()).encode() + b"\n",
    "a.json": json.dumps(_rows()).encode(),
    "um.json": json.dumps({"stand": "heute", "items": _rows()}).encode(),
    "a.mbox": _each(_MAIL).encode(),
    "a.rss": _FEED.format(items=_each(_ITEM)).encode(),
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data/raw").mkdir(parents=True)
    return tmp_path / "data/raw"


def _taken(name):
    return [out.release for out in take.take(raw.read(name, made.SETTINGS), made.SETTINGS) if out.release]


def _plan(releases, gone, rejected=()):
    shas = frozenset(release.source_sha256 for release in gone)
    return removal.plan(releases, rejected, shas, made.SETTINGS)


@pytest.mark.parametrize("name", _BULK)
def test_one_release_leaves_a_file_of_many_and_the_others_keep_their_ids(folder, name):
    (folder / name).write_bytes(_BULK[name])
    releases: list[Release] = _taken(name)
    assert len(releases) == 3
    for plan in _plan(releases, [releases[1]]):
        plan.do()
    assert [release.release_id for release in _taken(name)] == [releases[0].release_id, releases[2].release_id]
    data = (folder / name).read_bytes()
    assert "Nr. 4" not in (gzip.decompress(data) if name.endswith(".gz") else data).decode("cp1252")
    assert [path.name for path in folder.iterdir()] == [name]


def test_a_member_leaves_an_archive(folder):
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        for day, text in zip(_DAYS, _TEXTS, strict=True):
            archive.writestr(f"Mai/{day}.txt", text)
    releases = _taken("a.zip")
    for plan in _plan(releases, releases[:1]):
        plan.do()
    assert [release.text for release in _taken("a.zip")] == [release.text for release in releases[1:]]
    assert zipfile.ZipFile(folder / "a.zip").namelist() == ["Mai/4.txt", "Mai/5.txt"]


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.mbox"])
def test_what_stays_keeps_its_bytes(folder, name):
    (folder / name).write_bytes(_BULK[name])
    releases = _taken(name)
    for plan in _plan(releases, releases[2:]):
        plan.do()
    assert _BULK[name].startswith((folder / name).read_bytes())


def test_a_file_goes_with_its_copies_and_when_all_its_releases_go(folder):
    for name in ("a.txt", "kopie/b.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(_TEXTS[0], encoding="utf-8")
    (folder / "a.mbox").write_bytes(_BULK["a.mbox"])
    (folder / "neu.txt").write_text(_TEXTS[0], encoding="utf-8")  # no run has seen it yet
    releases = [*_taken("a.txt"), *_taken("a.mbox")]
    copy = Rejected("kopie/b.txt", releases[0].source_sha256, "identical_copy", "", "")
    for plan in _plan(releases, releases, [copy]):
        plan.do()
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_a_mail_with_two_releases_is_refused_whole_and_nothing_changes(folder):
    lines = [
        "From: a@b.example",
        "Subject: Zwei",
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="x"',
        "",
    ]
    for day, text in zip(_DAYS, _TEXTS, strict=True):
        lines += [
            "--x",
            "Content-Type: text/plain; charset=utf-8",
            f'Content-Disposition: attachment; filename="{day}.txt"',
            "",
            text,
        ]
    (folder / "a.eml").write_text("\n".join([*lines, "--x--", ""]), encoding="utf-8")
    (folder / "b.jsonl").write_bytes(_BULK["a.jsonl"])
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    mails, rows = _taken("a.eml"), _taken("b.jsonl")
    assert len(mails) == 3
    with pytest.raises(InputError, match="cannot be rewritten"):
        _plan([*rows, *mails], [rows[0], mails[0]])
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_file_that_changed_since_the_run_is_not_touched(folder):
    (folder / "a.txt").write_text(_TEXTS[0], encoding="utf-8")
    releases = _taken("a.txt")
    (folder / "a.txt").write_text(_TEXTS[1], encoding="utf-8")
    with pytest.raises(InputError, match="changed since"):
        _plan(releases, releases)
    assert hashlib.sha256((folder / "a.txt").read_bytes()).hexdigest() != releases[0].source_sha256
