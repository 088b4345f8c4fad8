"""params.yaml section -> strict frozen model; a typo is one clear line."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from pipeline.core.errors import ParamsError

PARAMS_FILE = Path("params.yaml")
# pydantic would look through every installed package for plug-ins, .04 s a stage
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


class Params(BaseModel):
    """Base of every section: unknown keys, wrong types and later changes are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


Section = TypeVar("Section", bound=Params)


def load(section: str, model: type[Section], path: Path = PARAMS_FILE) -> Section:
    """One section of params.yaml as its model.

    Raises ParamsError naming file, section and key, with the nearest known key for a typo.
    """
    values = _read(path).get(section)
    if not isinstance(values, dict):
        raise ParamsError(f"{path}: section {section} is missing; see the params table in README.md")
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise ParamsError("; ".join(_explain(path, section, model, e) for e in error.errors())) from None


def _read(path: Path) -> dict[str, object]:
    try:
        values = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ParamsError(f"{path}: not found; run from the project's folder") from None
    except YAMLError as error:
        raise ParamsError(f"{path}: is not valid YAML: {' '.join(str(error).split())}") from None
    return values if isinstance(values, dict) else {}


def _explain(path: Path, section: str, model: type[Params], error: object) -> str:
    assert isinstance(error, dict)
    place = " → ".join(str(part) for part in (section, *error["loc"]))
    if error["type"] == "extra_forbidden":
        near = difflib.get_close_matches(str(error["loc"][-1]), model.model_fields, n=1)
        hint = f"; did you mean {near[0]}?" if near else f"; known are {', '.join(model.model_fields)}"
        return f"{path}: {place}: unknown{hint}"
    if error["type"] == "missing":
        return f"{path}: {place}: is missing"
    return f"{path}: {place}: {error['msg']}, not {error['input']!r}"
