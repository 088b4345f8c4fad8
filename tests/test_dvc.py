"""`dvc repro` as a user meets it: on an unpacked copy without git, with a corpus of its own."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.core import tables as t

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "corpus"
STAGES = ("ingest", "extract", "register", "themes", "evaluate", "report", "archive")


def dvc(project, *arguments):
    """Run dvc with this interpreter's environment; its output. Fails the test when dvc fails."""
    bin_first = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": bin_first, "PYTHONDONTWRITEBYTECODE": "1"}
    result = subprocess.run(
        [sys.executable, "-m", "dvc", *arguments],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout + result.stderr


def ran(output):
    return re.findall(r"Running stage '(\w+)'", output)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The project as an unpacked archive, its sample corpus replaced by the tests' dozen tiny releases."""
    target = tmp_path_factory.mktemp("unpacked") / "presselese"
    target.mkdir()
    for name in ("dvc.yaml", "params.yaml", ".dvcignore"):
        shutil.copy(ROOT / name, target)
    for name in ("pipeline", "models/dist", "data/authority", "data/curation"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    (target / ".dvc").mkdir()
    shutil.copy(ROOT / ".dvc" / "config", target / ".dvc")
    shutil.copytree(CORPUS, target / "data" / "raw")
    (target / "data" / "gold").mkdir()
    dvc(target, "config", "--local", "core.no_scm", "true")
    assert sorted(ran(dvc(target, "repro"))) == sorted(STAGES)
    return target


def test_every_file_is_a_release_or_a_rejection_with_reasons(project):
    releases, rejected = t.RELEASES.read(project), t.REJECTED.read(project)
    assert len(releases) + len(rejected) == len(list(CORPUS.iterdir()))
    assert {row.source_path: row.code for row in rejected} == {
        "leer.txt": "empty",
        "english.txt": "wrong_language",
    }
    assert all(row.reason_de and row.reason_en for row in rejected)


def test_every_stage_leaves_what_dvc_yaml_promises(project):
    for table in t.ALL:
        table.read_frame(project)
    assert (project / "reports" / "site" / "index.html").stat().st_size > 1000
    assert len(list((project / "data" / "archive").glob("*/data/dc/*.xml"))) == len(t.RELEASES.read(project))


def test_a_second_run_does_nothing(project):
    assert ran(dvc(project, "repro")) == []


def test_a_forced_run_leaves_the_lock_byte_identical(project):
    before = (project / "dvc.lock").read_bytes()
    assert sorted(ran(dvc(project, "repro", "--force"))) == sorted(STAGES)
    assert (project / "dvc.lock").read_bytes() == before


def test_a_changed_parameter_runs_only_what_depends_on_it(project):
    params = project / "params.yaml"
    params.write_text(
        params.read_text(encoding="utf-8").replace("publisher: ", "publisher: Neue "), encoding="utf-8"
    )
    assert ran(dvc(project, "repro")) == ["archive"]


def test_a_corrected_register_leaves_ingest_and_extract_alone(project):
    ledger = project / "data" / "curation" / "corrections.csv"
    ledger.write_text(
        ledger.read_text(encoding="utf-8") + "reject,person,Niemand,,Test,Test,2026-01-01\n", encoding="utf-8"
    )
    again = ran(dvc(project, "repro"))
    assert "register" in again
    assert not {"ingest", "extract", "themes"} & set(again)
    assert [row.status for row in t.CORRECTION_RESULTS.read(project)] == ["unused"]


def test_status_says_that_all_is_up_to_date(project):
    assert "up to date" in dvc(project, "status")
