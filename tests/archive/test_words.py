"""What people read is German: no code of a table stands in a spreadsheet or an event."""

import csv
import io
import tomllib
from pathlib import Path

from pipeline.archive import premis, spreadsheets
from pipeline.core import records as r
from pipeline.core import words
from tests.archive import made

ROOT = Path(__file__).parents[2]


def test_every_code_has_its_german_word():
    kinds = tomllib.loads((ROOT / "pipeline/extract/patterns/initiatives.toml").read_text("utf-8"))["kinds"]
    assert set(kinds) <= set(words.KINDS)
    assert set(r.ENTITY_TYPES.values()) == set(words.TYPES)
    record = (ROOT / "pipeline/core/records.py").read_text("utf-8")
    for known, field in (
        (words.PUBLISHED, "published_basis: str  # "),
        (words.ISSUER, "issuer_basis: str | None  # "),
    ):
        named = record.split(field)[1].split("\n")[0].replace(" (estimated from dates in the text)", "")
        assert set(named.split(", ")) == set(known)


def test_the_register_and_the_events_speak_german():
    rows = b"".join(spreadsheets.entities_csv(made.ENTITIES, made.settings())).decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(rows), delimiter=";"))
    assert [row["Art"] for row in table] == ["Person", "Ort", "Organisation", "Initiative"]
    assert table[3]["Gattung"] == "Projekt"
    (d,) = made.described()
    assert "Datum: aus der Datumszeile" in premis.to_xml(d, made.settings()).decode()
