# ruff: noqa: T201  a program that prints a table
"""How long the stage report takes and how much memory: ``python -m benchmarks.report_load TIMES FOLDER``.

The tables of this checkout come TIMES times (192 times the sample corpus are 9,984 releases), each copy with
rare names of its own; the stages register and themes are run on them. Then the report is made from nothing, with
nothing changed, with one release more, and that once more from nothing, which must give the same bytes. FOLDER is
kept: tables that are there are used again. Memory is that of the largest process, looked at four times a second:
all of it, and without mapped files, which the system takes back when it needs the room.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks import copies
from benchmarks.press import ROOT, run, stage
from benchmarks.themes_load import family
from benchmarks.timing import environment
from pipeline.core import tables as t

_SEEN = 0.25  # seconds between two looks at the memory
_HEAD = ("run", "releases", "clock s", "processor s", "largest MB", "without mapped files", "written", "pages")


@dataclass(frozen=True, slots=True)
class Load:
    """What a run took."""

    wall: float
    cpu: float
    all_mb: float
    own_mb: float
    said: str


def lay_out(times: int, plain: Path, added: Path) -> None:
    """All tables that the stage reads, and the same with one release more; made once.

    Both have the same themes: where other themes are discovered, the pages of all releases in them change, and
    what that costs is a run from nothing.
    """
    releases = times * t.RELEASES.count(ROOT)
    if all((x / t.ASSIGNMENTS.path).exists() for x in (plain, added)) and t.RELEASES.count(plain) == releases:
        return
    copies.main(times, added, 1)
    _stage("register", added)
    _stage("themes", added)
    copies.main(times, plain)
    _stage("register", plain)
    shutil.copytree(added / "data/themes", plain / "data/themes", dirs_exist_ok=True)
    known = {row["release_id"] for row in t.RELEASES.read_arrow(plain, ["release_id"]).to_pylist()}
    t.ASSIGNMENTS.write((row for row in t.ASSIGNMENTS.stream(added) if row.release_id in known), plain)


def _stage(name: str, folder: Path) -> None:
    _code(folder)
    print(run(stage(name), folder).strip().splitlines()[-1], flush=True)


def _code(folder: Path) -> None:
    """The code of this checkout and what was measured of it, so that FOLDER is a project of its own."""
    shutil.rmtree(folder / "pipeline", ignore_errors=True)
    shutil.copytree(ROOT / "pipeline", folder / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    measured = ROOT / "reports/metrics/quality.json"
    if measured.exists():
        (folder / "reports/metrics").mkdir(parents=True, exist_ok=True)
        shutil.copy(measured, folder / "reports/metrics")


def measure(folder: Path) -> Load:
    """Run the stage in a folder."""
    before, start, whole, own = os.times(), time.perf_counter(), 0, 0
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(stage("report"), cwd=folder, env=environment(folder), stdout=log, stderr=log)  # noqa: S603  our own command
        while process.poll() is None:
            for pid in family(process.pid):
                found = memory(pid)
                whole, own = max(whole, found[0]), max(own, found[1])
            time.sleep(_SEEN)
    told = (folder / "log").read_text(errors="replace")
    if process.returncode:
        raise SystemExit(told)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Load(time.perf_counter() - start, used, whole / 1024, own / 1024, told.strip().splitlines()[-1])


def memory(pid: int) -> tuple[int, int]:
    """Resident memory of a process in kB: (all of it, what is not a mapped file); 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0, 0
    sizes = {line.partition(":")[0]: line.split()[1] for line in lines if line.startswith(("VmRSS:", "RssAnon:"))}
    return int(sizes.get("VmRSS", 0)), int(sizes.get("RssAnon", 0))


def digest(folder: Path) -> str:
    """One sum over the site, the PDF and the workbook: equal where all their bytes are."""
    found = hashlib.sha256()
    for path in sorted((folder / "reports").rglob("*")):
        if path.is_file() and "metrics" not in path.parts:
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            found.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return found.hexdigest()[:16]


def main(times: int, folder: Path) -> None:
    """A row for each run."""
    plain, added = folder / "plain", folder / "added"
    lay_out(times, plain, added)
    for place in (plain, added):
        _code(place)
        for name in ("reports/site", ".cache"):
            shutil.rmtree(place / name, ignore_errors=True)
    print(f"| {' | '.join(_HEAD)} |\n" + "| --- " * len(_HEAD) + "|")
    _row("from nothing", plain)
    _row("nothing changed", plain)
    for name in ("reports/site", ".cache"):
        # what the run before left is what the one with another release starts from
        if (plain / name).exists():
            shutil.copytree(plain / name, added / name, dirs_exist_ok=True)
    _row("one release added", added)
    warm = digest(added)
    for name in ("reports/site", ".cache"):
        shutil.rmtree(added / name, ignore_errors=True)
    _row("the same from nothing", added)
    print("the same bytes" if digest(added) == warm else "OTHER BYTES than from nothing")


def _row(name: str, folder: Path) -> None:
    load, site = measure(folder), folder / "reports/site"
    pages = sum(1 for _ in site.rglob("*.html"))
    written = load.said.rpartition(" files changed")[0].rpartition(" ")[2]
    sizes = f"{load.wall:.1f} | {load.cpu:.1f} | {load.all_mb:.0f} | {load.own_mb:.0f}"
    print(
        f"| {name} | {t.RELEASES.count(folder):,} | {sizes} | {written} | {pages:,} |",
        flush=True,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
