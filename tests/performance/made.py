"""A folder in which the extract stage can run, with invented releases and a stand-in for the language model."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from pipeline.core import tables
from tests.builders import release, zone
from tests.extract.stand_in import pipeline

ROOT = Path(__file__).parents[2]
PLACES = ("Erfurt", "Weimar", "Jena", "Gera", "Suhl")
# runs the stage as `python -m pipeline.extract` does, with the stand-in's components known
STAGE = """
import sys
import {before}
from pipeline.core.errors import run_stage
from pipeline.extract.__main__ import main
if __name__ == "__main__":
    run_stage(main)
    print("spacy" in sys.modules)
"""


def text(number: int) -> str:
    """An invented release."""
    place = PLACES[number % len(PLACES)]
    return (
        f"Bad Nummer {number} öffnet\n\n"
        f"Oberbürgermeister Peter Grasmann kommt am {1 + number % 28}. Mai nach {place}. "
        f"„Das ist schön“, sagt Grasmann. Das Projekt „WerraBlicke {number}“ beginnt in der Lindenstraße {number}."
    )


def project(
    folder: Path, count: int, *, processes: int = 1, batch_size: int = 2, cache: Path | None = None
) -> Path:
    """A folder with so many releases, a model and params; ``cache`` is that of another folder."""
    (folder / "data").mkdir(parents=True)
    pipeline(("PER", "Peter Grasmann")).to_disk(folder / "model")
    (folder / "data/authority").symlink_to(ROOT / "data/authority")
    (folder / "params.yaml").write_text(
        f"execution: {{processes: {processes}, small: 1}}\n"
        f"extract: {{model: model, model_version: 0.1.0, batch_size: {batch_size}, max_cache_mb: 100}}\n",
        encoding="utf-8",
    )
    if cache is not None:
        (folder / ".cache").symlink_to(cache / ".cache")
    corpus(folder, range(count))
    return folder


def corpus(folder: Path, numbers: range, **values: str) -> None:
    """Write the tables that ingest would have written."""
    ids = {f"{number:012x}": text(number) for number in numbers}
    tables.RELEASES.write([release(name, content, **values) for name, content in ids.items()], folder)
    tables.ZONES.write([zone("headline", 0, content.index("\n"), name) for name, content in ids.items()], folder)


def start(folder: Path, before: str = "tests.extract.stand_in") -> subprocess.Popen[str]:
    """The stage in a process of its own, after an import."""
    (folder / "stage.py").write_text(STAGE.format(before=before), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.Popen(
        [sys.executable, "stage.py"], cwd=folder, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def outputs(folder: Path) -> dict[str, bytes]:
    """The bytes of the stage's tables."""
    return {path.name: path.read_bytes() for path in sorted((folder / "data/extract").iterdir())}
