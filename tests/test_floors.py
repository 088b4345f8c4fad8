"""Language rules and model together do not fall below their floors on the hand-annotated sample releases.

``floors.toml`` holds precision and recall of each type, each with its reason. A floor is raised when the figure
has risen for good; it is lowered only with a reason that a reader can check.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pipeline.core.tables import REJECTED
from pipeline.evaluate import annotation, found
from pipeline.evaluate.compare import compare
from pipeline.evaluate.metrics import summarise
from pipeline.evaluate.pairs import pair

ROOT = Path(__file__).parents[1]
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    """Scores in headline and body of the twelve gold releases, read from their original files."""
    work = tmp_path_factory.mktemp("floors")
    gold = annotation.load_folder(ROOT / "data" / "gold")
    for release in gold:
        target = work / "data" / "raw" / release.source
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / "data" / "raw" / release.source, target)
    shutil.copyfile(ROOT / "params.yaml", work / "params.yaml")
    shutil.copytree(ROOT / "data" / "authority", work / "data" / "authority")
    # without the sample's own corrections: what is measured is the machine's
    (work / "data" / "curation").mkdir()
    header = (ROOT / "data" / "curation" / "corrections.csv").read_text(encoding="utf-8").splitlines()[0]
    (work / "data" / "curation" / "corrections.csv").write_text(header + "\n", encoding="utf-8")
    for stage in ("ingest", "extract", "register", "themes"):
        subprocess.run(
            [sys.executable, "-m", f"pipeline.{stage}"],
            cwd=work, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True,
        )  # fmt: skip
    pairs = pair(gold, found.load(work), {row.source_path for row in REJECTED.read(work)})
    assert len(pairs) == len(gold)
    return summarise([compare(g, f, frozenset({"headline", "body"})) for g, f in pairs], 0)


@pytest.mark.parametrize("kind", FLOORS)
def test_no_figure_falls_below_its_floor(kind, figures):
    floor = FLOORS[kind]
    assert floor["reason"]
    assert figures[kind]["precision"] >= floor["precision"]
    assert figures[kind]["recall"] >= floor["recall"]


def test_every_type_that_is_measured_has_a_floor(figures):
    assert figures.keys() == FLOORS.keys()
