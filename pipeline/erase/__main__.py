"""The door: ``python -m pipeline.erase ID … --reason "…"`` (``make erase ID=… REASON=…``)."""

from __future__ import annotations

import argparse
import logging
import re
from datetime import datetime

from pipeline.core.errors import InputError, run_stage
from pipeline.core.params import load
from pipeline.erase import work
from pipeline.ingest.settings import IngestParams


def main() -> str:
    """Erase what the command line names."""
    parser = argparse.ArgumentParser(prog="make erase", description="Takes releases out of the project for good.")
    parser.add_argument("ids", nargs="*", help="ids of releases: twelve hexadecimal digits each")
    parser.add_argument("--reason", default="", help="why; stands in data/curation/erased.csv")
    # an input that a person gives, like a date in a letter: no output of a stage depends on the clock
    parser.add_argument("--when", default="", help="the day, 2026-05-03; today when it is not given")
    given = parser.parse_args()
    ids = re.findall(r"[0-9a-f]{12,16}", " ".join(given.ids))
    when = given.when or datetime.now().astimezone().date().isoformat()
    if not given.reason.strip() or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", when):
        raise InputError(
            'REASON is empty or WHEN is no day; say make erase ID=… REASON="Antrag vom …" WHEN=2026-05-03'
        )
    say = logging.getLogger("presselese").info
    searched = work.erase(ids, given.reason.strip(), when, load("ingest", IngestParams), say)
    return f"erase: {len(ids)} releases erased, {searched} files searched"


if __name__ == "__main__":
    run_stage(main)
