"""The door for handing over: ``python -m pipeline.archive.deliver`` (``make deliver WHEN=… TO=…``).

The bags are verified, copied where they are to go and verified there; then the delivery is written down in
data/curation/deliveries/, so that the next package says what is new, changed and withdrawn since.
"""

from __future__ import annotations

import argparse
import re
import shutil
from datetime import datetime
from pathlib import Path

import bagit

from pipeline.archive import bag, delivery, delta_log
from pipeline.archive.package import HELD
from pipeline.core.errors import InputError, run_stage

TARGET = Path("data/archive")


def main() -> str:
    """Verify, copy, verify, write down."""
    parser = argparse.ArgumentParser(prog="make deliver", description="Hands the package over to an archive.")
    parser.add_argument("--to", default="", help="folder that gets a copy of the bags; it must be empty")
    # the day of a delivery is a fact that a person gives; no output of a stage depends on the clock
    parser.add_argument("--when", default="", help="its day, 2026-05-03; today when it is not given")
    given = parser.parse_args()
    when = given.when or datetime.now().astimezone().date().isoformat()
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", when):
        raise InputError(f"WHEN={when}: is no day; write it like 2026-05-03")
    return deliver(when, Path(given.to) if given.to else None)


def deliver(when: str, to: Path | None) -> str:
    """Hand over the package that lies there; the count sentence."""
    coming = TARGET / HELD / delivery.NEXT
    if not coming.exists():
        raise InputError(f"{TARGET}: holds no package; run `make report` first")
    record = delta_log.next_file(when)
    _verify(TARGET)
    if to is not None:
        if to.exists() and any(to.iterdir()):
            raise InputError(f"{to}: is not empty; name an empty folder or one that does not exist yet")
        shutil.copytree(TARGET, to, dirs_exist_ok=True)
        _verify(to)
    record.parent.mkdir(parents=True, exist_ok=True)
    with record.open("wb") as out:
        out.writelines(delta_log.lines(delta_log.read(coming)))
    entries = sum(1 for _ in delta_log.read(record))
    where = f", copied to {to} and verified there" if to else ""
    return f"deliver: {entries} entries in {record.as_posix()}{where}"


def _verify(folder: Path) -> None:
    try:
        if not list(bag.check(folder)):
            raise InputError(f"{folder}: holds no bag; run `make report` first")
    except bagit.BagError as error:
        raise InputError(f"{folder}: a bag is damaged: {error}; run `make report`, or copy it again") from None


if __name__ == "__main__":
    run_stage(main)
