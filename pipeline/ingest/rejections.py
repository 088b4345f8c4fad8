"""Why a raw file did not become a release: one code, and a German and an English reason that name the remedy."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from pipeline.core.errors import Rejection


@cache
def reasons() -> dict[str, dict[str, str]]:
    """Every rejection code -> its reasons, ``de`` and ``en``, with slots in braces."""
    return tomllib.loads(resources.files(__package__).joinpath("patterns/rejections.toml").read_text("utf-8"))


def reject(code: str, **values: object) -> Rejection:
    """A code and what its reasons speak of -> the rejection to be raised."""
    reason = reasons()[code]
    german = {name: f"{v:,}".replace(",", ".") if isinstance(v, int) else v for name, v in values.items()}
    return Rejection(code, reason["de"].format(**german), reason["en"].format(**values))
