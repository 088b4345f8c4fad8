"""What the process beside the stage does (see ``ahead``); apart, so that it imports little else."""

from __future__ import annotations

import signal
from contextlib import suppress
from multiprocessing.connection import Connection


def serve(line: Connection, model: str, version: str) -> None:
    """Releases in, pages out, until the line is cut or anything goes wrong."""
    # Ctrl-C is for the process that asks
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(Exception):
        from pipeline.extract import nlp  # noqa: PLC0415  a missing library is no fault of this process alone

        reader = nlp.load(model, version)
        while True:
            line.send(reader.read(*line.recv()))
