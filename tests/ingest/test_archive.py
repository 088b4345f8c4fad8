"""ZIP archives: members are releases, whatever they are called and whatever they try."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.core.errors import Rejection
from pipeline.ingest import sources
from pipeline.ingest.sources.item import Item
from tests.ingest import made


def _items(data: bytes) -> list[Item]:
    return list(sources.read_bulk("export.zip", io.BytesIO(data), made.SETTINGS))


def _code(data: bytes) -> str:
    with pytest.raises(Rejection) as why:
        _items(data)
    return why.value.code


def test_members_are_releases_named_after_their_paths():
    data = made.zip_file(
        {
            "2021/b.txt": made.PROSE.encode(),
            "2021/a.docx": made.docx_file([made.PROSE]),
            "__MACOSX/2021/._a.docx": b"x",
            "2021/bild.jpg": b"\xff\xd8\xff",
            "2021/.DS_Store": b"x",
        }
    )
    items = _items(data)
    assert [item.member for item in items] == ["2021/a.docx", "2021/b.txt"]
    assert items[1].content.name == "2021/b.txt"


def test_a_release_in_an_archive_has_the_digest_of_the_file_itself():
    data = made.PROSE.encode()
    (one,) = _items(made.zip_file({"a.txt": data}))
    (two,) = _items(made.zip_file({"anders/b.txt": data}))
    assert one.sha256 == two.sha256


def test_a_table_a_mail_and_an_archive_in_an_archive_are_read_too():
    inner = made.zip_file({"c.txt": made.PROSE.encode()})
    table = b"Meldung;Datum\nEin Text;2021-05-03\n"
    mail = b"Subject: x\n\n" + made.PROSE.encode()
    items = _items(made.zip_file({"a.zip": inner, "b.csv": table, "d.eml": mail}))
    assert [item.member for item in items] == ["a.zip/c.txt", "b.csv/2", "d.eml"]


def test_paths_that_would_lead_out_are_only_names():
    items = _items(made.zip_file({"../../etc/a.txt": made.PROSE.encode(), "C:\\b.txt": made.PROSE.encode()}))
    assert [item.member for item in items] == ["etc/a.txt", "C_/b.txt"]


def test_a_member_that_cannot_be_read_costs_only_itself():
    items = _items(made.zip_file({"a.exe": b"x", "b.docx": b"PK\x03\x04", "c.txt": made.PROSE.encode()}))
    assert [getattr(item.content, "code", None) for item in items] == ["unknown_format", "truncated", None]


def test_archives_packed_into_archives_end_at_a_depth():
    data = made.PROSE.encode()
    name = "a.txt"
    for _ in range(8):
        data, name = made.zip_file({name: data}), "a.zip"
    assert [item.content.code for item in _items(data)] == ["nested_too_deep"]


def test_what_all_parts_unpack_to_counts_against_one_limit():
    inner = made.zip_file({f"{number}.txt": b"a " * 1_500_000 for number in range(4)})
    assert _code(made.zip_file({f"{number}.zip": inner for number in range(4)})) == "bomb"


def test_a_member_larger_than_a_file_may_be_is_rejected_alone():
    items = _items(made.zip_file({"a.txt": b"a" * 5_000_001, "b.txt": made.PROSE.encode()}))
    assert [getattr(item.content, "code", None) for item in items] == ["too_large", None]


def test_a_cut_off_archive_is_truncated():
    assert _code(made.zip_file({"a.txt": made.PROSE.encode()})[:-30]) == "truncated"


@pytest.mark.parametrize("encoding", ["utf-8", "cp850"])
def test_umlauts_in_names_of_old_archives_are_found(encoding):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("Gr__e.txt", made.PROSE)
    raw = "Größe.txt".encode(encoding)
    plain = b"Gr__e.txt".ljust(len(raw), b"x")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(plain.decode(), made.PROSE)
    (item,) = _items(stream.getvalue().replace(plain, raw))
    assert item.member == "Größe.txt"
