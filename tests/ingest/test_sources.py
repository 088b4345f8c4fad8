"""Each reader keeps the text in its order and the metadata that the file has."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from pipeline.core.errors import Rejection
from pipeline.ingest import sources
from pipeline.ingest.sources import markdown, opendocument, pdf, rtf, webpage, word
from pipeline.ingest.sources.source import Source
from tests.ingest import made


def test_word_keeps_page_header_paragraphs_and_tables():
    data = made.docx_file(
        ["Neue Brücke eröffnet", made.PROSE], "Stadt Falkenrode", [["Jahr", "2020"], ["km", "12"]]
    )
    source = word.read(data)
    assert source.paragraphs == ("Stadt Falkenrode", "Neue Brücke eröffnet", made.PROSE, "Jahr | 2020\nkm | 12")
    assert source.file_date is None, "the date of the template says nothing"


def test_opendocument_keeps_paragraphs():
    assert opendocument.read(made.odt_file(["Neue Brücke", made.PROSE])).paragraphs == ("Neue Brücke", made.PROSE)


def test_markdown_takes_title_date_and_author_from_the_front_matter():
    head = "---\ntitle: Neue Brücke\ndate: 2021-05-03\nauthor: Stadt Falkenrode\n---\n"
    text = head + "\nEine *Brücke*\nfür alle.\n\n- a\n- b\n"
    source = markdown.read(text.encode())
    assert (source.title, source.date, source.author) == ("Neue Brücke", "2021-05-03", "Stadt Falkenrode")
    assert source.paragraphs == ("Eine Brücke für alle.", "- a\n- b")


def test_front_matter_that_is_no_yaml_is_read_line_by_line():
    source = markdown.read(b"---\ntitle: Bruecke: endlich offen\ndate: 2021-05-03\n---\nText\n")
    assert (source.title, source.date) == ("Bruecke: endlich offen", "2021-05-03")


def test_markdown_without_front_matter_is_text():
    assert markdown.read(b"# Kopf\n\nHinweis: ein Satz.\n").paragraphs == ("Kopf", "Hinweis: ein Satz.")


_PAGE = f"""<html><head><title>Neue Brücke eröffnet | Stadt Falkenrode</title>
<meta property="article:published_time" content="2021-05-03T10:00">
<meta name="DC.publisher" content="Stadt Falkenrode">
</head><body><nav><a href="/">Start</a> <a href="/b">Bürger</a></nav><div id="x">
<p>03.05.2021 | Pressemitteilung 12/2021</p><h1>Neue Brücke eröffnet</h1>
<p>{made.PROSE}</p><p>{made.PROSE[::-1]}</p>
<p>Kontakt: Maren Tiefensee<br>Telefon 03699 12345</p><p>Zurück zur Übersicht</p></div>
<aside><h3>Termine</h3>5.6.2021 Markt</aside><footer>Impressum</footer></body></html>"""


def test_a_web_page_keeps_headline_dateline_and_contact_and_drops_the_site():
    source = webpage.read(_PAGE.encode())
    text = "\n\n".join(source.paragraphs)
    assert text.startswith("03.05.2021 | Pressemitteilung 12/2021\n\nNeue Brücke eröffnet\n\nDie Gemeinde")
    assert text.endswith("Kontakt: Maren Tiefensee\nTelefon 03699 12345")
    assert (source.title, source.date) == ("Neue Brücke eröffnet", "2021-05-03T10:00")
    assert source.publisher == "Stadt Falkenrode"


def test_a_page_in_an_old_encoding_says_so_itself():
    page = _PAGE.replace("<head>", '<head><meta charset="iso-8859-1">').encode("iso-8859-1")
    assert "Rücklagen" in "".join(webpage.read(page).paragraphs)


def _one(path: str, data: bytes) -> Source:
    (item,) = sources.read(path, data, made.SETTINGS)
    assert isinstance(item.content, Source)
    return item.content


def _mail(text: str, html: str | None = None, charset: str = "utf-8") -> bytes:
    message = EmailMessage()
    message["Subject"] = "WG: Pressemitteilung: Neue Brücke"
    message["From"] = "Stadt Falkenrode <presse@falkenrode.example>"
    message["Date"] = "Mon, 03 May 2021 10:00:00 +0200"
    message.set_content(text, charset=charset)
    if html:
        message.add_alternative(html, subtype="html")
    return message.as_bytes()


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "cp1252"])
def test_a_mail_gives_its_plain_text_subject_date_and_sender(charset):
    source = _one("a.eml", _mail(made.PROSE, "<p>nicht dies</p>", charset))
    assert source.paragraphs == (made.PROSE,)
    assert source.hint == "Pressemitteilung: Neue Brücke"
    assert (source.date, source.publisher) == ("2021-05-03", "Stadt Falkenrode")


def test_a_mail_without_plain_text_gives_its_html():
    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content("<h1>Neue Brücke</h1><p>Für alle.</p>", subtype="html")
    assert _one("a.eml", message.as_bytes()).paragraphs == ("Neue Brücke", "Für alle.")


def test_rtf_gives_text_title_and_date():
    head = r"{\rtf1\ansi\ansicpg1252{\info{\title Neue Br\'fccke}{\creatim\yr2021\mo5\dy3}}"
    code = head + r"Br\'fccke\par\par Ein Weg.\par}"
    source = rtf.read(code.encode("ascii"))
    assert source.paragraphs == ("Brücke", "Ein Weg.")
    assert (source.hint, source.file_date) == ("Neue Brücke", "2021-05-03")


def _column(x: float, lines: list[str], top: float = 700) -> list[tuple[float, float, str]]:
    return [(x, top - 14 * number, line) for number, line in enumerate(lines)]


_LEFT = [
    "Die Stadtwerke Falkenrode bauen bis zum",
    "Herbst ein neues Netz für die Fern-",
    "wärme. Davon haben zuerst die Schulen",
    "und das Krankenhaus etwas, später sind",
    "die Wohnhäuser am Markt an der Reihe,",
    "sagte der Leiter des Werks am Montag.",
]
_RIGHT = [
    "Rechts geht der Text der Mitteilung wei-",
    "ter, und zwar mit einem neuen Absatz der",
    "erst nach der linken Spalte gelesen wird.",
    "Der Bau kostet zwölf Millionen Euro, und",
    "davon trägt das Land Thüringen die Hälfte",
    "aus dem Programm für kommunale Wärme.",
]


def test_pdf_columns_are_read_one_after_the_other_with_hyphens_undone():
    page = [(60, 780, "Neues Netz für die Wärme in der ganzen Stadt Falkenrode bis zum kommenden Herbst fertig")]
    source = pdf.read(made.pdf_file([[*page, *_column(60, _LEFT), *_column(320, _RIGHT)]]))
    text = "\n\n".join(source.paragraphs)
    assert (
        text.index("Fernwärme. Davon")
        < text.index("am Montag.")
        < text.index("Rechts geht der Text der Mitteilung weiter")
    )
    assert source.repairs == 2


def test_pdf_headers_footers_and_page_numbers_are_dropped_but_the_letterhead_stays():
    pages = [
        [(60, 800, "Stadt Falkenrode"), *_column(60, _LEFT), (60, 40, "Seite 1 von 2")],
        [(60, 800, "Stadt Falkenrode"), *_column(60, _RIGHT), (60, 40, "Seite 2 von 2")],
    ]
    text = "\n\n".join(pdf.read(made.pdf_file(pages)).paragraphs)
    assert text.startswith("Stadt Falkenrode\n\nDie Stadtwerke")
    assert text.count("Stadt Falkenrode") == 1
    assert "Seite" not in text


def test_pdf_table_rows_stay_rows():
    rows = [
        (x, 700 - 14 * number, text) for number in range(6) for x, text in ((60, f"Jahr {number}"), (300, "12"))
    ]
    assert "Jahr 0 | 12\nJahr 1 | 12" in "\n".join(pdf.read(made.pdf_file([rows])).paragraphs)


def test_a_pdf_of_pictures_has_no_text_layer():
    with pytest.raises(Rejection) as why:
        pdf.read(made.pdf_file([[]]))
    assert why.value.code == "no_text_layer"


def test_a_fault_of_a_parser_becomes_a_rejection_that_names_it(monkeypatch):
    def broken(_data):
        raise ZeroDivisionError

    monkeypatch.setitem(sources._READERS, ".txt", ("text", broken))
    with pytest.raises(Rejection) as why:
        next(sources.read("a.txt", b"Text", made.SETTINGS))
    assert why.value.code == "corrupt"
    assert "ZeroDivisionError" in why.value.reason_de


_MDX = """import Block from "./block";
export const meta = { title: "Neue Brücke", date: "2021-05-03" };

