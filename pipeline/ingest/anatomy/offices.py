"""Offices known by signs: ``POL-F: ...`` before a headline, ``BKA`` for an authority."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

_SIGN = re.compile(r"^(?P<kind>[A-ZÄÖÜ]{2,5})-(?P<rest>[A-ZÄÖÜ][A-ZÄÖÜa-z-]{0,8})\b")


@cache
def _table(name: str, section: str) -> dict[str, str]:
    file = resources.files("pipeline.ingest").joinpath(f"patterns/{name}.toml")
    return dict(tomllib.loads(file.read_text("utf-8"))[section])


def authority(name: str) -> str:
    """The name of an authority for its official short form; any other name unchanged."""
    return _table("authorities", "names").get(name, name)


def by_sign(title: str, place: str | None) -> tuple[str, bool] | None:
    """The office whose sign a headline begins with, and whether the table names it; None without a sign.

    Of a sign that the table lacks the kind is told, and the place of the dateline stands for the rest.
    """
    found = _SIGN.match(title)
    if found is None:
        return None
    if full := _table("offices", "signs").get(found[0]):
        return full, True
    kind = _table("offices", "kinds").get(found["kind"])
    return (f"{kind} {place}", False) if kind and place else None
