"""What carries a release and does not issue it: mail providers, news portals, programs, folders."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from pipeline.core.text import fold
from pipeline.ingest.anatomy.wording import plain

_SUBDOMAIN = frozenset(["www", "mail", "presse", "info", "news", "web", "m", "de", "co", "com", "gv", "ac", "or"])


@cache
def _words(table: str) -> frozenset[str]:
    file = resources.files("pipeline.ingest").joinpath("patterns/carriers.toml")
    return frozenset(tomllib.loads(file.read_text("utf-8"))[table]["words"].split())


def labels(host: str) -> list[str]:
    """A host -> the parts of it that may name an issuer, run together: ``presse.funkfreunde-ilmtal.de``."""
    parts = host.split(".")[:-1]
    if any(part in _words("hosts") or part in _words("portals") for part in parts):
        return []
    return [plain(part) for part in reversed(parts) if part not in _SUBDOMAIN and len(part) > 2]


def is_portal(name: str) -> bool:
    """Whether a name is that of a news portal, an agency or a distribution service, also as its address."""
    key = re.sub(r"^(?:https?://)?(?:www\.)?|\.\w{2,4}/?$", "", fold(name))
    return key in _words("portals") or plain(key) in _words("portals")


def is_generic(name: str) -> bool:
    """Whether a name says what something is or which program made it, and not who issued it."""
    key = fold(name)
    parts = [part for part in re.split(r"[\W_]+", key) if part and not part.isdigit()]
    return not parts or key in _words("software") or all(part in _words("generic") for part in parts)
