"""What the register knows of initiatives and persons stands on their pages."""

from __future__ import annotations

from dataclasses import replace

from pipeline.core import records as r
from pipeline.core import tables as t
from tests.report import sample


def pages(root, facts):
    """The pages of the sample corpus with such facts of its first initiative, by what they show."""
    sample.write_tables(root)
    entities = t.ENTITIES.read(root)
    initiative, place = (next(e for e in entities if e.type == kind) for kind in ("initiative", "place"))
    shown = [
        replace(e, privacy="office_holder", authority=["gnd:1"]) if e.type == "person" else e for e in entities
    ]
    rows = [r.InitiativeFact(initiative.entity_id, fact, value or place.entity_id, n) for fact, value, n in facts]
    sample.write_tables(root, initiatives=rows, entities=shown)
    site = sample.build(root)
    return (
        initiative,
        place,
        {name: text for name, text in site.items() if name.startswith(("initiativen/", "personen/"))},
    )


def test_an_initiatives_page_names_its_partners_and_its_silence(tmp_path):
    initiative, place, found = pages(tmp_path, [("partner", "", 3), ("silence", "2021-05-03", 20)])
    page = next(text for text in found.values() if f"<h1>{initiative.name}" in text)
    assert f">{place.name}</a> (<a href=" in page
    assert ">3 Sätze</a>)" in page
    assert "seit 20 Monaten nicht erwähnt" in page


def test_a_persons_page_says_what_the_person_is_to_the_public(tmp_path):
    _, _, found = pages(tmp_path, [])
    page = next(text for name, text in found.items() if name.startswith("personen/") and "index" not in name)
    assert "Amtsträgerin oder Amtsträger" in page
    assert "gnd:1" in page
    assert not any("nicht erwähnt" in text for text in found.values())
