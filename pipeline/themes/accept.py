"""``make accept``: the discovered themes of the last run become those that the next run is compared with."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipeline.core.errors import InputError, run_stage
from pipeline.themes.accepted import parse

FITTED = Path("data/themes/model.json")
ACCEPTED = Path("data/curation/themes_accepted.json")


def main() -> str:
    """Check the themes of the last run and copy them to the files that people keep; the count sentence."""
    if not FITTED.exists():
        raise InputError(f"{FITTED}: not found; run `dvc repro` first")
    themes = parse(FITTED.read_text(encoding="utf-8"), str(FITTED))
    shutil.copyfile(FITTED, ACCEPTED)
    return f"accept: {sum(not theme.gone for theme in themes)} themes keep their ids and names from now on"


if __name__ == "__main__":
    run_stage(main)
