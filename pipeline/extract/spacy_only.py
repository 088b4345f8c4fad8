"""spaCy without its command line, which it imports with itself though only people at a terminal need it.

The commands bring programs for downloads, projects and the web along: a third of the time that importing it takes.
Whoever asks for them later gets them.
"""

from __future__ import annotations

import sys
from types import ModuleType

_COMMANDS = ("spacy.cli", "spacy.cli.info")


def import_spacy() -> ModuleType:
    """The package, with commands only where something has imported them before."""
    if "spacy" in sys.modules:
        return sys.modules["spacy"]
    stand_ins = {name: ModuleType(name) for name in _COMMANDS}
    stand_ins["spacy.cli.info"].info = _info  # type: ignore[attr-defined]
    sys.modules.update(stand_ins)
    try:
        import spacy  # noqa: PLC0415  it finds the stand-ins
    finally:
        for name in stand_ins:
            del sys.modules[name]
    return spacy


def _info(*given: object, **named: object) -> object:
    from spacy.cli.info import info  # noqa: PLC0415  only where somebody asks

    return info(*given, **named)  # type: ignore[arg-type]
