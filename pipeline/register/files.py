"""The files that people give -> what the stage works with. Where one is missing nothing is linked or corrected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.core.errors import InputError, ParamsError
from pipeline.register import authority, ledger
from pipeline.register.gazetteer import Gazetteer, parse
from pipeline.register.work import Given

AUTHORITY = Path("data/authority")
PLACES, CORRECTIONS = AUTHORITY / "places.csv", Path("data/curation/corrections.csv")


def given(authority_table: str, gazetteer_of: Callable[[str | None, str], Gazetteer] = parse) -> Given:
    """The name of the user's table below data/authority, or nothing -> gazetteer, identifiers and ledger."""
    rows = ledger.parse(CORRECTIONS.read_bytes(), str(CORRECTIONS)) if CORRECTIONS.exists() else []
    table = AUTHORITY / authority_table if authority_table else None
    # DVC watches data/authority: a table anywhere else could change without the stage being run again
    if table and (".." in table.parts or not table.is_file()):
        raise ParamsError(
            f"params.yaml: register → authority_table: {authority_table} is no file below {AUTHORITY}"
        )
    return Given(
        gazetteer_of(_text(PLACES) if PLACES.exists() else None, str(PLACES)),
        authority.parse(_text(table) if table else None, str(table)),
        rows,
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: byte {error.start}: is not UTF-8; save the table as CSV (UTF-8)") from None
