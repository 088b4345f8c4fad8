"""The door for corrections made in the workbook: its rows are appended to data/curation/corrections.csv.

``python -m pipeline.register.workbook PATH`` (``make corrections FILE=PATH``; ``make report`` does it by itself).
Rows that nobody could carry out are named by sheet and line and left out; no row of the ledger is ever changed.
The same workbook taken twice adds nothing the second time. Excel and OpenDocument files are read.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, ZipError

from pipeline.core.errors import InputError, run_stage
from pipeline.register.files import CORRECTIONS
from pipeline.register.workbook_ledger import Taken, take
from pipeline.register.workbook_rows import SHEETS_DE, Cells, has_columns, rows

_ENDINGS = ("xlsx", "xlsm", "xlsb", "xls", "ods")


def main() -> str:
    """Take the corrections of the workbook named on the command line; the count sentence."""
    path = _path()
    taken = take_from(path, CORRECTIONS)
    counted = (
        f"{path}: {taken.new} Korrekturen neu in {CORRECTIONS}, {taken.known} standen schon dort, "
        f"{len(taken.faults)} nicht übernommen"
    )
    if taken.faults:
        listed = "\n".join(f"  {fault.place}: {fault.message_de}" for fault in taken.faults)
        raise InputError(
            f"{counted}:\n{listed}\nBitte berichtigen Sie diese Zeilen und speichern Sie noch einmal."
        )
    return counted


def _path() -> Path:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workbook", type=Path, help="the filled-in workbook")
    return Path(parser.parse_args().workbook)


def take_from(path: Path, ledger: Path) -> Taken:
    """A filled-in workbook -> its sound rows appended to the ledger, and what became of all of them."""
    sheets = list(_sheets(path))
    if not any(has_columns(cells) for _, cells in sheets):
        raise InputError(
            f"{path}: Kein Blatt hat die Spalten „Aktion“ und „Ziel“; gemeint ist die Arbeitsmappe "
            f"presselese.xlsx mit den Blättern {SHEETS_DE}"
        )
    before = ledger.read_bytes() if ledger.exists() else b""
    taken = take(before, (row for name, cells in sheets for row in rows(name, cells)), str(ledger))
    if taken.data:
        unfinished = ledger.with_suffix(".part")
        ledger.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(before + taken.data)
        unfinished.replace(ledger)
    return taken


def _sheets(path: Path) -> Iterator[tuple[str, Cells]]:
    if path.suffix.lower().lstrip(".") not in _ENDINGS or not path.is_file():
        raise InputError(f"{path}: ist keine Arbeitsmappe ({', '.join(_ENDINGS)})")
    try:
        with CalamineWorkbook.from_path(path) as book:
            for name in book.sheet_names:
                yield name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except PasswordError:
        raise InputError(f"{path}: ist mit einem Kennwort geschützt; speichern Sie sie ohne") from None
    except (CalamineError, ZipError) as error:
        raise InputError(
            f"{path}: lässt sich nicht lesen ({error}); speichern Sie sie noch einmal als .xlsx"
        ) from None


if __name__ == "__main__":
    run_stage(main)
