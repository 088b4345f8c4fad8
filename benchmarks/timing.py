"""Time and memory of what is run, and how figures are summed up."""

from __future__ import annotations

import importlib.metadata
import math
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

LIBRARIES = (
    "spacy",
    "thinc",
    "onnxruntime",
    "numpy",
    "pyarrow",
    "scikit-learn",
    "dvc",
    "de_presse_sm",
    "de_presse_md",
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took, with the processes that it started."""

    wall: float  # seconds
    cpu: float  # seconds of processor time, user and system
    peak_mb: float  # of the largest of its processes


def environment(folder: Path) -> dict[str, str]:
    """The environment in which a project's own code is run, whatever is installed."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return {**os.environ, "PATH": path, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}


class SkippedError(Exception):
    """A figure that cannot be measured here, and why."""


def say(text: str) -> None:
    """A line about how far a long measurement is."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def cost(command: Sequence[str], folder: Path) -> Cost:
    """Run a command in a folder, measured by the system; ends with its output where it fails."""
    log = folder / "bench.log"
    start = time.perf_counter()
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, env=environment(folder), stdout=out, stderr=out)  # noqa: S603  our own command
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(log.read_text(errors="replace"))
    return Cost(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def summed(values: Sequence[float]) -> dict[str, Any]:
    """Median and spread of repeated measurements."""
    return {
        "median": round(statistics.median(values), 3),
        "lowest": round(min(values), 3),
        "highest": round(max(values), 3),
        "runs": len(values),
    }


def exponent(sizes: Sequence[float], values: Sequence[float]) -> float:
    """The slope of a line through the logarithms: 1 where twice as much takes twice as long."""
    xs, ys = [math.log(size) for size in sizes], [math.log(max(value, 1e-9)) for value in values]
    return round(statistics.linear_regression(xs, ys).slope, 3)


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
        **{name: importlib.metadata.version(name) for name in LIBRARIES if _installed(name)},
    }


def _processor() -> str:
    file = Path("/proc/cpuinfo")
    lines = file.read_text().splitlines() if file.exists() else []
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.processor())


def _installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def plain(found: dict[str, Cost]) -> dict[str, Any]:
    """Costs as rounded numbers."""
    return {name: {key: round(value, 2) for key, value in asdict(one).items()} for name, one in found.items()}
