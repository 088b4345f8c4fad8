"""The sheets of a workbook as a person filled them in -> corrections, and what is wrong with the rest.

Pure: cells in, rows out. Corrections begin with the column "Aktion"; everything left of it is what the report
wrote there.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.core.records import EntityType
from pipeline.core.text import fold, is_formula
from pipeline.register import authority
from pipeline.register.ledger import ACTIONS, NEEDS_VALUE, PERSON_ONLY, TYPES

Cells = Sequence[Sequence[object]]
FIELDS = {
    "aktion": "action",
    "ziel": "target",
    "neuer wert": "value",
    "begründung": "reason",
    "wer": "who",
    "wann": "when",
}
SHEETS_DE = "Personen, Orte, Organisationen und Initiativen"
_HEAD_LINES = 5  # the heading may stand below lines that somebody put above it


@dataclass(frozen=True, slots=True)
class Filled:
    """One correction as it will stand in the ledger."""

    sheet: str
    line: int
    action: str
    type: EntityType
    target: str
    value: str
    reason: str
    who: str
    when: str

    @property
    def place(self) -> str:
        """Where it stands, for people."""
        return f"Blatt „{self.sheet}“, Zeile {self.line}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One filled-in row that nobody could carry out, and why, in German."""

    place: str
    message_de: str


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet with its headings found."""

    name: str
    kind: EntityType | None
    head: int  # index of the line with the headings
    columns: Mapping[str, int]  # field -> column; of the names on the left also "name" and "id"


def has_columns(cells: Cells) -> bool:
    """Whether a sheet has columns for corrections at all."""
    return _head(cells) is not None


def rows(name: str, cells: Cells) -> Iterator[Filled | Fault]:
    """One sheet -> its corrections, each sound or with its fault, in order."""
    found = _head(cells)
    if found is None:
        return
    line, columns = found
    sheet = _Sheet(name, TYPES.get(fold(re.sub(r" \d+$", "", name))), line, columns)
    names = Counter(_at(row, columns.get("name")) for row in cells[line + 1 :])
    for number, row in enumerate(cells[line + 1 :], line + 2):
        said = {field: _at(row, columns.get(field)) for field in (*FIELDS.values(), "name", "id")}
        if any(said[field] for field in ("action", "value", "reason")):
            said["target"] = _target(said, names)
            yield _row(sheet, number, said)


def _head(cells: Cells) -> tuple[int, dict[str, int]] | None:
    """The line of headings and the columns of corrections, which begin with "Aktion"."""
    for line, row in enumerate(cells[:_HEAD_LINES]):
        titles = [fold(_text(cell)) for cell in row]
        if "aktion" in titles and "ziel" in titles:
            first = titles.index("aktion")
            columns = {FIELDS[t]: n for n, t in enumerate(titles) if n >= first and t in FIELDS}
            left = {"name": "name", "kennung": "id"}
            return line, {**{left[t]: n for n, t in enumerate(titles[:first]) if t in left}, **columns}
    return None


def _at(row: Sequence[object], place: int | None) -> str:
    return _text(row[place]) if place is not None and place < len(row) else ""


def _text(value: object) -> str:
    """A cell -> its text on one line: days as ISO dates, whole numbers without a point."""
    if isinstance(value, dt.datetime):
        value = value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str("" if value is None else value).split())


def _target(said: Mapping[str, str], names: Counter[str]) -> str:
    """What a row is about: what stands in "Ziel", else its name; the id where the name alone would mislead."""
    target = said["target"] or said["name"]
    misleads = names[target] > 1 or is_formula(target)
    return said["id"] if misleads and target == said["name"] and said["id"] else target


def _row(sheet: _Sheet, line: int, said: Mapping[str, str]) -> Filled | Fault:
    action = ACTIONS.get(fold(said["action"]), "")
    for fault in _FAULTS:
        if message := fault(sheet.kind, action, said):
            return Fault(f"Blatt „{sheet.name}“, Zeile {line}", message)
    assert sheet.kind is not None
    rest = (said[field] for field in ("value", "reason", "who", "when"))
    return Filled(sheet.name, line, action, sheet.kind, said["target"], *rest)


_Check = Callable[[EntityType | None, str, Mapping[str, str]], str | None]


def _sheet_fault(kind: EntityType | None, _action: str, _said: Mapping[str, str]) -> str | None:
    return None if kind else f"Korrekturen stehen auf den Blättern {SHEETS_DE}; dieses heißt anders."


def _action_fault(kind: EntityType | None, action: str, said: Mapping[str, str]) -> str | None:
    if not said["action"]:
        return "Die Spalte „Aktion“ ist leer, die Zeile aber ausgefüllt; wählen Sie eine Aktion aus der Liste."
    if not action:
        return f"Die Aktion „{said['action']}“ gibt es nicht; wählen Sie eine aus der Liste."
    if action in PERSON_ONLY and kind != "person":
        return f"„{said['action']}“ gibt es nur bei Personen."
    return None


def _target_fault(_kind: EntityType | None, _action: str, said: Mapping[str, str]) -> str | None:
    return None if said["target"] else "Die Spalte „Ziel“ ist leer; hier steht der Name, um den es geht."


def _value_fault(kind: EntityType | None, action: str, said: Mapping[str, str]) -> str | None:
    value = said["value"]
    if action in NEEDS_VALUE and not value:
        return f"Die Spalte „Neuer Wert“ ist leer; „{said['action']}“ braucht sie."
    if action == "relabel" and fold(value) not in TYPES:
        return "„Neuer Wert“ muss Person, Ort, Organisation oder Initiative sein."
    if action == "set_authority" and not authority.acceptable(value, kind):
        return (
            "„Neuer Wert“ muss eine Kennung sein: gnd:118540238, wikidata:Q1234 oder bei Orten geonames:2895044."
        )
    if action == "merge" and fold(value) == fold(said["target"]):
        return "„Ziel“ und „Neuer Wert“ sind derselbe Name; „Neuer Wert“ ist der Eintrag, der bleibt."
    return None


def _formula_fault(_kind: EntityType | None, _action: str, said: Mapping[str, str]) -> str | None:
    wrong = [field for field in ("target", "value") if said[field].startswith("=")]
    return "Ein Name darf nicht mit „=“ beginnen: Tabellenprogramme halten ihn für eine Formel." if wrong else None


_FAULTS: tuple[_Check, ...] = (_action_fault, _sheet_fault, _target_fault, _value_fault, _formula_fault)
