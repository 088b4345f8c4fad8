"""Load gold and tables, compare, save metrics and plot data."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from pipeline.core.errors import run_stage
from pipeline.core.params import load
from pipeline.core.tables import REJECTED
from pipeline.evaluate import annotation, found
from pipeline.evaluate.compare import compare
from pipeline.evaluate.metrics import summarise
from pipeline.evaluate.pairs import pair
from pipeline.evaluate.settings import EvaluateParams

METRICS, PLOTS = Path("reports/metrics"), Path("reports/plots")


def main() -> str:
    """Measure what the stages found in the releases that have gold."""
    settings = load("evaluate", EvaluateParams)
    rejected = {row.source_path for row in REJECTED.read()}
    pairs = pair(annotation.load_folder(Path("data/gold")), found.load(), rejected)
    main_zones = frozenset(settings.zones)
    quality = summarise([compare(g, f, main_zones) for g, f in pairs], settings.bootstrap)
    everything = summarise([compare(g, f, None) for g, f in pairs], settings.bootstrap)
    _save(quality, everything)
    return f"evaluate: {len(pairs)} releases measured against gold"


def _save(quality: dict[str, dict[str, float]], everything: dict[str, dict[str, float]]) -> None:
    for folder in (METRICS, PLOTS):
        folder.mkdir(parents=True, exist_ok=True)
    for name, table in (("quality", quality), ("quality_all_zones", everything)):
        (METRICS / f"{name}.json").write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8", newline="\n")
    with (PLOTS / "quality.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["type", "precision", "recall", "f1"])
        writer.writerows([kind, s["precision"], s["recall"], s["f1"]] for kind, s in quality.items())


if __name__ == "__main__":
    run_stage(main)
