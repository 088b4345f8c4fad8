"""The gold form of a release: one JSON object with zones, spans, dates, people, initiatives, quotes, themes.

Found releases take the same form, so that both sides of a comparison are read the same way. The form is written
down in ``data/gold/README.md``; offsets count into the text beside the JSON file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.core.errors import InputError


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotated release; ``data`` is the JSON object as read or as found."""

    name: str
    data: dict[str, Any]
    text: str = ""
    source: str | None = None  # the raw file it annotates, below data/raw
    zones: list[tuple[int, int, str]] = field(default_factory=list)

    def zone_at(self, offset: int) -> str:
        """The zone at an offset; what has no zone is body."""
        return next((zone for start, end, zone in self.zones if start <= offset < end), "body")

    def within(self, key: str, zones: frozenset[str] | None) -> list[dict[str, Any]]:
        """The items under ``key`` that start in one of ``zones``; None means anywhere."""
        items: list[dict[str, Any]] = self.data.get(key, [])
        return items if zones is None else [i for i in items if self.zone_at(_start(i)) in zones]


def _start(item: dict[str, Any]) -> int:
    """Where an item stands first: people and initiatives have several spans."""
    return int(item["start"] if "start" in item else min(span[0] for span in item["spans"]))


def from_dict(name: str, data: dict[str, Any], text: str = "") -> Annotation:
    """A JSON object in the gold form -> Annotation."""
    zones = [(z["start"], z["end"], z["zone"]) for z in data.get("zones", [])]
    return Annotation(name, data, text, data.get("source"), zones)


def load_folder(folder: Path) -> list[Annotation]:
    """All ``*.json`` of a folder with their texts, by name.

    Raises InputError naming file and span when an annotation does not fit its text.
    """
    return [_load(path) for path in sorted(folder.glob("*.json"))]


def _load(path: Path) -> Annotation:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(f"{path}: is not JSON: {error}") from None
    text_file = path.with_suffix(".txt")
    # newline="": offsets count the characters that are really stored
    text = text_file.open(encoding="utf-8", newline="").read() if text_file.exists() else ""
    _check_offsets(path, data, text)
    return from_dict(path.stem, data, text)


def _check_offsets(path: Path, data: dict[str, Any], text: str) -> None:
    for item in (*data.get("spans", []), *data.get("dates", [])):
        if text and text[item["start"] : item["end"]] != item["text"]:
            raise InputError(f"{path}: {item['start']}: the text says {text[item['start'] : item['end']]!r}, "
                             f"the annotation {item['text']!r}")  # fmt: skip
