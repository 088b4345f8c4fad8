"""Whether a release says in its head that it replaces an earlier one, and which."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.core.records import Release
from pipeline.ingest import cues

_HEAD, _LINES = 600, 12
_REFERS = re.compile(r"\bNr\. ?(\d{1,4}(?: ?[/-] ?(?:19|20)?\d{2})?)\b")


def version(release: Release) -> int:
    """0 for a release that corrects none, 1 for a corrected version, 2 for one that corrects the corrected."""
    found = [cue for line in _head(release) if (cue := cues.match("correction", line))]
    return max((2 if "again" in cue.flags else 1 for cue in found), default=0)


def refers(release: Release) -> str | None:
    """The number of the release that is replaced, when the line that says so names it."""
    for line in _head(release):
        if cues.match("correction", line):
            for found in _REFERS.finditer(line):
                number = re.sub(r"\s", "", found[1])
                if number != release.number:
                    return number
    return None


def _head(release: Release) -> Iterator[str]:
    yield release.title
    yield release.subtitle or ""
    yield from release.text[:_HEAD].split("\n")[:_LINES]
