"""Every file below the project is opened and searched; what is found is named with its place, never quoted."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.core.text import fold
from pipeline.erase import views
from pipeline.erase.needles import Needle

# what is not searched, and is said not to be: git, whose history only git can rewrite, and installed packages and
# the language model, which were made before any release lay here
PASSED_OVER = (".git", ".venv", "models/dist")


@dataclass(frozen=True, slots=True)
class Find:
    """A file in which something of a release still stands."""

    path: str  # below the project, with forward slashes
    needles: tuple[Needle, ...]

    def kinds(self) -> set[str]:
        """What kinds of things were found."""
        return {needle.kind for needle in self.needles}


def files(root: Path) -> Iterator[Path]:
    """Every file below the project, sorted, links not followed; without what is passed over."""
    for folder, below, names in os.walk(root):
        below[:] = sorted(n for n in below if Path(folder, n).relative_to(root).as_posix() not in PASSED_OVER)
        yield from (Path(folder, name) for name in sorted(names))


def search(root: Path, places: Iterable[Path], needles: Iterable[Needle]) -> Iterator[Find]:
    """Files -> those in which, or in whose names, something is found."""
    wanted = tuple(needles)
    for place in places:
        shown = place.relative_to(root).as_posix()
        found = {needle for text in (shown, *_texts(place)) for needle in _in(fold(text), wanted)}
        if found:
            yield Find(shown, tuple(needle for needle in wanted if needle in found))


def _texts(place: Path) -> Iterator[str]:
    if place.is_file() and not place.is_symlink():
        yield from views.texts(place.read_bytes())


def _in(text: str, needles: Iterable[Needle]) -> Iterator[Needle]:
    for needle in needles:
        if needle.value in text and (needle.kind != "name" or _as_word(needle.value, text)):
            yield needle


def _as_word(value: str, text: str) -> bool:
    """Whether a name stands in a text as a word of its own, not as the beginning of another."""
    start = text.find(value)
    while start >= 0:
        end = start + len(value)
        if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
            return True
        start = text.find(value, start + 1)
    return False
