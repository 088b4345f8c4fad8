"""Measure all or some figures: ``python -m benchmarks [FIGURE ...]``.

Figures: speed, start, processes, repro, repro_md, growth, kills, full. They go to reports/metrics/bench.json and
into the table of docs/performance.md; what is not measured in this run stays as it was.
A figure whose corpus or whose rights are not there is skipped with a line that says so.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks import faults, press, speed, stages, table
from benchmarks.timing import SkippedError, machine, say

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

OF_THE_PILE = {"speed", "processes", "repro", "repro_md", "growth"}


def main(wanted: list[str]) -> None:
    """Measure, write, print."""
    if unknown := sorted(set(wanted) - set(FIGURES)):
        sys.exit(f"benchmarks: {', '.join(unknown)}: unknown; figures are {', '.join(FIGURES)}")
    found = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    failed = []
    for name in wanted or FIGURES:
        if name in OF_THE_PILE and not press.PILE.exists():
            say(f"{name}: skipped: the corpus ../shared/press/pile.jsonl.gz is not there")
            continue
        try:
            found[name] = {"on": machine(), **FIGURES[name]()}
        except SkippedError as why:
            say(f"{name}: skipped: {why}")
            continue
        except SystemExit as error:
            # what a command said that failed; the other figures are measured all the same
            say(f"{name}: failed: {error}")
            failed.append(name)
            continue
        FILE.parent.mkdir(parents=True, exist_ok=True)
        FILE.write_text(json.dumps(found, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
        table.write(found, PAGE)
        sys.stdout.write(f"{name}: {json.dumps(found[name], ensure_ascii=False)}\n")
    if failed:
        sys.exit(f"benchmarks: {', '.join(failed)}: failed")


if __name__ == "__main__":
    main(sys.argv[1:])
