"""Scores -> the texts of the metric and plot files."""

from __future__ import annotations

import csv
import io
import json

Scores = dict[str, dict[str, float]]


def files(quality: Scores, everything: Scores) -> dict[str, str]:
    """Scores of the main zones and of all zones -> path to content of each file."""
    return {
        "reports/metrics/quality.json": _json(quality),
        "reports/metrics/quality_all_zones.json": _json(everything),
        "reports/plots/quality.csv": _csv(quality),
    }


def _json(scores: Scores) -> str:
    return json.dumps(scores, indent=1) + "\n"


def _csv(scores: Scores) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["type", "precision", "recall", "f1"])
    writer.writerows([kind, s["precision"], s["recall"], s["f1"]] for kind, s in scores.items())
    return out.getvalue()
