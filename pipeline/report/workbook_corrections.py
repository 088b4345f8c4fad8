"""The columns in which people correct a register, as the ledger data/curation/corrections.csv reads them.

``python -m pipeline.register.workbook`` takes them back. The words here are those that the ledger knows
(pipeline/register/ledger.toml); a test holds them together.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.core.records import EntityType
from pipeline.report.workbook_parts import Column

HEADING = "Aktion"
COLUMNS = (
    Column(HEADING, 17),
    Column("Ziel", 26),
    Column("Neuer Wert", 28),
    Column("Begründung", 28),
    Column("Wer", 12),
    Column("Wann", 12),
)
# action -> what "Neuer Wert" then holds, in the words of the hint
ACTIONS = {
    "zusammenführen": "der Name des Eintrags, der bleibt",
    "umbenennen": "der neue Name",
    "ablehnen": "nichts",
    "umwidmen": "Person, Ort, Organisation oder Initiative",
    "trennen": "Schreibweise, Mitteilung oder Herausgeber",
    "Kennung": "gnd:… oder wikidata:Q…",
}
PERSON_ACTIONS = {"Amt": "das Amt", "privat": "nichts"}


def actions(kind: EntityType) -> dict[str, str]:
    """What can be done to an entry of a register."""
    return {**ACTIONS, **(PERSON_ACTIONS if kind == "person" else {})}


def validations(kind: EntityType) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rules of the columns: a list to choose from, and hints that appear with the cell."""
    yield (
        0,
        {
            "validate": "list",
            "source": list(actions(kind)),
            "input_title": "Was soll geschehen?",
            "input_message": "Bitte aus der Liste wählen. Leer heißt: nichts ändern.",
            "error_title": "Unbekannte Aktion",
            "error_message": "Bitte wählen Sie eine Aktion aus der Liste.",
        },
    )
    yield (
        1,
        _hint("Welcher Eintrag?", "Leer heißt: der Eintrag dieser Zeile. Sonst Name, Schreibweise oder Kennung."),
    )
    yield 2, _hint("Was soll gelten?", "\n".join(f"{action}: {value}" for action, value in actions(kind).items()))
    yield 5, _hint("Wann entschieden?", "Zum Beispiel 03.05.2024.")


def _hint(title: str, message: str) -> dict[str, Any]:
    return {"validate": "any", "input_title": title, "input_message": message}
