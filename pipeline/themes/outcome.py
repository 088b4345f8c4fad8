"""What was learnt about the discovered themes, as later steps need it: small, and kept from run to run as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from pipeline.core.theme_records import ThemeDiscovery, ThemeNumber, ThemePassport


@dataclass(frozen=True, slots=True)
class Fresh:
    """A theme of this run before it has an id: its name and its terms."""

    label: str
    terms: Mapping[str, float]  # strongest first


@dataclass(frozen=True, slots=True)
class Outcome:
    """The discovered themes, and what became of those of the accepted run."""

    themes: tuple[Fresh, ...]
    surfaces: tuple[tuple[str, ...], ...]  # how the terms of each are shown
    coherence: tuple[float, ...]
    numbers: tuple[ThemeNumber, ...]
    summary: ThemeDiscovery
    passports: tuple[ThemePassport, ...]  # of the themes of this run, in their order
    lost: tuple[ThemePassport, ...]  # of accepted themes that vanished

    @property
    def number(self) -> int:
        """How many themes were discovered."""
        return len(self.themes)


def pack(outcome: Outcome) -> bytes:
    """An outcome -> bytes."""
    return json.dumps(asdict(outcome), ensure_ascii=False).encode()


def unpack(data: bytes) -> Outcome:
    """The same bytes -> the outcome."""
    found = json.loads(data)
    return Outcome(
        tuple(Fresh(**theme) for theme in found["themes"]),
        tuple(map(tuple, found["surfaces"])),
        tuple(found["coherence"]),
        tuple(ThemeNumber(**row) for row in found["numbers"]),
        ThemeDiscovery(**found["summary"]),
        tuple(ThemePassport(**row) for row in found["passports"]),
        tuple(ThemePassport(**row) for row in found["lost"]),
    )
