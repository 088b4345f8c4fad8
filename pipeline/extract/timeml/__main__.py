"""The door for TimeML: a folder of TimeML files -> files of the same names with our TIMEX3 tags inside ``<TEXT>``.

``python -m pipeline.extract.timeml IN OUT`` (``make timex``). ``<DCT>`` gives the publication date, old TIMEX3
tags in ``<TEXT>`` are dropped, everything else stays as it is. Needs the date rules only, no language model. A
file that cannot be read is named with its line; the others are done all the same, and the exit status says so.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from rich.progress import track

from pipeline.core.errors import InputError, run_stage
from pipeline.extract.components import dates
from pipeline.extract.timeml import document
from pipeline.extract.timeml.forms import forms

ENDINGS = (".tml", ".xml", ".timeml")


def main() -> str:
    """Run the command line's two folders; the count sentence."""
    source, target = _folders()
    paths = sorted(p for p in source.iterdir() if p.suffix.lower() in ENDINGS) if source.is_dir() else []
    if not paths:
        raise InputError(f"{source}: holds no TimeML file ({', '.join(ENDINGS)}); name a folder that does")
    if target.resolve() == source.resolve():
        raise InputError(f"{target}: is the folder that is read; name another one for the results")
    target.mkdir(parents=True, exist_ok=True)
    written, marked, left_out, faults = annotate_all(paths, target)
    sentence = f"timex: {written:,} files, {marked:,} expressions in {target}"
    sentence += f"; {left_out:,} not marked because other markup cuts them" if left_out else ""
    if faults:
        raise InputError("\n".join([*faults, f"{sentence}; {len(faults):,} faulty files left out"]))
    return sentence


def _folders() -> tuple[Path, Path]:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="folder of TimeML files")
    parser.add_argument("target", type=Path, help="folder for the results; made if missing")
    options = parser.parse_args()
    return options.source, options.target


def annotate_all(paths: Iterable[Path], target: Path) -> tuple[int, int, int, list[str]]:
    """Files -> annotated files; counts of files, tags, expressions left out, and a line for each faulty file."""
    written = marked = left_out = 0
    faults = []
    for path in track(list(paths), description="timex", transient=True):
        try:
            data, tags, cut = annotate(path.read_bytes())
        except InputError as error:
            faults.append(f"{path}: {error}")
            continue
        (target / path.name).write_bytes(data)
        written, marked, left_out = written + 1, marked + tags, left_out + cut
    return written, marked, left_out, faults


def annotate(raw: bytes) -> tuple[bytes, int, int]:
    """One TimeML file with our tags in place of those it had; how many, and how many could not be placed."""
    taken = document.read(raw)
    found = dates.find(taken.text, taken.published, "timeml")
    return document.write(taken, forms(taken.text, found))


if __name__ == "__main__":
    run_stage(main)
