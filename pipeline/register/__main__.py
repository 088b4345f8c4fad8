"""Run the stage: ``python -m pipeline.register``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pipeline.core import tables as t
from pipeline.core.errors import run_stage
from pipeline.core.params import load
from pipeline.register import files
from pipeline.register.corpus import Shelf, read
from pipeline.register.settings import RegisterParams
from pipeline.register.work import build

CANDIDATES = Path("data/register/candidates.csv")


def main() -> str:
    """Load what was found and what people give, build the register, save it; the count sentence."""
    settings = load("register", RegisterParams)
    with Shelf() as shelf:
        register = build(read(shelf), files.given(settings.authority_table), settings)
    t.ENTITIES.write(register.entities)
    t.ENTITY_MENTIONS.write(register.mentions, in_order=True)
    t.INITIATIVES.write(register.facts)
    t.CORRECTION_RESULTS.write(register.corrections)
    CANDIDATES.write_text(register.candidates, encoding="utf-8", newline="\n")
    types = Counter(entity.type for entity in register.entities)
    applied = sum(result.status == "applied" for result in register.corrections)
    return (
        f"register: {types['person']:,} persons, {types['place']:,} places, "
        f"{types['organisation']:,} organisations, {types['initiative']:,} initiatives; "
        f"{register.left_out:,} private persons left out; "
        f"{applied:,} of {len(register.corrections):,} corrections applied"
    )


if __name__ == "__main__":
    run_stage(main)
