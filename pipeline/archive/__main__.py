"""Load the tables, describe each release, save the package."""

from __future__ import annotations

from pathlib import Path

from pipeline.archive import bag, spreadsheets
from pipeline.archive.description import Sources, describe
from pipeline.archive.dublin_core import to_xml
from pipeline.archive.settings import ArchiveParams
from pipeline.core import tables as t
from pipeline.core.errors import run_stage
from pipeline.core.params import load

TARGET, RAW = Path("data/archive"), Path("data/raw")


def main() -> str:
    """Write the bag of the whole corpus."""
    settings = load("archive", ArchiveParams)
    entities = t.ENTITIES.read()
    sources = Sources(t.RELEASES.read(), t.ZONES.read(), t.DUPLICATES.read(), entities,
                      t.ENTITY_MENTIONS.read(), t.THEMES.read(), t.ASSIGNMENTS.read())  # fmt: skip
    descriptions = describe(sources, include_persons=settings.include_persons)
    payload = {f"dc/{d.release.release_id}.xml": to_xml(d, settings) for d in descriptions}
    payload["csv/pressemitteilungen.csv"] = spreadsheets.releases_csv(descriptions, settings)
    payload["csv/register.csv"] = spreadsheets.entities_csv(entities, include_persons=settings.include_persons)
    paths = [d.release.source_path for d in descriptions] if settings.include_originals else []
    newest = max((d.release.published for d in descriptions), default="")
    info = bag.info(newest, len(descriptions), settings.publisher)
    files = bag.write(TARGET, payload, bag.originals(RAW, paths), info)
    return f"archive: {len(descriptions)} records, {files} files bagged"


if __name__ == "__main__":
    run_stage(main)
