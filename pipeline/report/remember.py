"""``python -m pipeline.report.remember``: the state of the report now is what the next one is compared with."""

from __future__ import annotations

from pipeline.core.errors import run_stage
from pipeline.report.memory import memory_of, written
from pipeline.report.work import MEMORY, load_corpus


def main() -> str:
    """The tables -> data/curation/last_report.json."""
    memory = memory_of(load_corpus())
    MEMORY.write_text(written(memory), encoding="utf-8", newline="\n")
    counts = f"{len(memory.releases):,} releases, {len(memory.names):,} names"
    return f"remember: {counts}, as of {memory.stand or 'never'}"


if __name__ == "__main__":
    run_stage(main)
