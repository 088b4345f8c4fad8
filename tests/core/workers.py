"""Workers for tests of execution, importable by name as workers must be: what they do, also to themselves."""

from __future__ import annotations

import functools
import os
import signal
import time
from pathlib import Path

from pipeline.core.errors import ModelError


def doubler():
    return double


def double(batch):
    return [2 * item for item in batch]


def failing():
    return functools.partial(divide, 0)


def divide(by, batch):
    return [item // by for item in batch]


def without_a_model():
    raise ModelError("language model x: is not installed")


def counting(folder):
    """A worker that leaves a file when it is made, and one for each batch."""
    _note(folder, f"made-{os.getpid()}")
    return functools.partial(_counted, folder)


def _counted(folder, batch):
    _note(folder, f"batch-{batch[0]}-{os.getpid()}")
    return double(batch)


def killed_once(folder, at):
    """A worker that kills its process, as an operator or the system would, the first time it sees an item."""
    return functools.partial(_killed_once, folder, at)


def _killed_once(folder, at, batch):
    if at in batch and not (Path(folder) / "killed").exists():
        _note(folder, "killed")
        os.kill(os.getpid(), signal.SIGKILL)
    return double(batch)


def killed_always(at):
    return functools.partial(_killed_always, at)


def _killed_always(at, batch):
    if at in batch:
        os.kill(os.getpid(), signal.SIGKILL)
    return double(batch)


def slow(seconds):
    return functools.partial(_slow, seconds)


def _slow(seconds, batch):
    time.sleep(seconds)
    return double(batch)


def _note(folder, name):
    (Path(folder) / name).touch()
