"""What happens when a run is killed, or the disk is full: the next run gives the bytes of an undisturbed run."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from itertools import cycle
from pathlib import Path
from typing import Any

import psutil

from benchmarks import press
from benchmarks.stages import STAGES
from benchmarks.timing import SkippedError, environment, say

# what a cold run has not
_MADE = (*press.OUTS, "dvc.lock", ".cache", ".dvc/cache", ".dvc/tmp")
_ADDED = Path("data/raw/nachtrag.md")
_TEXT = """Neue Bücherei öffnet

Falkenrode, 3. Mai 2023. Am 12. Mai 2023 öffnet in Falkenrode die neue Bücherei.
„Wir freuen uns auf viele Gäste“, sagte Leiterin Anna Muster.
"""
# whose end it is: that of the whole computer, of DVC alone, of the stage alone
_VICTIMS = ("all", "all", "dvc", "stage")
# a cache that cannot be written is done without, and says so
_PROGRESS = re.compile(r"\w+: (?:\d+ of \d+ |cache \S+ not used)")
Fault = Callable[[], AbstractContextManager[None]]


def kills(times: int = 20, seed: int = 0) -> dict[str, Any]:
    """``kill -9`` into ``dvc repro`` of the sample project at random moments, then a run to the end.

    In turns: a cold run, one after a release was added, one after it was taken out again. Before the next run,
    as in ``make report``, a dvc.lock that DVC was just writing is put aside; how often is counted.
    """
    chance, tried, different, mended = random.Random(seed), [], set[str](), 0  # noqa: S311  moments, not secrets
    with tempfile.TemporaryDirectory() as place:
        calm, folder = (press.sample(Path(place) / name, "de_presse_sm") for name in ("calm", "killed"))
        seconds, sums = {}, {}
        for kind in ("cold", "added", "taken_out"):
            _prepare(kind, calm)
            start = time.perf_counter()
            press.run(press.repro(), calm)
            seconds[kind], sums[kind] = time.perf_counter() - start, press.sums(calm)
        if sums["cold"] != sums["taken_out"]:
            raise SystemExit("kills: two undisturbed runs differ")
        for kind, victim in zip(cycle(seconds), cycle(_VICTIMS), strict=False):
            _prepare(kind, folder)
            moment = chance.uniform(0, seconds[kind])
            if hit := _run_into(folder, moment, victim):
                tried.append({"run": kind, "killed": victim, "after": round(moment, 1), "during": hit})
                say(f"kills: {tried[-1]}")
            mended += bool(press.run([sys.executable, "-m", "pipeline.lockfile"], folder))
            press.run(press.repro(), folder)
            different |= {name for name, _ in press.sums(folder) ^ sums[kind]}
            if len(tried) == times:
                break
    return {
        "seconds": {kind: round(value, 1) for kind, value in seconds.items()},
        "kills": tried,
        "lock_file_mended": mended,
        "different": sorted(different),
    }


def _prepare(kind: str, folder: Path) -> None:
    """Make the folder one in which the next run has something to do."""
    if kind == "cold":
        for name in _MADE:
            shutil.rmtree(folder / name, ignore_errors=True)
            (folder / name).unlink(missing_ok=True)
    if kind == "added":
        (folder / _ADDED).write_text(_TEXT, encoding="utf-8")
    else:
        (folder / _ADDED).unlink(missing_ok=True)


def _run_into(folder: Path, moment: float, victim: str) -> str:
    """Start a run and kill it after so many seconds; what it was doing then, nothing where it had ended."""
    log = folder / "bench.log"
    with log.open("wb") as out:
        process = subprocess.Popen(press.repro(), cwd=folder, env=environment(folder), stdout=out, stderr=out)  # noqa: S603  our own command
        with suppress(subprocess.TimeoutExpired):
            process.wait(moment)
        tree = [psutil.Process(process.pid)] if process.poll() is None else []
        tree += [child for one in tree for child in one.children(recursive=True)]
        stages = [one for one in tree if any("pipeline." in word for word in _command(one))]
        for one in {"all": tree, "dvc": tree[:1], "stage": stages[:2] or tree}[victim]:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        process.wait()
    begun = [
        line.split("'")[1] for line in log.read_text(errors="replace").splitlines() if "Running stage" in line
    ]
    return (begun or ["start"])[-1] if tree else ""


def _command(process: psutil.Process) -> list[str]:
    with suppress(psutil.Error):
        return list(map(str, process.cmdline()))
    return []


def full() -> dict[str, Any]:
    """Each stage, then ``dvc repro``, on a disk with no room, with little, and on one that is read-only.

    What it says; whether that is one line; and the outputs of the run after, compared with those of a calm run.
    """
    said: dict[str, dict[str, list[str]]] = {}
    with tempfile.TemporaryDirectory() as place:
        calm, disk = press.sample(Path(place) / "calm", "de_presse_sm"), Path(place) / "disk"
        disk.mkdir()
        with _disk(disk) as faults:
            folder = press.sample(disk / "project", "de_presse_sm")
            for stage in (*STAGES, "dvc"):
                command = press.repro("--force") if stage == "dvc" else press.stage(stage)
                press.run(command, calm)
                said[stage] = {name: _under(fault, command, folder) for name, fault in faults.items()}
                say(f"full: {stage}: {said[stage]}")
                press.run(command, folder)
            different = sorted(name for name, _ in press.sums(calm) ^ press.sums(folder))
    stages = [lines for stage, found in said.items() if stage != "dvc" for lines in found.values()]
    unclear = sum(len(lines) > 1 or "Traceback" in "".join(lines) for lines in stages)
    return {"said": said, "unclear": unclear, "different": different}


def _under(fault: Fault, command: list[str], folder: Path) -> list[str]:
    """What a command says under a fault: its lines but those of progress; nothing where it ended well."""
    with fault():
        result = subprocess.run(  # noqa: S603  our own command
            command, cwd=folder, env=environment(folder), capture_output=True, text=True, check=False
        )
    # which temporary folder it was says nothing
    said = (result.stdout + result.stderr).replace(f"{folder}/", "")
    lines = [line for line in said.splitlines() if line.strip()]
    return [line for line in lines if not _PROGRESS.match(line)] if result.returncode else []


@contextmanager
def _disk(folder: Path, size: str = "700m") -> Iterator[dict[str, Fault]]:
    """A small disk of its own in a folder -> ways to make it fail; needs the rights to mount one."""
    _mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))
    try:
        yield {
            "no_room": lambda: _filled(folder, 0),
            "little_room": lambda: _filled(folder, 200_000),
            "read_only": lambda: _read_only(folder),
        }
    finally:
        subprocess.run(["umount", str(folder)], check=False)  # noqa: S603, S607  the system's own


def _mount(*arguments: str) -> None:
    try:
        subprocess.run(["mount", *arguments], check=True, capture_output=True)  # noqa: S603, S607  the system's own
    except (OSError, subprocess.CalledProcessError):
        raise SkippedError("needs the rights to mount a small disk (tmpfs), as root has on Linux") from None


@contextmanager
def _filled(folder: Path, left: int) -> Iterator[None]:
    """A disk with so many bytes left."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        os.posix_fallocate(file.fileno(), 0, max(1, shutil.disk_usage(folder).free - left))
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def _read_only(folder: Path) -> Iterator[None]:
    """A disk that may not be written to."""
    _mount("-o", "remount,ro", str(folder))
    try:
        yield
    finally:
        _mount("-o", "remount,rw", str(folder))
