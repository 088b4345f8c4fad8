"""Load gold and tables, compare, save metrics and plot data."""

from __future__ import annotations

from pathlib import Path

from pipeline.core.errors import run_stage
from pipeline.core.params import load
from pipeline.core.tables import ENTITIES, ENTITY_MENTIONS, REJECTED, RELEASES
from pipeline.evaluate import annotation, entities, found, outputs
from pipeline.evaluate.compare import compare
from pipeline.evaluate.metrics import summarise
from pipeline.evaluate.pairs import pair
from pipeline.evaluate.settings import EvaluateParams

GOLD_ENTITIES = Path("data/gold/entities.csv")


def main() -> str:
    """Measure what the stages found in the releases that have gold."""
    settings = load("evaluate", EvaluateParams)
    rejected = {row.source_path for row in REJECTED.read()}
    annotated = annotation.load_folder(Path("data/gold"))
    pairs = pair(annotated, found.load(sources={gold.source for gold in annotated if gold.source}), rejected)
    main_zones = frozenset(settings.zones)
    quality = summarise([compare(g, f, main_zones) for g, f in pairs], settings.bootstrap)
    everything = summarise([compare(g, f, None) for g, f in pairs], settings.bootstrap)
    if GOLD_ENTITIES.exists():
        gold = entities.parse(GOLD_ENTITIES.read_text(encoding="utf-8"), str(GOLD_ENTITIES))
        judged = entities.judge(gold, RELEASES.read(), ENTITIES.read(), ENTITY_MENTIONS.read())
        quality |= entities.measure(judged, settings.bootstrap)
    for name, content in outputs.files(quality, everything).items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(content, encoding="utf-8", newline="\n")
    return f"evaluate: {len(pairs)} releases measured against gold"


if __name__ == "__main__":
    run_stage(main)
