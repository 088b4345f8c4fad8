"""What stages and whole runs cost: growth, cold and warm runs, two processes beside one."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import press
from benchmarks.timing import cost, exponent, plain, summed

STAGES = ("ingest", "extract", "register", "themes", "evaluate", "report", "archive")
SIZES = (1_000, 4_000, 16_000, 36_000)


def growth(sizes: tuple[int, ...] = SIZES, model: str = "de_presse_sm") -> dict[str, Any]:
    """Processor time and memory of every stage at every size, cold, and the exponent of time."""
    found: dict[str, dict[str, Any]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            folder = press.project(Path(place) / "project", size, model)
            found[str(size)] = plain({stage: cost(press.stage(stage), folder) for stage in STAGES})
    values = {stage: [found[str(size)][stage] for size in sizes] for stage in STAGES}
    return {
        "model": model,
        "sizes": found,
        "exponent_of_cpu": {s: exponent(sizes, [v["cpu"] for v in many]) for s, many in values.items()},
        "exponent_of_memory": {s: exponent(sizes, [v["peak_mb"] for v in many]) for s, many in values.items()},
        # start-up of Python and libraries hides growth in small corpora
        "exponent_of_cpu_largest_two": {
            s: exponent(sizes[-2:], [v["cpu"] for v in many[-2:]]) for s, many in values.items()
        },
    }


def start(rounds: int = 5) -> dict[str, Any]:
    """Processor time from calling a stage to its first line of work, less that of Python itself, in turns."""
    found: dict[str, list[float]] = {stage: [] for stage in STAGES}
    with tempfile.TemporaryDirectory() as place:
        folder = press.project(Path(place) / "project", 0)
        for _ in range(rounds):
            bare = cost([sys.executable, "-c", "pass"], folder).cpu
            for stage, seconds in found.items():
                command = [sys.executable, "-c", f"import pipeline.{stage}.__main__"]
                seconds.append(cost(command, folder).cpu - bare)
    return {stage: summed(seconds) for stage, seconds in found.items()}


def repro(count: int = 10_000, model: str = "de_presse_sm") -> dict[str, Any]:
    """``dvc repro`` from nothing, with one release added, with nothing changed, without caches; then by stage.

    ``different``: outputs of the run with its caches that are not the bytes of a run without any.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = press.project(Path(place) / "project", count, model)
        found = {"cold": cost(press.repro(), folder)}
        press.add_newer(folder, count)
        found["one_added"] = cost(press.repro(), folder)
        found["nothing_changed"] = cost(press.repro(), folder)
        # before stages run without DVC: the archive's provenance tells what dvc.lock says
        warm = press.sums(folder)
        shutil.rmtree(folder / ".cache")
        found["without_cache"] = cost(press.repro("--force"), folder)
        different = sorted({name for name, _ in warm ^ press.sums(folder)})
        press.add_newer(folder, count + 1)
        by_stage = plain({stage: cost(press.stage(stage), folder) for stage in STAGES})
    share = found["one_added"].wall / found["cold"].wall
    about = {"releases": count, "model": model, "one_added_of_cold": round(share, 4), "different": different}
    return {**about, **plain(found), "one_added_by_stage": by_stage}


def processes(count: int = 2_000, model: str = "de_presse_sm", rounds: int = 3) -> dict[str, Any]:
    """Wall time of extract with one process beside two, in turns; the caches are emptied before each."""
    ratios, walls = [], {1: [0.0] * 0, 2: [0.0] * 0}
    with tempfile.TemporaryDirectory() as place:
        folder = press.project(Path(place) / "project", count, model)
        press.run(press.stage("ingest"), folder)
        params = folder / "params.yaml"
        text = params.read_text(encoding="utf-8")
        for _ in range(rounds):
            for number, times in walls.items():
                params.write_text(text.replace("  processes: 0", f"  processes: {number}"), encoding="utf-8")
                shutil.rmtree(folder / ".cache", ignore_errors=True)
                times.append(cost(press.stage("extract"), folder).wall)
            ratios.append(walls[1][-1] / walls[2][-1])
    return {"releases": count, "model": model, "one_over_two": summed(ratios)}
