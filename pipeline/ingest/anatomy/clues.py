"""What speaks for a name from outside the sentence: the folder and file it lies in, its addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.ingest.anatomy import carriers
from pipeline.ingest.anatomy.wording import Wording, hosts, initials, plain

_PARTS = re.compile(r"[^\W\d_]+")
_LEGAL = re.compile(r",? (?:e\. ?V\.?|gGmbH|GmbH|AG|SE|eG|KG|mbH)$")
_BY_PATH, _BY_HOST = 3.5, 2.0
# an address stands at a release's head or end
_HEAD, _TAIL = 1_500, 3_000


@dataclass(frozen=True, slots=True)
class Clues:
    """Folders (innermost first), the file's name, and the labels of its addresses."""

    folders: tuple[str, ...]
    file: str
    labels: tuple[str, ...]

    @staticmethod
    def of(text: str, path: str) -> Clues:
        """A release's text and path -> what they give away."""
        *folders, file = path.split("/")
        named = tuple(part for part in reversed(folders) if not carriers.is_generic(part))
        ends = text if len(text) < _HEAD + _TAIL else f"{text[:_HEAD]}\n{text[-_TAIL:]}"
        labels = (label for host in hosts(ends) for label in carriers.labels(host))
        called = re.sub(r"[-_. ]*\d.*$", "", file.rpartition(".")[0] or file)
        return Clues(named, called, tuple(dict.fromkeys(labels)))

    def by_path(self, name: str) -> float:
        """How much folder and file speak for a name."""
        words = _words(name)
        return _BY_PATH * max(likeness(words, name, part) for part in (*self.folders[:2], self.file))

    def by_host(self, name: str) -> float:
        """How much the addresses speak for a name."""
        words = _words(name)
        return _BY_HOST * max((likeness(words, name, label) for label in self.labels), default=0.0)


def _words(name: str) -> list[str]:
    return [plain(word) for word in _PARTS.findall(_LEGAL.sub("", name))]


def fit(name: str, part: str) -> float:
    """How well a part of a path fits a name, 0 to 1."""
    return likeness(_words(name), name, part)


def likeness(words: list[str], name: str, part: str) -> float:
    """How well a part of a path or an address fits a name, 0 to 1: same words, run together, or its initials."""
    pieces = [plain(piece) for piece in _PARTS.findall(part)]
    whole = "".join(pieces)
    if not whole or not words:
        return 0.0
    if whole == "".join(words) or (len(whole) > 2 and whole in initials(name)):
        return 1.0
    have, letters = set(words), initials(name)[1]
    shared = [piece for piece in pieces if piece in have or (len(piece) > 2 and piece in letters)]
    if not shared:
        return 0.3 if len(whole) > 4 and "".join(words).startswith(whole) else 0.0
    # initials speak for as many words as they have letters
    covered = sum(1 if piece in have else len(piece) for piece in shared)
    recall, precision = len(shared) / len(pieces), min(covered / len(words), 1.0)
    return 2 * recall * precision / (recall + precision)


def readable(part: str, words: Wording) -> tuple[str, bool]:
    """A part of a path -> as the text writes it where it has it, and whether it has: ``bka`` -> ``BKA``."""
    pieces = [piece for piece in re.split(r"[-_. ]+", part) if piece]
    if whole := words.spelled("".join(map(plain, pieces))):
        return whole, True
    found = [_as_in(words.text, piece) or words.spelled(plain(piece)) for piece in pieces]
    shown = [one or _shown(piece) for one, piece in zip(found, pieces, strict=True)]
    return " ".join(shown), len(pieces) == 1 and found[0] is not None


def _shown(piece: str) -> str:
    return piece.upper() if len(piece) <= 3 else piece[:1].upper() + piece[1:]


def _as_in(text: str, word: str) -> str | None:
    found = re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)
    return found[0] if found else None
