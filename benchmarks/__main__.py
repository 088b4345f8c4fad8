"""Measure all or some figures: ``python -m benchmarks [FIGURE ...]``.

Figures: speed, start, processes, repro, repro_md, growth, kills, full. They go to reports/metrics/bench.json and
into the table of docs/performance.md; what is not measured in this run stays as it was.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks import faults, press, speed, stages, table
from benchmarks.timing import machine

FILE = press.ROOT / "reports/metrics/bench.json"
PAGE = press.ROOT / "docs/performance.md"
FIGURES: dict[str, Callable[[], dict[str, Any]]] = {
    "speed": speed.measure,
    "start": stages.start,
    "processes": stages.processes,
    "kills": faults.kills,
    "full": faults.full,
    "repro": stages.repro,
    "growth": stages.growth,
    "repro_md": partial(stages.repro, model="de_presse_md"),
}


def main(wanted: list[str]) -> None:
    """Measure, write, print."""
    if unknown := sorted(set(wanted) - set(FIGURES)):
        sys.exit(f"benchmarks: {', '.join(unknown)}: unknown; figures are {', '.join(FIGURES)}")
    if not press.PILE.exists():
        sys.stdout.write("benchmarks: skipped: the corpus ../shared/press/pile.jsonl.gz is not there\n")
        return
    found = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    for name in wanted or FIGURES:
        found[name] = {"on": machine(), **FIGURES[name]()}
        FILE.parent.mkdir(parents=True, exist_ok=True)
        FILE.write_text(json.dumps(found, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
        table.write(found, PAGE)
        sys.stdout.write(f"{name}: {json.dumps(found[name], ensure_ascii=False)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
