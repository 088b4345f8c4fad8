"""Real releases to measure with, from the folder of shared material beside the checkout."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.timing import environment

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
PILE = SHARED / "press/pile.jsonl.gz"
OUTS = ("data/ingest", "data/extract", "data/register", "data/themes", "data/archive", "reports")
PEER = SHARED / "models/de_core_news_sm-3.7.0.config.cfg"


def releases() -> Iterator[dict[str, str]]:
    """Every release of the pile, in its order."""
    with gzip.open(PILE, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def spread(count: int) -> list[str]:
    """The texts of so many releases from all over the pile."""
    texts = [release["text"] for release in releases()]
    return texts[:: max(1, len(texts) // count)][:count]


def sample(folder: Path, model: str) -> Path:
    """A copy of the project without its results, with its own sample corpus."""
    project(folder, 0, model)
    shutil.copytree(ROOT / "data/raw", folder / "data/raw")
    shutil.copytree(ROOT / "data/gold", folder / "data/gold", dirs_exist_ok=True)
    return folder


def project(folder: Path, count: int, model: str | None = None, processes: int = 0) -> Path:
    """A copy of the project without its results, with the first so many releases of the pile as files."""
    folder.mkdir(parents=True)
    for name in ("dvc.yaml", "params.yaml", ".dvcignore", ".gitignore"):
        shutil.copy(ROOT / name, folder)
    for name in ("pipeline", "models/dist", "data/authority", "data/curation"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "data/gold").mkdir()
    (folder / ".dvc").mkdir()
    shutil.copy(ROOT / ".dvc/config", folder / ".dvc")
    # as in a clone: DVC does not search folders that git ignores for files of its own
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)  # noqa: S607  whichever git there is
    add(folder, 0, count)
    params = (folder / "params.yaml").read_text(encoding="utf-8")
    if model:
        version = importlib.metadata.version(model)
        params = re.sub(r"^(  model: ).*", rf"\g<1>{model}", params, flags=re.MULTILINE)
        params = re.sub(r"^(  model_version: ).*", rf"\g<1>{version}", params, flags=re.MULTILINE)
    params = params.replace("  processes: 0", f"  processes: {processes}")
    (folder / "params.yaml").write_text(params, encoding="utf-8")
    return folder


def add(folder: Path, first: int, last: int, date: str | None = None) -> None:
    """Put releases of the pile into data/raw, as Markdown with front matter; on a date of their own or on this."""
    for release in islice(releases(), first, last):
        release["date"] = date or release["date"]
        meta = {key: release.get(key) for key in ("title", "date", "issuer") if release.get(key)}
        head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in meta.items())
        path = folder / "data/raw" / release["id"][-2:] / f"{release['id']}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{head}---\n\n{release['text']}\n", encoding="utf-8")


def add_newer(folder: Path, number: int) -> None:
    """Put a release of the pile into data/raw as a press office would on Monday: newer than all before it."""
    newest = max(release["date"] for release in islice(releases(), number) if release.get("date"))
    add(folder, number, number + 1, (dt.date.fromisoformat(newest) + dt.timedelta(1)).isoformat())


def sums(folder: Path) -> set[tuple[str, str]]:
    """Every file of the outputs with its digest; DVC's own unfinished files (.dvcignore) are none."""
    return {
        (path.relative_to(folder).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest())
        for out in OUTS
        for path in (folder / out).rglob("*")
        if path.is_file() and not path.match(".*.tmp")
    }


def stage(name: str) -> list[str]:
    """The command of a stage."""
    return [sys.executable, "-m", f"pipeline.{name}"]


def repro(*arguments: str) -> list[str]:
    """The command ``dvc repro``."""
    return [sys.executable, "-m", "dvc", "repro", *arguments]


def run(command: list[str], folder: Path) -> str:
    """Run a command to its end; what it said."""
    result = subprocess.run(  # noqa: S603  our own command
        command, cwd=folder, env=environment(folder), capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise SystemExit(result.stdout + result.stderr)
    return result.stdout + result.stderr
