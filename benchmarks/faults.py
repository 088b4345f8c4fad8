"""What happens when a run is killed, or the disk is full: the next run gives the bytes of an undisturbed run."""

from __future__ import annotations

import hashlib
import os
import random
import resource
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import press
from benchmarks.stages import STAGES
from benchmarks.timing import environment

OUTS = ("data/ingest", "data/extract", "data/register", "data/themes", "data/archive", "reports/site")


def kills(times: int = 20, count: int = 300, seed: int = 0) -> dict[str, Any]:
    """``kill -9`` of ``dvc repro`` and all its processes at random moments, then a last run."""
    with tempfile.TemporaryDirectory() as place:
        calm, folder = (press.project(Path(place) / name, count, "de_presse_sm", 2) for name in ("calm", "killed"))
        start = time.perf_counter()
        press.run(press.repro(), calm)
        seconds = time.perf_counter() - start
        moments, chance = [], random.Random(seed)  # noqa: S311  moments, not secrets
        for _ in range(times):
            process = subprocess.Popen(  # noqa: S603  our own command
                press.repro(), cwd=folder, env=environment(folder), start_new_session=True,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            moment = chance.uniform(0, seconds)
            try:
                process.wait(moment)
            except subprocess.TimeoutExpired:
                moments.append(round(moment, 1))
            _kill(process.pid)
            process.wait()
        press.run(press.repro("--force"), folder)
        different = sorted(_differences(calm, folder))
    return {
        "releases": count,
        "killed_at_seconds": moments,
        "of_seconds": round(seconds, 1),
        "different": different,
    }


def _kill(group: int) -> None:
    """Every process of a session, the workers that took a session of their own with them."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


def full(count: int = 50, limit: int = 20_000) -> dict[str, Any]:
    """Each stage with a limit of file sizes, like a full disk: what it says, and the run after."""
    with tempfile.TemporaryDirectory() as place:
        calm, folder = (press.project(Path(place) / name, count, "de_presse_sm", 1) for name in ("calm", "full"))
        said = {}
        for stage in STAGES:
            press.run(press.stage(stage), calm)
            result = subprocess.run(  # noqa: S603  our own command
                press.stage(stage), cwd=folder, env=environment(folder), capture_output=True, text=True,
                check=False, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
            )  # fmt: skip
            said[stage] = (
                [line for line in result.stderr.splitlines() if "rror" in line] if result.returncode else []
            )
            press.run(press.stage(stage), folder)
        different = sorted(_differences(calm, folder))
    return {"releases": count, "said": said, "different": different}


def _differences(one: Path, other: Path) -> set[str]:
    """The outputs that are not the same bytes."""
    return {name for name, _ in _sums(one) ^ _sums(other)}


def _sums(folder: Path) -> set[tuple[str, str]]:
    return {
        (path.relative_to(folder).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest())
        for out in OUTS
        for path in (folder / out).rglob("*")
        if path.is_file()
    }
