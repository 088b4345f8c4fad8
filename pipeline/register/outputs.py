"""The finished register -> its files below data/register."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pipeline.core import tables as t
from pipeline.register.work import Register

CANDIDATES = Path("data/register/candidates.csv")


def save(register: Register) -> None:
    """Write all tables and the list of candidates."""
    t.ENTITIES.write(register.entities)
    with t.ENTITY_MENTIONS.writer() as writer:
        for part in register.mentions.parts():
            writer.add(list(zip(*part, strict=True)))
    t.INITIATIVES.write(register.facts)
    t.CORRECTION_RESULTS.write(register.corrections)
    CANDIDATES.write_text(register.candidates, encoding="utf-8", newline="\n")


def counted(register: Register) -> str:
    """The count sentence."""
    types = Counter(entity.type for entity in register.entities)
    applied = sum(result.status == "applied" for result in register.corrections)
    return (
        f"register: {types['person']:,} persons, {types['place']:,} places, "
        f"{types['organisation']:,} organisations, {types['initiative']:,} initiatives; "
        f"{register.left_out:,} private persons left out; "
        f"{applied:,} of {len(register.corrections):,} corrections applied"
    )
