"""params.yaml and the places of a training run: one section per stage, as plain dictionaries."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import yaml

HOME = Path(__file__).resolve().parent.parent
BUILD = HOME / os.environ.get("PRESSE_BUILD", "build")
CORPORA_VARIABLE = "PRESSE_CORPORA"


class SetupError(RuntimeError):
    """Something that a training run needs is missing or is not what was pinned; the text says what to provide."""


def section(name: str) -> dict[str, Any]:
    """The name of a stage becomes its section of params.yaml (or of the file that PRESSE_PARAMS names)."""
    path = HOME / os.environ.get("PRESSE_PARAMS", "params.yaml")
    return dict(yaml.safe_load(path.read_text("utf-8"))[name])


def corpora_root() -> Path:
    """The environment variable (or params.yaml: corpora → root) becomes the folder that holds ship/ and raw/."""
    place = os.environ.get(CORPORA_VARIABLE) or section("corpora")["root"]
    root = (HOME / place).resolve()
    if not (root / "ship").is_dir():
        raise SetupError(
            f"models/params.yaml: corpora → root: {root} has no folder ship/. Training needs the corpora named in "
            f"models/inputs.sha256; point {CORPORA_VARIABLE} at the folder that holds ship/ and raw/."
        )
    return root


def pinned() -> dict[str, str]:
    """inputs.sha256 becomes a table from relative path to expected hash."""
    rows = (line.split() for line in (HOME / "inputs.sha256").read_text("utf-8").splitlines() if line.strip())
    return {path: digest for digest, path in rows}


def check_pin(name: str, path: Path) -> Path:
    """A path is handed back once its content is what inputs.sha256 says under that name."""
    if not path.is_file():
        raise SetupError(f"models/inputs.sha256: {name}: no such file: {path}. Put the pinned file there.")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    wanted = pinned().get(name)
    if found != wanted:
        raise SetupError(f"models/inputs.sha256: {name}: expected {wanted}, found {found}. Restore the pinned file.")
    return path


def corpus_file(name: str) -> Path:
    """A name such as ship/ud-gsd/de_gsd-ud-dev.conllu.gz becomes its checked path."""
    return check_pin(name, corpora_root() / name)
