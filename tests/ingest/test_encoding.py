"""Bytes become German text, or are rejected; never become gibberish."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import Rejection
from pipeline.ingest import encoding

_TEXT = (
    "Größere Brücken für Fußgänger: „Schön, dass es vorangeht“, sagte Bürgermeisterin Käthe Öhm – 3 € je Meter."
)


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "mac_roman"])
def test_every_usual_encoding_is_found(name):
    assert encoding.decode(_TEXT.encode(name)) == (_TEXT, 0)


def test_mojibake_is_repaired_and_counted():
    broken = "Die Brücke für Fußgänger".encode().decode("cp1252")
    text, repairs = encoding.decode(broken.encode())
    assert text == "Die Brücke für Fußgänger"
    assert repairs == 4


def test_a_few_old_bytes_in_utf8_do_not_spoil_the_rest():
    data = "Die Brücke ist schön. ".encode() * 20 + "Größe".encode("cp1252")
    assert encoding.decode(data)[0].endswith("schön. Größe")


def test_bytes_that_no_encoding_explains_are_rejected():
    mixed = "Die Bürger können sich anmelden.".encode("cp037") + "Größe für Zülpich".encode("cp437")
    with pytest.raises(Rejection) as why:
        encoding.decode(mixed * 20)
    assert why.value.code == "unreadable_encoding"


def test_control_characters_are_binary():
    with pytest.raises(Rejection) as why:
        encoding.decode(bytes(range(256)) * 20)
    assert why.value.code == "binary"


_WORDS = [
    "Bürger",
    "Größe",
    "Straße",
    "Öffnung",
    "Ämter",
    "fährt",
    "für",
    "„schön“",
    "5 €",
    "–",
    "am Montag,",
    "Ruß",
]


@given(st.lists(st.sampled_from(_WORDS), min_size=1).map(" ".join))
def test_what_an_office_writes_comes_back_from_utf8_and_cp1252(text):
    assert encoding.decode(text.encode())[0] == text
    # without a letter beyond ASCII both are the same bytes; a lone pair may happen to be valid UTF-8
    if not _is_utf8(text.encode("cp1252")):
        assert encoding.decode(text.encode("cp1252"))[0] == text


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


_OLD = "Das Amt lädt ein: § 5 Satz 2 der Straßenordnung. Die Bäder öffnen, sagte Öhm „heute“."


@pytest.mark.parametrize("name", ["cp1252", "latin-1", "mac_roman", "cp850", "cp437", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [_OLD, "Fähre", "Straße", "Grüße", "ÄRGER ÜBER DIE BRÜCKE"])
def test_old_code_pages_are_told_apart_by_what_stands_beside_an_umlaut(name, text):
    data = text.encode(name, "replace")
    read = encoding.decode(data)[0]
    assert read == data.decode(name)
    assert data.decode(encoding.sniff(data), errors=encoding.MIXED) == read


@pytest.mark.parametrize("steps", [1, 2, 3])
@pytest.mark.parametrize("name", ["cp1252", "mac_roman"])
def test_mojibake_is_undone_however_often_it_was_done(steps, name):
    text = broken = "Die Brücke für Fußgänger ist schön"
    for _ in range(steps if name == "cp1252" else 1):
        broken = broken.encode().decode(name)
    fixed, repairs = encoding.repair(broken)
    assert fixed == text
    assert repairs >= 4


def test_mojibake_beside_sound_letters_is_undone_word_for_word():
    assert encoding.repair("für alle fÃ¼r → Größe") == ("für alle für → Größe", 1)


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("Ba¨ume fu¨r die U¨bung", "Bäume für die Übung"),
        ("B¨aume f¨ur die ¨Ubung", "Bäume für die Übung"),
        ("fu\u0308r Ha\u0308user", "für Häuser"),
        ("fu \u0308r", "für"),
        ("Das Zeichen ¨ allein", "Das Zeichen ¨ allein"),
    ],
)
def test_dots_are_put_back_on_their_letters(torn, whole):
    assert encoding.repair(torn)[0] == whole


def test_quotes_that_came_through_as_control_characters_are_quotes():
    assert encoding.repair("\x84Ja\x93 \x96 sagt sie\x85") == ("„Ja“ – sagt sie…", 4)
    assert encoding.repair("eine Zeile\x85noch eine")[1] == 0, "alone it is an old line end"


@given(st.text(max_size=200))
def test_repairing_twice_changes_nothing_more(text):
    once = encoding.repair(text)[0]
    assert encoding.repair(once) == (once, 0) or encoding.repair(encoding.repair(once)[0])[1] == 0
