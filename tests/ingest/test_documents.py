"""Word, OpenDocument and RTF files give what a reader sees on paper, and nothing that is hidden."""

from __future__ import annotations

import docx
import odfdo
import pytest
from docx.oxml import parse_xml
from lxml import etree

from pipeline.ingest.sources import opendocument, rtf, word
from tests.ingest import made

_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (("text", "text"), ("draw", "drawing"), ("table", "table"), ("office", "office"))
)


def _run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _word(*elements: str) -> tuple[str, ...]:
    document = docx.Document()
    body = document.element.body
    for element in elements:
        body.insert(len(body) - 1, parse_xml(element.replace(">", f" {_W}>", 1)))
    return word.read(made._saved(document)).paragraphs


def test_changes_in_word_are_accepted_and_hidden_text_is_left_out():
    inserted = f'<w:ins w:id="1">{_run("neue")}</w:ins>'
    deleted = '<w:del w:id="2"><w:r><w:delText>alte</w:delText></w:r></w:del>'
    hidden = _run("geheim", "<w:vanish/>")
    paragraph = f"<w:p>{_run('Der ')}{inserted}{deleted}{_run(' Weg')}{hidden}</w:p>"
    assert _word(paragraph) == ("Der neue Weg",)


def test_text_in_content_controls_links_and_fields_of_word_is_kept():
    control = f"<w:sdt><w:sdtContent><w:p>{_run('Im Feld')}</w:p></w:sdtContent></w:sdt>"
    link = f"<w:p><w:hyperlink>{_run('Verweis')}</w:hyperlink><w:r><w:noBreakHyphen/></w:r>{_run('Ziel')}</w:p>"
    field = f"<w:p><w:r><w:instrText>DATE</w:instrText></w:r>{_run('3. Mai 2021')}</w:p>"
    assert _word(control, link, field) == ("Im Feld", "Verweis-Ziel", "3. Mai 2021")


def test_a_text_box_of_word_is_read_once():
    box = f"<w:txbxContent><w:p>{_run('Kasten')}</w:p></w:txbxContent>"
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert _word(f"<w:p>{_run('Anker')}<w:r>{both}</w:r></w:p>") == ("Anker", "Kasten")


def test_numbered_paragraphs_of_word_are_items_and_headings_are_not():
    number = '<w:pPr>{}<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    items = [f"<w:p>{number.format('')}{_run(text)}</w:p>" for text in ("Eins", "Zwei")]
    style = '<w:pStyle w:val="berschrift1"/>'
    heading = f"<w:p>{number.format(style)}{_run('Kopf')}</w:p>"
    assert _word(heading, *items) == ("Kopf", "- Eins\n- Zwei")


def test_a_table_within_a_table_of_word_is_said_once():
    document = docx.Document()
    cell = document.add_table(1, 2).rows[0].cells
    cell[0].text = "Außen"
    cell[1].add_table(1, 1).rows[0].cells[0].text = "Innen"
    assert word.read(made._saved(document)).paragraphs == ("Außen | Innen",)


def test_the_letterhead_of_word_is_the_header_of_the_first_page():
    document = docx.Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "Stadt Falkenrode"
    section.header.paragraphs[0].text = "Fortsetzung"
    document.add_paragraph("Text.")
    assert word.read(made._saved(document)).paragraphs == ("Stadt Falkenrode", "Text.")


def _odt(*elements: str) -> tuple[str, ...]:
    document = odfdo.Document("text")
    document.body.clear()
    for element in elements:
        document.body._xml_element.append(etree.fromstring(element.replace(">", f" {_ODF}>", 1)))
    return opendocument.read(made._saved(document)).paragraphs


def test_opendocument_gives_breaks_tabs_notes_and_boxes_but_no_comments():
    body = "<text:note-body><text:p>Quelle.</text:p></text:note-body>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{body}</text:note>"
    comment = "<office:annotation><text:p>Bitte prüfen!</text:p></office:annotation>"
    box = "<draw:frame><draw:text-box><text:p>Kasten</text:p></draw:text-box></draw:frame>"
    paragraph = (
        f'<text:p>Ein<text:s text:c="2"/>Satz{note}{comment}.<text:line-break/>Zeile<text:tab/>zwei{box}</text:p>'
    )
    assert _odt(paragraph) == ("Ein  Satz.\nZeile\tzwei", "Kasten", "Quelle.")


def test_opendocument_lists_and_rows_of_tables_stand_together():
    items = "".join(f"<text:list-item><text:p>{text}</text:p></text:list-item>" for text in ("eins", "zwei"))
    cells = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in ("Jahr", "2020"))
    found = _odt(
        f"<text:list>{items}</text:list>",
        "<text:p>Tabelle:</text:p>",
        f"<table:table><table:table-row>{cells}</table:table-row></table:table>",
    )
    assert found == ("- eins\n- zwei", "Tabelle:", "Jahr | 2020")


def test_what_was_deleted_from_opendocument_stays_deleted():
    deleted = "<text:changed-region><text:deletion><text:p>weg</text:p></text:deletion></text:changed-region>"
    assert _odt(f"<text:tracked-changes>{deleted}</text:tracked-changes>", "<text:p>da</text:p>") == ("da",)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (r"{\rtf1\ansi\ansicpg1252 Gr\'f6\'dfe\par}", "Größe"),
        (r"{\rtf1\ansi\uc1 Gr\u246?\u223?e, \u8222?ja\u8220?\par}", "Größe, „ja“"),
        (r"{\rtf1\ansi\uc0 Gr\u246\u223e\par}", "Größe"),
        (r"{\rtf1\mac Gr\'9a\'a7e\par}", "Größe"),
        (r"{\rtf1\pc Gr\'94\'e1e\par}", "Größe"),
        (r"{\rtf1\ansi{\fonttbl{\f1\fcharset238 A;}}{\f1 \'9aimon}\par}", "šimon"),
        (r"{\rtf1\ansi sichtbar{\v versteckt}{\deleted alt}\par}", "sichtbar"),
        (r"{\rtf1\ansi\pard\u61623?\tab Punkt\par}", "- Punkt"),
    ],
)
def test_rtf_gives_letters_of_every_code_page_and_nothing_hidden(code, text):
    assert rtf.read(code.encode("ascii")).paragraphs == (text,)


def test_rtf_gives_letterhead_table_and_notes():
    code = (
        r"{\rtf1\ansi{\header\pard Stadt Falkenrode\par}{\footer Seite 1\par}"
        r"\pard Text{\footnote Quelle.} weiter.\par"
        r"\trowd Jahr\cell km\cell\row 2020\cell 12\cell\row\pard Ende\par}"
    )
    found = rtf.read(code.encode("ascii")).paragraphs
    assert found == ("Stadt Falkenrode", "Text weiter.", "Jahr | km\n2020 | 12", "Ende", "Quelle.")


def test_rtf_with_braces_in_its_text_is_not_cut():
    assert rtf.read(rb"{\rtf1\ansi{\header \{Kopf\}}Text \} mehr\par}").paragraphs == ("{Kopf}", "Text } mehr")
