"""Errors: one line for a person, a traceback only for bugs of ours."""

import pickle

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
