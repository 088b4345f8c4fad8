"""Work that hangs or dies costs one part of one job."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections import deque

import pytest

from pipeline.ingest import work
from pipeline.ingest.crew import Crew, Job


def make():
    return answer


def answer(words):
    for word in words:
        if word == "hang":
            time.sleep(600)
        if word == "die":
            os._exit(9)
        if word == "bug":
            raise ZeroDivisionError
        yield word.upper()


def make_reader():
    return many


def many(count):
    yield from range(count)


def make_guarded():
    work.forbid_network()
    work.limit_memory(500)
    return try_out


def try_out(what):
    try:
        if what == "net":
            socket.create_connection(("192.0.2.1", 80), timeout=1)
        elif what == "name":
            socket.getaddrinfo("falkenrode.example", 80)
        else:
            bytearray(2_000_000_000)
    except (PermissionError, MemoryError) as error:
        yield type(error).__name__


def _run(*jobs, size=1, seconds=60.0):
    with Crew(make, size, seconds) as crew:
        return [
            (event.kind, event.message, event.parts)
            for event in crew.run(iter([Job(job) for job in jobs]), deque())
        ]


def test_every_part_of_every_job_is_answered():
    events = _run(["ein", "wort"], ["noch"], size=2)
    assert {message for kind, message, _ in events if kind == "message"} == {"EIN", "WORT", "NOCH"}
    assert [kind for kind, *_ in events].count("done") == 2


def test_a_worker_begun_early_takes_the_first_job():
    with Crew(make, 2, 60.0) as crew:
        crew.begin()
        process = crew._free[-1]._process
        events = crew.run(iter([Job(["ein"])]), deque())
        assert next(events).message == "EIN"
        assert [worker._process for worker in crew._busy] == [process]
    assert not process.is_alive()


def test_a_worker_begun_early_that_nobody_needs_or_that_dies_does_no_harm():
    with Crew(make, 1, 60.0) as crew:
        crew.begin()
        idle = crew._free[-1]._process
    assert not idle.is_alive()
    with Crew(make, 1, 60.0) as crew:
        crew.begin()
        crew._free[-1]._process.kill()
        crew._free[-1]._process.join()
        events = [(event.kind, event.message) for event in crew.run(iter([Job(["a"]), Job(["b"])]), deque())]
    assert events == [("lost", "crash"), ("message", "B"), ("done", None)]


def test_what_hangs_or_dies_is_named_by_its_place_and_the_rest_goes_on():
    with Crew(make, 1, 1.0) as crew:
        jobs = [Job(["a", "hang", "b"]), Job(["die"]), Job(["c"])]
        events = [(event.kind, event.message, event.parts) for event in crew.run(iter(jobs), deque())]
    assert events == [
        ("message", "A", 1),
        ("lost", "timeout", 1),
        ("lost", "crash", 0),
        ("message", "C", 1),
        ("done", None, 1),
    ]


def test_a_bug_of_ours_is_no_fault_of_the_file_and_is_raised():
    with pytest.raises(ZeroDivisionError):
        _run(["bug"])


def test_a_reader_that_is_ahead_waits_for_the_others():
    urgent: deque[Job] = deque()
    most = 0
    with Crew(make_reader, 1, 60.0) as crew:
        for event in crew.run(iter([Job(300, apart=True)]), urgent):
            if event.job.apart and event.kind == "message":
                urgent.append(Job(1))
            most = max(most, len(urgent))
    assert 0 < most <= 3


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are Linux's")
def test_a_worker_reaches_no_network_and_takes_no_more_memory_than_it_may():
    with Crew(make_guarded, 1, 60.0) as crew:
        jobs = (Job(what) for what in ("net", "name", "memory"))
        answers = [event.message for event in crew.run(jobs, deque()) if event.kind == "message"]
    assert answers == ["PermissionError", "PermissionError", "MemoryError"]
