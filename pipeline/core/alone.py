"""One stage at a time in a project's folder: the next waits for its turn.

Whoever kills `dvc repro` alone leaves its stage at work; the stage that the next run starts would write the same
files at the same time. The system gives the turn back when a process ends, however it ends.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
    try:
        FOLDER.mkdir(parents=True, exist_ok=True)
        turn = os.open(FOLDER / "turn", os.O_RDWR | os.O_CREAT)
    except OSError:
        yield
        return
    try:
        if not _taken(turn):
            log = logging.getLogger("presselese")
            log.info("another run is at work in this folder, perhaps one that was cut off; waiting for it to end")
            while not _taken(turn):
                time.sleep(_PAUSE)
        yield
    finally:
        os.close(turn)


def _taken(turn: int) -> bool:
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415  there only

            msvcrt.locking(turn, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl  # noqa: PLC0415  not there on Windows

            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
