"""A text is found wherever it was packed, escaped or encoded."""

import base64
import gzip
import io
import json
import quopri
import sqlite3
import zipfile
import zlib
from html import escape

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.text import fold
from pipeline.erase import views

SECRET = "Die Bürgermeisterin Ölga Süßmilch sagte „Prüfen & zählen“ am Montag"


def is_found(data):
    return any(fold(SECRET) in fold(text) for text in views.texts(data))


def zipped(content, name="word/document.xml"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def parquet(**columns):
    out = io.BytesIO()
    pd.DataFrame(columns).to_parquet(out, compression="zstd")
    return out.getvalue()


def sqlite(cell):
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE part (id INTEGER PRIMARY KEY, value BLOB)")
    base.execute("INSERT INTO part (value) VALUES (?)", (cell,))
    base.commit()
    return base.serialize()


_RTF = "{\\rtf1\\ansi " + "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in SECRET) + "}"
_FOLDED = SECRET[:40] + "\r\n " + SECRET[40:]
_WAYS = {
    "utf-8": SECRET.encode(),
    "cp1252": SECRET.encode("cp1252"),
    "utf-16": SECRET.encode("utf-16"),
    "wrapped": SECRET.replace(" ", "\n  ").encode(),
    "html": f"<p>{escape(SECRET).replace('Ölga', '<mark>Ölga</mark>')}</p>".encode(),
    "html entities": SECRET.replace("ü", "&uuml;").replace("&", "&amp;").replace("&amp;uuml;", "&uuml;").encode(),
    "json": json.dumps({"text": SECRET}).encode(),
    "json with html": json.dumps({"text": f"<b>{escape(SECRET)}</b>"}).encode(),
    "csv": ('"' + SECRET.replace("Montag", 'Montag ""so""') + '"').encode(),
    "calendar": ("BEGIN:VCALENDAR\r\nSUMMARY:" + _FOLDED + "\r\nEND:VCALENDAR").encode(),
    "rtf": _RTF.encode("ascii"),
    "gzip": gzip.compress(SECRET.encode()),
    "zip": zipped(SECRET),
    "zip in zip": zipped(zipped(f"<w:t>{escape(SECRET)}</w:t>"), "inner.docx"),
    "parquet": parquet(text=["x", SECRET]),
    "parquet list": parquet(variants=[[], [SECRET]]),
    "sqlite": sqlite(SECRET),
    "sqlite with packed cells": sqlite(b"R\0\1head" + zlib.compress(SECRET.encode())),
    "mail, quoted-printable": b"Content-Transfer-Encoding: quoted-printable\n\n"
    + quopri.encodestring(SECRET.encode()),
    "mail, base64": b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(SECRET.encode()),
    "among bytes": bytes(range(32)) * 9 + SECRET.encode() + bytes(range(32)),
}


@pytest.mark.parametrize("way", _WAYS)
def test_a_text_is_found_however_it_is_kept(way):
    assert is_found(_WAYS[way])
    assert not any(fold("Hiervon steht nirgends etwas") in fold(text) for text in views.texts(_WAYS[way]))


def test_the_text_of_a_pdf_is_found():
    text = "Die Stadt Falkenrode baut eine Schule"
    stream = zlib.compress(f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode())
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
            b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        ),
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    data = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, part) for n, part in enumerate(parts, 1))
    data += b"trailer << /Root 1 0 R /Size 5 >>\n%%EOF"
    assert any(text in found for found in views.texts(data))


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"PAR1", b"%PDF", b"\x1f\x8b", b"SQLite format 3\0"]),
)
def test_no_bytes_stop_the_search(data, magic):
    assert all(isinstance(text, str) for text in views.texts(magic + data))
