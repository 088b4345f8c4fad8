"""A value -> JSON as ``json.dumps`` indents it, but faster: the standard library's fast way cannot indent."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring
from typing import Any

_scalar = json.JSONEncoder(ensure_ascii=False).encode


def indented(value: Any, margin: str = "\n") -> str:
    """The same text as ``json.dumps(value, ensure_ascii=False, indent=1)``; keys are texts."""
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, Mapping):
        return _listed(
            "{}", [f"{encode_basestring(k)}: {indented(v, margin + ' ')}" for k, v in value.items()], margin
        )
    if isinstance(value, Sequence):
        return _listed("[]", [indented(one, margin + " ") for one in value], margin)
    return _scalar(value)


def _listed(signs: str, items: list[str], margin: str) -> str:
    if not items:
        return signs
    inside = f"{margin} "
    return f"{signs[0]}{inside}{f',{inside}'.join(items)}{margin}{signs[1]}"
