"""Put a half-written dvc.lock aside: ``python -m pipeline.lockfile``, which ``make report`` runs before DVC.

DVC writes the file in place, after each stage and for a twentieth of a second or so. Whoever is killed just then
leaves part of it, and `dvc repro` goes no further until it is gone. Without it every stage runs once more, from
its own cache.
"""

from __future__ import annotations

import sys
from pathlib import Path

from dvc.schema import COMPILED_LOCKFILE_SCHEMA
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from voluptuous import Invalid

from pipeline.core.store import FOLDER

LOCK, ASIDE = Path("dvc.lock"), FOLDER / "dvc.lock.damaged"


def mend() -> bool:
    """Whether there was a dvc.lock that DVC would refuse; it lies in the cache now, for whoever wants it."""
    if not LOCK.exists() or is_whole(LOCK.read_bytes()):
        return False
    ASIDE.parent.mkdir(parents=True, exist_ok=True)
    LOCK.replace(ASIDE)
    return True


def is_whole(data: bytes) -> bool:
    """Whether DVC would read it, by DVC's own schema."""
    try:
        COMPILED_LOCKFILE_SCHEMA(YAML(typ="safe").load(data.decode()))
    except (UnicodeDecodeError, YAMLError, Invalid):
        return False
    return True


def main() -> None:
    """Mend, and say so where there was something to mend."""
    if mend():
        sys.stdout.write(
            f"dvc.lock war nur halb geschrieben, weil ein Lauf abgebrochen wurde; sie liegt jetzt in {ASIDE}. "
            "Alle Stufen laufen noch einmal, aus ihren Zwischenspeichern.\n"
        )


if __name__ == "__main__":
    main()
