"""Errors: one line for a person, a traceback only for bugs of ours."""

import errno
import os
import pickle
import subprocess
import sys

import pytest

from pipeline.core.errors import InputError, Rejection, run_stage


def test_our_errors_end_a_stage_in_one_line():
    def main():
        raise InputError("a.csv: line 3: too short")

    with pytest.raises(SystemExit, match=r"^error: a\.csv: line 3: too short$"):
        run_stage(main)


def test_a_bug_keeps_its_traceback():
    with pytest.raises(ZeroDivisionError):
        run_stage(lambda: str(1 // 0))


def test_a_rejection_survives_the_way_from_a_worker_process():
    sent = Rejection("empty", "Die Datei ist leer.", "The file is empty.")
    received = pickle.loads(pickle.dumps(sent))
    assert (received.code, received.reason_de, received.reason_en) == (sent.code, sent.reason_de, sent.reason_en)


@pytest.mark.parametrize(
    ("number", "remedy"),
    [(errno.ENOSPC, "make room"), (errno.EROFS, "may be written to"), (errno.EACCES, "may be written to")],
)
def test_a_full_disk_and_a_folder_that_cannot_be_written_are_one_line_with_place_and_remedy(number, remedy):
    def main():
        raise OSError(number, os.strerror(number), "data/extract/terms.parquet")

    with pytest.raises(SystemExit, match=rf"^error: data/extract/terms\.parquet: .*{remedy}.*is kept$"):
        run_stage(main)


def test_a_nameless_file_that_finds_no_room_names_the_folder():
    def main():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(SystemExit, match=r"^error: the disk of this folder: No space left on device; make room"):
        run_stage(main)


def test_other_faults_of_the_system_keep_their_traceback():
    def main():
        raise OSError(errno.EINVAL, "odd")

    with pytest.raises(OSError, match="odd"):
        run_stage(main)


LIMITED = """
import os, resource, signal
from pipeline.core import tables
from pipeline.core.errors import run_stage
from tests import builders as b
def main():
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
    tables.TERMS.write(b.term(f"{i:06}" + os.urandom(8).hex()) for i in range(20_000))
    return "written"
run_stage(main)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of file sizes there")
def test_a_table_that_does_not_fit_is_one_line_and_leaves_the_last_one_whole(tmp_path):
    """The limit of file sizes stands for a full disk: the system refuses to write on."""
    table = tmp_path / "data/extract/terms.parquet"
    table.parent.mkdir(parents=True)
    table.write_bytes(b"the last one")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    result = subprocess.run(
        [sys.executable, "-c", LIMITED], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    assert result.stderr.startswith("error: data/extract/terms.parquet: ")
    assert len(result.stderr.splitlines()) == 1
    assert [(path.name, path.read_bytes()) for path in table.parent.iterdir()] == [(table.name, b"the last one")]
