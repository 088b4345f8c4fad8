"""`dvc repro` as a user meets it: on an unpacked copy without git, with a corpus of its own."""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
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


def environment_of(project):
    return {**os.environ, "PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"}


def sums(project):
    """Every file that the stages made, with its digest."""
    files = (path for out in ("data", "reports") for path in (project / out).rglob("*") if path.is_file())
    return {path.relative_to(project): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


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


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL and no process groups there")
@pytest.mark.parametrize("stage", ["ingest", "register", "report"])
def test_after_a_kill_the_next_run_leaves_the_files_of_an_undisturbed_one(stage, project):
    """`make bench FIGURES=kills` tries twenty moments, and DVC or a stage alone as well."""
    before = sums(project)
    command = [sys.executable, "-m", "dvc", "repro", "--force", stage]
    bin_first = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    with subprocess.Popen(
        command, cwd=project, env={**environment_of(project), "PATH": bin_first}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    ) as run:  # fmt: skip
        while f"Running stage '{stage}'" not in run.stdout.readline():
            assert run.poll() is None
        time.sleep(0.3)
        os.killpg(run.pid, signal.SIGKILL)
    assert sums(project) != before
    dvc(project, "repro")
    assert sums(project) == before
    assert "up to date" in dvc(project, "status")


LIMITED = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000))
runpy.run_module(sys.argv[1], run_name="__main__", alter_sys=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of file sizes there")
def test_a_full_disk_is_one_clear_line_in_every_stage_and_the_next_run_mends_it(project):
    """The limit of file sizes stands for the disk; `make bench FIGURES=full` fills a real one."""
    before = sums(project)
    # evaluate has next to nothing to write here: there is no gold
    for stage in sorted(set(STAGES) - {"evaluate"}):
        shutil.rmtree(project / ".cache", ignore_errors=True)
        result = subprocess.run(
            [sys.executable, "-c", LIMITED, f"pipeline.{stage}"],
            cwd=project, env=environment_of(project), capture_output=True, text=True, check=False,
        )  # fmt: skip
        *rest, last = result.stderr.splitlines()
        assert result.returncode == 1, stage
        assert last.startswith("error: "), result.stderr
        assert "make room on the disk and run again" in last
        assert not [line for line in rest if "Traceback" in line or "rror:" in line], result.stderr
    dvc(project, "repro")
    assert sums(project) == before


def test_a_changed_parameter_runs_only_what_depends_on_it_and_so_does_taking_it_back(project):
    """DVC may not bring back the list of an earlier package, for the package itself is not in its cache."""
    params, before = project / "params.yaml", sums(project)
    text = params.read_text(encoding="utf-8")
    params.write_text(text.replace("publisher: ", "publisher: Neue "), encoding="utf-8")
    assert ran(dvc(project, "repro")) == ["archive"]
    assert sums(project) != before
    params.write_text(text, encoding="utf-8")
    assert ran(dvc(project, "repro")) == ["archive"]
    assert sums(project) == before


def test_a_package_that_somebody_deleted_is_made_again(project):
    before = sums(project)
    shutil.rmtree(project / "data/archive")
    assert ran(dvc(project, "repro")) == ["archive"]
    assert sums(project) == before


def test_the_list_of_its_sums_stands_for_the_site(project):
    """Whatever is done to it, the pages are those of the params: DVC brings no list of an earlier run back."""
    before, params = sums(project), project / "params.yaml"
    text = params.read_text(encoding="utf-8")
    params.write_text(text.replace("index_rows: ", "index_rows: 1"), encoding="utf-8")
    assert ran(dvc(project, "repro")) == ["report"]
    params.write_text(text, encoding="utf-8")
    assert ran(dvc(project, "repro")) == ["report"]
    assert sums(project) == before
    shutil.rmtree(project / "reports/site")
    assert ran(dvc(project, "repro")) == ["report"]
    assert sums(project) == before


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
