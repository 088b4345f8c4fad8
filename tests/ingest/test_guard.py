"""Harmful and broken files are refused before a parser sees them."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.core.errors import Rejection
from pipeline.ingest import guard, sources
from tests.ingest import made


def _code(action, *arguments) -> str:
    with pytest.raises(Rejection) as why:
        action(*arguments)
    return why.value.code


def test_a_file_may_be_as_large_as_allowed_and_no_larger():
    guard.check_size(5_000_000, 5)
    assert _code(guard.check_size, 5_000_001, 5) == "too_large"


def test_the_directory_of_an_archive_betrays_a_bomb():
    bomb = made.zip_file({"word/document.xml": b"a" * 30_000_000})
    assert len(bomb) < 100_000
    assert _code(guard.check_zip, bomb, 20) == "bomb"


def test_a_lying_directory_does_not_help_a_bomb():
    honest = made.zip_file({"content.xml": b"a" * 3_000_000})
    size = (3_000_000).to_bytes(4, "little")
    lying = honest.replace(size, (10).to_bytes(4, "little"))
    assert lying != honest
    assert _code(guard.check_zip, lying, 1) in ("bomb", "corrupt")


def test_entities_in_xml_are_a_bomb():
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    assert _code(guard.check_zip, made.zip_file({"content.xml": laughs}), 20) == "bomb"


def test_an_archive_without_its_end_is_truncated():
    whole = made.docx_file([made.PROSE])
    assert _code(guard.check_zip, whole[: len(whole) // 2], 20) == "truncated"


def test_a_damaged_member_is_corrupt():
    data = bytearray(made.zip_file({"content.xml": bytes(range(256)) * 200}))
    data[60:80] = b"\xff" * 20
    assert _code(guard.check_zip, bytes(data), 20) == "corrupt"


def test_a_locked_archive_is_encrypted():
    stream = io.BytesIO(made.zip_file({"content.xml": b"<x/>"}))
    data = bytearray(stream.getvalue())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    assert zipfile.ZipFile(io.BytesIO(bytes(data))).infolist()[0].flag_bits & 1
    assert _code(guard.check_zip, bytes(data), 20) == "encrypted"


@pytest.mark.parametrize(
    ("path", "data", "code"),
    [
        ("a.doc", b"kein Word", "corrupt"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "unknown_format"),
        ("a", b"Text", "unknown_format"),
        ("a.txt", b"", "empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n....", "binary"),
        ("a.html", b"%PDF-1.4", "binary"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "encrypted"),
        ("a.docx", b"%PDF-1.4", "corrupt"),
        ("a.pdf", b"kein PDF", "corrupt"),
        ("a.pdf", b"%PDF-1.4\nabgeschnitten", "truncated"),
        ("a.rtf", rb"{\rtf1 {\b abgeschnitten", "truncated"),
        ("a.eml", b"\n\nohne Kopfzeilen", "corrupt"),
        ("a.docx", made.zip_file({"readme.xml": b"<x/>"}), "corrupt"),
        ("a.odt", made.zip_file({"readme.xml": b"<x/>"}), "corrupt"),
    ],
)
def test_what_is_not_what_its_name_says_is_rejected(path, data, code):
    assert _code(lambda: list(sources.read(path, data, made.SETTINGS))) == code


def test_a_text_of_one_monstrous_word_has_no_words():
    assert _code(guard.check_words, "x" * 5000, 2000) == "no_words"
    guard.check_words(made.PROSE * 30 + " " + "x" * 5000, 2000)


def test_a_text_of_a_few_letters_is_empty():
    assert _code(guard.check_letters, "Siehe Anlage. 12345", 80) == "empty"
    guard.check_letters(made.PROSE, 80)