<Block kind={{ a: 1 }}>
    <div className="x">
        Die Brücke
        ist **fertig**.
    </div>

    <Quote author="Ida Thorwald, Bürgermeisterin">
        „Endlich.“
    </Quote>
</Block>

{/* Kommentar */}
- eins
- zwei
"""


def test_mdx_gives_the_text_between_components_and_no_code():
    source = markdown.read_mdx(_MDX.encode())
    assert (source.title, source.date, source.format) == ("Neue Brücke", "2021-05-03", "mdx")
    assert source.paragraphs == (
        "Die Brücke ist fertig.",
        "„Endlich.“",
        "Ida Thorwald, Bürgermeisterin",
        "- eins\n- zwei",
    )


def test_items_of_a_numbered_list_keep_their_numbers():
    assert markdown.read(b"2. b\n3. c\n\n1) x\n").paragraphs == ("2. b\n3. c", "1) x")


def _page(body: str) -> tuple[str, ...]:
    page = f"<html><head><title>Neue Brücke eröffnet</title></head><body>{body}</body></html>"
    return webpage.read(page.encode()).paragraphs


_ARTICLE = f"<h1>Neue Brücke eröffnet</h1><p>{made.PROSE}</p><p>{made.PROSE[::-1]}</p>"


def test_a_page_that_an_old_system_put_into_one_form_is_read():
    found = _page(f"<form action='/'><div>{_ARTICLE}</div><form><input>Suche</form></form>")
    assert made.PROSE in found


def test_banners_paths_and_share_buttons_of_a_page_are_dropped():
    banner = "<div class='cookie-banner'><p>Wir verwenden Cookies und andere Techniken auf dieser Seite.</p></div>"
    path = "<ol class='breadcrumb'><li>Start</li><li>Presse</li></ol>"
    share = "<div id='social-media'><p>Folgen Sie uns überall</p></div><p>Seite teilen / merken</p>"
    share += "<ol><li>Startseite</li></ol>"
    found = _page(f"<article>{banner}{path}{_ARTICLE}{share}</article>")
    assert found == ("Neue Brücke eröffnet", made.PROSE, made.PROSE[::-1])


def test_contact_and_boilerplate_below_a_list_of_other_releases_are_kept():
    more = "<h2>Weitere Pressemitteilungen</h2><ul><li>Altes Dach</li></ul><p>Noch eine ältere Nachricht.</p>"
    contact = (
        "<h2>Über die Stadt Falkenrode</h2><p>Sie liegt im Tal.</p><h2>Pressekontakt</h2><p>Maren Tiefensee</p>"
    )
    found = _page(f"<article>{_ARTICLE}{more}{contact}</article>")
    assert found[3:] == ("Über die Stadt Falkenrode", "Sie liegt im Tal.", "Pressekontakt", "Maren Tiefensee")


def test_rows_of_tables_and_numbered_items_of_a_page_stand_together():
    table = "<table><tr><th>Jahr</th><th>km</th></tr><tr><td>2020</td><td>12</td></tr></table>"
    items = "<ol start='3'><li>Drei</li><li>Vier</li></ol>"
    found = _page(f"<article>{_ARTICLE}{table}<p>Dazu:</p>{items}</article>")
    assert found[3:] == ("Jahr | km\n2020 | 12", "Dazu:", "3. Drei\n4. Vier")
