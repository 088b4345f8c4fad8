"""Load, work, save: the ingest stage."""

from __future__ import annotations

from pipeline.core.errors import run_stage
from pipeline.core.params import load
from pipeline.ingest import cache, listing, raw, whole
from pipeline.ingest.settings import IngestParams


def main() -> str:
    """Take in every raw file; the count sentence."""
    settings = load("ingest", IngestParams)
    listed, stamp = raw.files(), cache.stamp(settings)
    scale = raw.Scale()
    counts = whole.take_in(listed, settings, stamp, scale)
    listing.write(listed, scale)
    return f"ingest: {counts[0]} releases, {counts[1]} rejected"


if __name__ == "__main__":
    run_stage(main)
