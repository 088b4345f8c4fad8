"""What a web page calls its site is found in its title and its foot."""

from __future__ import annotations

import pytest
from lxml import html

from pipeline.ingest.sources import webpage
from pipeline.ingest.sources.site_names import site_names
from tests.ingest import made


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("<title>Neues Dach | Stadt Falkenrode</title>", ("Stadt Falkenrode",)),
        ("<title>Stadt Falkenrode – Aktuelles – Neues Dach</title>", ("Aktuelles", "Stadt Falkenrode")),
        ("<title>Neues Dach</title>", ()),
        ("<title>Neues Dach</title><footer>© 2021 Lohetal e.V. | Impressum</footer>", ("Lohetal e.V.",)),
        ("<title>Neues Dach</title><footer>© 2021 Lohetal e. V. Alle Rechte</footer>", ("Lohetal e. V.",)),
        ("<div id='footer'>Copyright 2019-2021 by Bund Lohetal, Marktplatz 1</div>", ("Bund Lohetal",)),
        ("<footer>Impressum</footer>", ()),
        ("<meta name='copyright' content='Bund Lohetal'>", ("Bund Lohetal",)),
    ],
)
def test_a_page_names_its_site(page, names):
    tree = html.document_fromstring(f"<html><body>{page}<p>{made.PROSE}</p></body></html>")
    assert site_names(tree, "Neues Dach") == names


def test_the_foot_is_read_though_it_is_no_part_of_the_message():
    page = f"<title>Dach</title><article><p>{made.PROSE * 3}</p></article><footer>© 2020 Bund Lohetal</footer>"
    source = webpage.read(f"<html><body>{page}</body></html>".encode())
    assert source.site == ("Bund Lohetal",)
    assert "Bund Lohetal" not in "".join(source.paragraphs)
