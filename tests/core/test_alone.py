"""Two stages never write at the same time, and nobody waits for one that was killed."""

import os
import subprocess
import sys
import time
from pathlib import Path

from ruamel.yaml import YAML

from pipeline.core.alone import FOLDER, STAGES, alone

ROOT = Path(__file__).parents[2]
STAGE = "pipeline.register.__main__"
HOLDER = f"""
import time
from pipeline.core.alone import alone
with alone("{STAGE}"):
    print("at work", flush=True)
    time.sleep(float("{{seconds}}"))
    print("done", flush=True)
"""


def holder(folder, seconds):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER.format(seconds=seconds)], cwd=folder, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout.readline() == "at work\n"
    return process


def test_a_stage_waits_for_another_and_says_so(tmp_path, monkeypatch, caplog):
    caplog.set_level("INFO", "presselese")
    monkeypatch.chdir(tmp_path)
    other = holder(tmp_path, 0.5)
    with alone(STAGE):
        assert other.stdout.readline() == "done\n"
    other.wait()
    assert len(caplog.messages) == 1
    assert "another run is at work in this folder" in caplog.messages[0]


def test_a_stage_that_was_killed_is_not_waited_for(tmp_path, monkeypatch, caplog):
    caplog.set_level("INFO", "presselese")
    monkeypatch.chdir(tmp_path)
    other = holder(tmp_path, 600)
    other.kill()
    other.wait()
    start = time.monotonic()
    with alone(STAGE):
        assert time.monotonic() - start < 60
    assert caplog.messages == []


def test_what_is_no_stage_never_waits(tmp_path, monkeypatch):
    """``make oai`` serves while stages run; ``make erase`` runs them itself."""
    monkeypatch.chdir(tmp_path)
    other = holder(tmp_path, 600)
    for name in ("", "pipeline.erase.__main__", "pipeline.archive.oai", "pytest.__main__"):
        with alone(name):
            assert other.poll() is None
    other.kill()
    other.wait()


def test_where_no_file_can_be_kept_a_stage_goes_on(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    FOLDER.parent.mkdir()
    FOLDER.write_text("no folder")
    with alone(STAGE):
        assert FOLDER.is_file()


def test_the_stages_that_take_turns_are_those_of_the_pipeline():
    stages = YAML(typ="safe", pure=True).load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
    assert set(STAGES) == set(stages)


def test_a_stage_that_is_run_as_dvc_runs_it_takes_its_turn(tmp_path):
    other = holder(tmp_path, 600)
    command = [sys.executable, "-m", "pipeline.register"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, text=True, stderr=subprocess.PIPE) as stage:
        assert "another run is at work" in stage.stderr.readline()
        other.kill()
        # its turn comes, and then there are no params here
        assert "params.yaml: not found" in stage.stderr.read()
    other.wait()
