"""Run the stage: ``python -m pipeline.extract``."""

from __future__ import annotations

from pipeline.core.errors import run_stage
from pipeline.core.params import load
from pipeline.extract.settings import ExtractParams
from pipeline.extract.work import extract


def main() -> str:
    """Load the params, find what releases name, save it; the count sentence."""
    found = extract(load("extract", ExtractParams))
    return (
        f"extract: {found.releases:,} releases, {found.mentions:,} mentions, {found.dates:,} dates, "
        f"{found.quotes:,} quotes"
    )


if __name__ == "__main__":
    run_stage(main)
