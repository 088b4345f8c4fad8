"""One stage at a time in a project's folder: the next waits for its turn.

Whoever kills `dvc repro` alone leaves its stage at work; the stage that the next run starts would write the same
files at the same time. The system gives the turn back when a process ends, however it ends.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

FOLDER = Path(".cache/presselese")
STAGES = ("ingest", "extract", "register", "themes", "evaluate", "report", "archive")
_PAUSE = 0.1


def program() -> str:
    """The module that this process was started with (``python -m``), empty where it is a script."""
    spec = getattr(sys.modules.get("__main__"), "__spec__", None)
    return spec.name if spec is not None else ""


@contextmanager
def alone(program: str) -> Iterator[None]:
    """A stage waits until no other is at work; another program, or a stage that can keep no file, goes on."""
    if program not in {f"pipeline.{stage}.__main__" for stage in STAGES}:
        yield
        return
    turn = FileLock(FOLDER / "turn")
    try:
        FOLDER.mkdir(parents=True, exist_ok=True)
        turn.acquire(blocking=False)
    except Timeout:
        log = logging.getLogger("presselese")
        log.info("another run is at work in this folder, perhaps one that was cut off; waiting for it to end")
        turn.acquire(poll_interval=_PAUSE)
    except OSError:
        yield
        return
    try:
        yield
    finally:
        turn.release()
