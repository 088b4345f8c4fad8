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


_WORDS = ["Bürger", "Größe", "Straße", "Öffnung", "Ämter", "fährt", "für", "„schön“", "5 €", "–", "am Montag,", "Ruß"]


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
