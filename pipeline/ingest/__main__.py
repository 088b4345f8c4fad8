"""Load, work, save: the ingest stage."""

from __future__ import annotations

from functools import partial

from pipeline.core import tables
from pipeline.core.errors import run_stage
from pipeline.core.execute import map_batches
from pipeline.core.params import load
from pipeline.ingest import duplicates, raw, take
from pipeline.ingest.settings import IngestParams
from pipeline.ingest.spelling import one_spelling

BATCH = 32


def main() -> str:
    """Take in every raw file; the count sentence."""
    settings = load("ingest", IngestParams)
    batches = map_batches(partial(take.make_worker, settings), raw.files(), BATCH, "ingest")
    outcomes = list(take.without_copies(outcome for batch in batches for outcome in batch))
    releases = one_spelling([outcome.release for outcome in outcomes if outcome.release])
    zones = [zone for outcome in outcomes for zone in outcome.zones]
    tables.ZONES.write(zones)
    tables.DUPLICATES.write(duplicates.find(releases, zones, settings.near_duplicate))
    rejected = tables.REJECTED.write(outcome.rejected for outcome in outcomes if outcome.rejected)
    return f"ingest: {tables.RELEASES.write(releases)} releases, {rejected} rejected"


if __name__ == "__main__":
    run_stage(main)
