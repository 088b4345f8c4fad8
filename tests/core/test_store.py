"""What is kept between runs; :mod:`tests.ingest.test_cache` tests damage, size and two runs at once."""

import os
import signal
import subprocess
import sys
import time

import pytest

from pipeline.core.store import Store, code, key, libraries

WRITER = """
import sys
from itertools import count
from pathlib import Path
from pipeline.core.store import Store
with Store(Path("known.sqlite"), 100, batch=5) as known:
    for number in count():
        known.put(b"%d" % number, b"v%d" % number * 100)
        print(number, flush=True)
"""


def test_code_changes_with_a_file_and_not_with_bytecode(tmp_path, monkeypatch):
    package = tmp_path / "somewhere"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "rules.toml").write_text("a = 1\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    first = code("somewhere")
    (package / "__pycache__").mkdir(exist_ok=True)
    (package / "__pycache__" / "x.pyc").write_bytes(b"x")
    (package / "rules.toml").write_bytes(b"a = 1\r\n")
    assert code("somewhere") == first
    (package / "rules.toml").write_text("a = 2\n")
    assert code("somewhere") != first


def test_keys_tell_where_one_part_ends():
    assert len({key(b"s", "a", "bc"), key(b"s", "ab", "c"), key(b"s", "a", "bc", ""), key(b"t", "a", "bc")}) == 4


def test_libraries_name_this_python_and_what_is_installed():
    found = libraries()
    assert repr(sys.version_info) in found
    assert any(name.startswith("pyarrow-") for name in found)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_a_run_killed_at_any_moment_loses_its_last_batch_at_most(tmp_path):
    """A kill -9 leaves a whole file: what was put before the last batch is there, and nothing half."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True
    )
    put = next(number for line in process.stdout if (number := int(line)) >= 40)
    time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    put = max([put, *map(int, filter(str.isdigit, process.stdout.read().split()[:-1]))])
    process.wait()
    with Store(tmp_path / "known.sqlite", 100) as known:
        values = [known.get(b"%d" % number) for number in range(put + 1)]
    kept = [value for value in values if value is not None]
    assert kept == [b"v%d" % number * 100 for number in range(len(kept))]
    assert len(kept) >= put - 5


def test_a_store_is_empty_until_something_is_kept(tmp_path):
    with Store(tmp_path / "x.sqlite", 10) as memory:
        assert memory.empty()
        memory.put(b"key", b"value")
    with Store(tmp_path / "x.sqlite", 10) as memory:
        assert not memory.empty()
