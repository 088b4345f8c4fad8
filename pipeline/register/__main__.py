"""Run the stage: ``python -m pipeline.register``."""

from __future__ import annotations

import gc

from pipeline.core.errors import run_stage
from pipeline.core.params import load
from pipeline.register import files, outputs
from pipeline.register.corpus import Shelf, read
from pipeline.register.memory import Memory
from pipeline.register.settings import RegisterParams
from pipeline.register.work import build


def main() -> str:
    """Load what was found and what people give, build the register, save it; the count sentence."""
    settings = load("register", RegisterParams)
    with Shelf() as shelf, Memory(settings.max_cache_mb) as memory:
        memory.names()
        given = files.given(settings.authority_table, memory.gazetteer)
        found = read(shelf, memory.eyes(given.gazetteer.regions), settings.zones)
        register = build(found, given, settings)
        memory.keep_names(found.said)
    outputs.save(register)
    return outputs.counted(register)


if __name__ == "__main__":
    # nearly all that is made here is kept to the end, and nothing in it goes round in a circle: looking for
    # circles again and again was a seventh of the stage
    gc.collect()
    gc.disable()
    run_stage(main)
