"""Run the stage: ``python -m pipeline.register``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pipeline.core import tables
from pipeline.core.errors import run_stage
from pipeline.core.params import load
from pipeline.register import gazetteer, ledger
from pipeline.register.settings import RegisterParams
from pipeline.register.work import build

PLACES = Path("data/authority/places.csv")
CORRECTIONS = Path("data/curation/corrections.csv")


def main() -> str:
    """Load mentions, gazetteer and ledger, build the register, save it; the count sentence."""
    # a corpus without gazetteer or ledger is served as well: places stay unlinked, nothing is corrected
    known = gazetteer.parse(PLACES.read_text(encoding="utf-8") if PLACES.exists() else None, str(PLACES))
    rows = ledger.parse(CORRECTIONS.read_bytes(), str(CORRECTIONS)) if CORRECTIONS.exists() else []
    settings = load("register", RegisterParams)
    register = build(tables.MENTIONS.read(), tables.RELEASES.read(), known, rows, settings)
    tables.ENTITIES.write(register.entities)
    tables.ENTITY_MENTIONS.write(register.mentions)
    tables.CORRECTION_RESULTS.write(register.corrections)
    types = Counter(entity.type for entity in register.entities)
    applied = sum(result.status == "applied" for result in register.corrections)
    return (
        f"register: {types['person']:,} persons, {types['place']:,} places, "
        f"{types['organisation']:,} organisations, {types['initiative']:,} initiatives; "
        f"{applied:,} of {len(register.corrections):,} corrections applied"
    )


if __name__ == "__main__":
    run_stage(main)
