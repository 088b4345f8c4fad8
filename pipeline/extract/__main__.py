"""Load releases, find what they name, save the seven tables."""

from __future__ import annotations

from functools import partial

from pipeline.core import execute, params, tables
from pipeline.core.errors import run_stage
from pipeline.extract import authority, rows
from pipeline.extract.settings import ExtractParams


def main() -> str:
    """Run the stage; what it found, counted."""
    settings = params.load("extract", ExtractParams)
    work = rows.items(tables.RELEASES.read(), tables.ZONES.read())
    make = partial(rows.make_worker, settings.model, settings.model_version, authority.load())
    found = rows.Rows()
    for batch in execute.map_batches(make, work, settings.batch_size, "extract"):
        found.add(batch)
    tables.SENTENCES.write(found.sentences)
    tables.DATES.write(found.dates)
    tables.EVENTS.write(found.events)
    tables.FINDINGS.write(found.findings)
    tables.TERMS.write(found.terms)
    mentions, quotes = tables.MENTIONS.write(found.mentions), tables.QUOTES.write(found.quotes)
    return f"extract: {len(work):,} releases, {mentions:,} mentions, {len(found.dates):,} dates, {quotes:,} quotes"


if __name__ == "__main__":
    run_stage(main)
