"""Files of every format, made in memory; all text is invented."""

from __future__ import annotations

import io
import zipfile

import docx
import odfdo

from pipeline.ingest.settings import FieldNames, IngestParams
from pipeline.ingest.sources.source import Source

SETTINGS = IngestParams(
    languages=["de"],
    min_letters=80,
    max_file_mb=5,
    max_bulk_mb=50,
    max_unpacked_mb=20,
    max_word_chars=2000,
    max_seconds=60,
    max_memory_mb=2000,
    max_cache_mb=100,
    near_duplicate=0.6,
    office_seconds=20,
    fields=FieldNames(
        text=["text", "Meldung", "content", "markdown", "description"],
        title=["title", "Überschrift"],
        subtitle=["subtitle"],
        lead=["lead", "Vorspann"],
        date=["date", "Datum"],
        issuer=["issuer", "Herausgeber"],
        number=["number", "Nr"],
        place=["place", "Ort"],
        url=["url", "Link"],
    ),
)

RELEASE = """Stadt Falkenrode
Pressestelle, Marktplatz 1, 99999 Falkenrode

Pressemitteilung Nr. 12/2021

Neue Brücke über die Lohe eröffnet

Radweg schließt letzte Lücke im Tal

Falkenrode, 3. Mai 2021. Die Stadt Falkenrode hat am Montag die neue Brücke über die Lohe eröffnet. Sie ist 42 \
Meter lang und verbindet den Bahnhof mit der Altstadt. „Darauf haben viele lange gewartet“, sagte Bürgermeisterin \
Ida Thorwald bei der Feier.

Der Bau kostete zwei Millionen Euro. Gefördert wurde er vom Land. Im kommenden Jahr folgt der Uferweg.

Foto: Die neue Brücke am Tag der Eröffnung. Bild: Stadt Falkenrode

Pressekontakt:
Maren Tiefensee
Telefon: 03699 12345-10
presse@falkenrode.example
"""

PROSE = (
    "Die Gemeinde erneuert in den Sommerferien das Dach der Turnhalle. Handwerker aus dem Ort bauen"
    " neue Fenster ein, und im Herbst ziehen die Vereine wieder ein. Bezahlt wird der Umbau aus"
    " Rücklagen der Gemeinde."
)


def source(text: str = RELEASE, **values: object) -> Source:
    """A plain text source."""
    return Source("txt", tuple(text.split("\n\n")), **values)  # type: ignore[arg-type]


def docx_file(paragraphs: list[str], header: str = "", rows: list[list[str]] | None = None) -> bytes:
    """A Word document."""
    document = docx.Document()
    if header:
        document.sections[0].header.paragraphs[0].text = header
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    return _saved(document)


def odt_file(paragraphs: list[str]) -> bytes:
    """An OpenDocument text."""
    document = odfdo.Document("text")
    document.body.clear()
    for text in paragraphs:
        document.body.append(odfdo.Paragraph(text))
    return _saved(document)


def _saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def zip_file(members: dict[str, bytes]) -> bytes:
    """A ZIP archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def pdf_file(pages: list[list[tuple[float, float, str]]], size: float = 11) -> bytes:
    """A PDF with lines of Helvetica at (x, y) from the lower left corner of an A4 page."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        drawn = "".join(f"BT /F1 {size} Tf {x} {y} Td ({_escaped(text)}) Tj ET\n" for x, y, text in page)
        stream = drawn.encode("cp1252")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream))
    return _with_table(objects)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _with_table(objects: list[bytes]) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end
