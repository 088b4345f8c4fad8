"""The cache saves time and can do no harm."""

from __future__ import annotations

import sqlite3
from contextlib import suppress

from pipeline.ingest import cache
from pipeline.ingest.cache import Cache
from tests.ingest import made


def _kept(folder, *keys):
    with Cache(folder, 10) as known:
        return [known.get(key) for key in keys]


def test_what_was_kept_is_there_in_the_next_run(tmp_path):
    with Cache(tmp_path, 10) as known:
        known.put(b"a", b"eins")
        assert known.get(b"b") is None
    assert _kept(tmp_path, b"a") == [b"eins"]


def test_what_a_run_did_not_use_is_thrown_away_with_its_text(tmp_path):
    with Cache(tmp_path, 10) as known:
        known.put(b"a", b"eins" * 999)
        known.put(b"b", b"zwei" * 999)
    assert _kept(tmp_path, b"b") == [b"zwei" * 999]
    assert _kept(tmp_path, b"a", b"b") == [None, b"zwei" * 999]
    assert b"einseins" not in (tmp_path / "ingest.sqlite").read_bytes()


def test_a_run_that_breaks_off_keeps_what_was_there_and_what_it_found(tmp_path):
    with Cache(tmp_path, 10) as known:
        known.put(b"a", b"eins")
    with suppress(KeyboardInterrupt), Cache(tmp_path, 10) as known:
        known.put(b"b", b"zwei")
        raise KeyboardInterrupt
    assert _kept(tmp_path, b"a", b"b") == [b"eins", b"zwei"]


def test_a_file_that_is_no_cache_is_replaced(tmp_path):
    (tmp_path / "ingest.sqlite").write_bytes(b"kein SQLite" * 500)
    with Cache(tmp_path, 10) as known:
        assert known.get(b"a") is None
        known.put(b"a", b"eins")
    assert _kept(tmp_path, b"a") == [b"eins"]


def test_a_damaged_value_is_not_there(tmp_path):
    with Cache(tmp_path, 10) as known:
        known.put(b"a", b"eins")
    with sqlite3.connect(tmp_path / "ingest.sqlite") as base:
        base.execute("UPDATE part SET value = ?", (b"12345678eins",))
    base.close()
    assert _kept(tmp_path, b"a") == [None]


def test_two_runs_at_once_do_not_disturb_each_other(tmp_path):
    with Cache(tmp_path, 10) as one, Cache(tmp_path, 10) as other:
        for number in range(450):
            one.put(b"one%d" % number, b"1")
            other.put(b"other%d" % number, b"2")
        assert one.get(b"one0") == b"1"
        assert other.get(b"other0") == b"2"
    assert _kept(tmp_path, b"nichts") == [None]


def test_it_grows_no_larger_than_it_may(tmp_path):
    with Cache(tmp_path, 1) as known:
        for number in range(300):
            known.put(b"%d" % number, number.to_bytes(2) * 5000)
    assert (tmp_path / "ingest.sqlite").stat().st_size < 1_200_000
    with Cache(tmp_path / "none", 0) as known:
        known.put(b"a", b"eins")
    assert _kept(tmp_path / "none", b"a") == [None]


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with Cache(tmp_path / "file", 10) as known:
        known.put(b"a", b"eins")
        assert known.get(b"a") is None


def test_keys_change_with_params_that_change_outcomes_and_with_no_others():
    stamp = cache.stamp(made.SETTINGS)
    assert stamp == cache.stamp(made.SETTINGS.model_copy(update={"near_duplicate": 0.9, "max_seconds": 5}))
    assert stamp != cache.stamp(made.SETTINGS.model_copy(update={"languages": ["de", "en"]}))
    assert len({cache.key(stamp, "a", "bc"), cache.key(stamp, "ab", "c"), cache.key(stamp, "a", "bc", "")}) == 3
