"""What else keeps a release: gold and lists that people wrote, outputs, caches, files that git ignores."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

import pathspec
from ruamel.yaml import YAML

from pipeline.core.errors import InputError
from pipeline.core.text import fold
from pipeline.erase.needles import Trace
from pipeline.erase.search import Find

LISTS = (
    Path("data/curation/corrections.csv"),
    Path("data/curation/statements.csv"),
    Path("data/gold/entities.csv"),
)
GOLD, OBJECTS, RUNS = Path("data/gold"), Path(".dvc/cache/files"), Path(".dvc/cache/runs")
# rows of these columns go when they are about something that only the erased release names
_SPEAKING = {"target", "value", "form", "entity", "release", "source", "ziel", "wert", "mitteilung"}


def gold(finds: Iterable[Find]) -> list[Path]:
    """Finds -> annotated copies of an erased release: its text, and the file beside it."""
    texts = [Path(find.path) for find in finds if Path(find.path).parent == GOLD and "text" in find.kinds()]
    stems = {path.stem for path in texts if path.suffix in (".txt", ".json")}
    return [path for stem in sorted(stems) for path in sorted(GOLD.glob(f"{stem}.*")) if path.name != "README.md"]


def rows(file: Path, traced: Trace) -> tuple[str, list[int]]:
    """A list that people keep -> the same without the rows about the erased release, and which lines those were.

    Everything else stays byte by byte: delimiter, quotes, order.
    """
    text = file.read_bytes().decode("utf-8")
    names = {needle.value for needle in traced.needles}
    lines: list[str] = []
    kept, gone, number = [], [], 1
    head: list[str] = []
    dialect = ";" if ";" in text.partition("\n")[0] else ","
    for row in csv.reader(_noted(io.StringIO(text, newline=""), lines), delimiter=dialect):
        cells = dict(zip(head, row, strict=False))
        if head and any(_says(cell, names) for name, cell in cells.items() if name in _SPEAKING):
            gone.append(number)
        else:
            kept += lines
        head = head or [cell.strip("\ufeff ").lower() for cell in row]
        number += len(lines)
        lines.clear()
    return "".join(kept), gone


def _noted(stream: Iterable[str], lines: list[str]) -> Iterator[str]:
    for line in stream:
        lines.append(line)
        yield line


def _says(cell: str, names: set[str]) -> bool:
    return any(fold(part) in names for part in (cell, *cell.replace("=", "|").split("|")))


def ignored(root: Path) -> pathspec.GitIgnoreSpec:
    """What git ignores, with or without git."""
    file = root / ".gitignore"
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    return pathspec.GitIgnoreSpec.from_lines(lines)


def outputs(root: Path) -> list[str]:
    """What the stages make, as dvc.yaml lists it: outputs, metrics and plots."""
    stages = YAML(typ="safe").load((root / "dvc.yaml").read_text("utf-8"))["stages"]
    listed = [
        entry
        for stage in stages.values()
        for kind in ("outs", "metrics", "plots")
        for entry in stage.get(kind, [])
    ]
    names = [next(iter(entry)) if isinstance(entry, dict) else entry for entry in listed]
    # such a list of sums stands for all that lies in its folder
    return sorted(str(PurePosixPath(n).parent) if "/pruefsummen." in n else n for n in names)


def made(path: str, outs: Iterable[str]) -> bool:
    """Whether a path is, or lies in, what the stages make."""
    return any(path == out or path.startswith(f"{out}/") for out in outs)


def clear(root: Path, outs: Iterable[str]) -> None:
    """Delete what the stages made, what they remember, and DVC's memory of runs: all of it is made again."""
    for name in (*outs, ".cache", RUNS.as_posix()):
        place = root / name
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)


def derived(root: Path) -> list[Path]:
    """The objects in DVC's cache that are, or were in any run, results of a stage: all can be made again.

    What a person added with `dvc add` is not among them.
    """
    yaml = YAML(typ="safe")
    runs = [yaml.load(path.read_text("utf-8")) for path in (root / RUNS).rglob("*") if path.is_file()]
    found = _used(root) | _entries(root, {out["md5"] for run in runs for out in run.get("outs", [])})
    places = (root / OBJECTS / "md5" / md5[:2] / md5[2:] for md5 in sorted(found))
    return [path for path in places if path.is_file()]


def unused(root: Path) -> list[Path]:
    """The objects in DVC's cache that today's results do not use: copies of earlier ones."""
    used = _used(root)
    return [path for path in sorted((root / ".dvc/cache").rglob("*")) if path.is_file() and _md5(path) not in used]


def _used(root: Path) -> set[str]:
    lock = root / "dvc.lock"
    stages = YAML(typ="safe").load(lock.read_text("utf-8"))["stages"] if lock.exists() else {}
    return _entries(root, {out["md5"] for stage in stages.values() for out in stage.get("outs", [])})


def _entries(root: Path, found: set[str]) -> set[str]:
    """Digests of results -> the same, and those of the files in the folders among them."""
    for name in sorted(found):
        listing = root / OBJECTS / "md5" / name[:2] / name[2:]
        if name.endswith(".dir") and listing.exists():
            found |= {entry["md5"] for entry in json.loads(listing.read_bytes())}
    return found


def _md5(path: Path) -> str:
    return path.parent.name + path.name


def dvc(*arguments: str) -> None:
    """Run DVC in this folder with this Python; raises InputError when it fails."""
    if subprocess.run([sys.executable, "-m", "dvc", *arguments], check=False).returncode:  # noqa: S603  no user's words
        raise InputError("dvc " + " ".join(arguments) + " failed; mend what it names, then run `make report`")
