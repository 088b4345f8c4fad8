"""Tests of what is done about a dvc.lock that a killed run left half written."""

from pathlib import Path

import pytest

from pipeline import lockfile

WHOLE = (Path(__file__).parents[1] / "dvc.lock").read_bytes()


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_a_whole_file_stays_and_so_does_none():
    assert not lockfile.mend()
    lockfile.LOCK.write_bytes(WHOLE)
    assert not lockfile.mend()
    assert lockfile.LOCK.read_bytes() == WHOLE


@pytest.mark.parametrize(
    "data",
    [b"", b"schema: '2.0'\nstages:\n", WHOLE[: WHOLE.index(b"cmd:")], WHOLE[: WHOLE.index(b"path:") + 3], b"\xff"],
)
def test_what_dvc_would_refuse_is_put_aside(data, capsys):
    lockfile.LOCK.write_bytes(data)
    lockfile.main()
    assert "halb geschrieben" in capsys.readouterr().out
    assert not lockfile.LOCK.exists()
    assert lockfile.ASIDE.read_bytes() == data
    lockfile.main()
    assert not capsys.readouterr().out
