"""Which lines are of a letterhead: sender, kind of text, number, date line."""

from __future__ import annotations

import re

from pipeline.ingest import cues
from pipeline.ingest.anatomy import names
from pipeline.ingest.anatomy.lines import Line

MAX_CHARS = 160
_PREFIX = re.compile(
    r"^(?:Gemeinsame )?(?:Presse|Medien)-?(?:mitteilung|information|erklärung|meldung|info|einladung)"
    r"(?: (?:Nr\.?|Nummer)? ?\d{1,4}(?: ?[/-] ?\d{2,4})?)?(?:,? vom \d{1,2}\.\S{1,12})?\s*[:–—|-]+\s+(?=\S{2})",
    re.IGNORECASE,
)
_BROKEN_OFF = re.compile(r"(?:^|\s)(?:von|vom|der|des|und|für|sowie)$|^(?:Gemeinsame|Presse|Medien).*,$")
_SEPARATOR = re.compile(r" ?[|·•] ?| [–—-] | {3,}")
_TELLING = ("letterhead.kind", "letterhead.kind_dated", "letterhead.date_line", "letterhead.number")


def prefix(title: str) -> int:
    """How many characters at the start of a title only say that it is a press release."""
    found = _PREFIX.match(title)
    return found.end() if found else 0


def marks(top: list[Line]) -> list[bool]:
    """Which lines belong to the sender; one that breaks off in the middle takes the next with it."""
    found: list[bool] = []
    for line in top:
        goes_on = bool(found) and found[-1] and bool(_BROKEN_OFF.search(top[len(found) - 1].text))
        found.append(goes_on or _is_letterhead(line.text))
    return found


def _is_letterhead(line: str) -> bool:
    return _cue(line) is not None or names.is_name(line)


def _cue(line: str) -> cues.Cue | None:
    """The letterhead cue of a line, or of a part of it: ``Stadt Falkenrode | Presseinformation 12/2021``."""
    if cue := cues.match("letterhead", line):
        return cue
    rest = line[prefix(line) :]
    if rest != line and not cues.match("letterhead", rest):
        return None
    pieces = parts(line) if len(line) < MAX_CHARS else []
    found = [cue for piece in pieces[:6] if len(pieces) > 1 and (cue := cues.match("letterhead", piece))]
    return next((cue for cue in found if cue.id in _TELLING), None)


def parts(line: str) -> list[str]:
    """A line of a letterhead -> what its separators part."""
    return [part for part in _SEPARATOR.split(line) if part]


def is_strong(line: str) -> bool:
    """Whether a line says for sure that a press release begins here."""
    cue = _cue(line)
    return cue is not None and "strong" in cue.flags


def could_be_title(line: str) -> bool:
    """Whether a line that looks like letterhead may yet be the headline."""
    cue = cues.match("letterhead", line)
    return cue is None or cue.id in ("letterhead.kind_of", "letterhead.kind_then_issuer", "letterhead.office")
