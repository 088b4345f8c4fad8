"""The door for measuring: a folder of ``.txt`` releases -> ``FOUND/<stem>.json`` in the gold form.

``python -m pipeline.evaluate.score GOLD FOUND`` (``make score``) runs the texts of GOLD as one corpus through
ingest, extract, register and themes in a temporary working folder. The project's own data stays untouched, and
the ``.json`` beside a text is never read. Any scorer of the gold form can then compare GOLD with FOUND.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.core.errors import InputError, run_stage
from pipeline.core.tables import REJECTED
from pipeline.evaluate import found

STAGES = ("ingest", "extract", "register", "themes")
PROJECT = Path(__file__).resolve().parents[2]


def main() -> str:
    """Run the command line's two folders; the count sentence."""
    gold, target = _folders()
    texts = sorted(gold.glob("*.txt"))
    if not texts:
        raise InputError(f"{gold}: holds no .txt file; name a folder of releases as plain text")
    with tempfile.TemporaryDirectory(prefix="presselese-") as name:
        work = Path(name)
        _lay_out(work, texts)
        for stage in STAGES:
            _run(stage, work)
        written = _write(target, found.load(work))
        rejected = [f"{row.source_path} ({row.reason_en})" for row in REJECTED.read(work)]
    return f"score: {written} found files in {target}" + (f"; rejected: {', '.join(rejected)}" if rejected else "")


def _folders() -> tuple[Path, Path]:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="folder of .txt releases; only the texts are read")
    parser.add_argument("found", type=Path, help="folder for the .json results; made if missing")
    options = parser.parse_args()
    return options.gold.resolve(), options.found.resolve()


def _lay_out(work: Path, texts: Iterable[Path]) -> None:
    """A working folder with the texts as raw files, the project's parameters and authority tables."""
    raw = work / "data" / "raw"
    raw.mkdir(parents=True)
    for text in texts:
        shutil.copyfile(text, raw / text.name)
    shutil.copyfile(PROJECT / "params.yaml", work / "params.yaml")
    shutil.copytree(PROJECT / "data" / "authority", work / "data" / "authority")
    shutil.copytree(PROJECT / "models" / "dist", work / "models" / "dist")
    # the project's corrections are about its own corpus: here nothing is corrected
    (work / "data" / "curation").mkdir()
    header = (PROJECT / "data" / "curation" / "corrections.csv").read_text(encoding="utf-8").splitlines()[0]
    (work / "data" / "curation" / "corrections.csv").write_text(header + "\n", encoding="utf-8")


def _run(stage: str, work: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    result = subprocess.run(  # noqa: S603  our own stages, no shell
        [sys.executable, "-m", f"pipeline.{stage}"], cwd=work, env=environment, check=False
    )
    if result.returncode:
        raise InputError(f"score: stage {stage} failed on this folder; its message stands above")


def _write(target: Path, releases: Iterable[found.Found]) -> int:
    target.mkdir(parents=True, exist_ok=True)
    written = 0
    for release in releases:
        stem = Path(release.release.source_path).stem
        _save(target / f"{stem}.json", {**found.to_gold_form(release), "id": stem})
        written += 1
    return written


def _save(path: Path, data: dict[str, Any]) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    run_stage(main)
