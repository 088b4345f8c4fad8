"""One gold release against what was found in it -> counts per type.

Names are compared by surface text and label, each gold mention matched at most once, so that a pipeline may
normalise a text before it counts offsets. A name inside an initiative's name is neither asked for nor counted
against the finder: annotators do not mark it, and a finder that does is not wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pipeline.core.text import fold
from pipeline.evaluate.annotation import Annotation

Item = TypeVar("Item")
LABELS = ("PER", "LOC", "ORG")
_ARTICLE = frozenset(
    [
        "der",
        "die",
        "das",
        "des",
        "dem",
        "den",
        "ein",
        "eine",
        "einer",
        "von",
        "vom",
        "im",
        "in",
        "für",
        "und",
        "am",
        "an",
    ]
)


@dataclass(frozen=True, slots=True)
class Counts:
    """Right, asked for, found."""

    hit: int
    gold: int
    found: int


def compare(gold: Annotation, found: Annotation, zones: frozenset[str] | None) -> dict[str, Counts]:
    """Counts per type within ``zones`` (None: everywhere); themes and quotes know no zone."""
    counts = {label: _mentions(gold, found, label, zones) for label in LABELS}
    counts["INITIATIVE"] = _sets(_names(gold, "initiatives", zones), _names(found, "initiatives", zones))
    counts["DATE"] = _dates(gold, found, zones)
    counts["PEOPLE"] = _sets(_names(gold, "people", zones), _names(found, "people", zones))
    counts["ROLE"] = _greedy(_roles(gold, zones), _roles(found, zones), _same_role)
    counts |= _quotes(gold, found)
    counts["THEMES"] = _sets(set(gold.data.get("themes", [])), set(found.data.get("themes", [])))
    return counts


def _surface(text: str | None) -> str:
    """The key under which two spellings of the same stretch of text meet; case counts."""
    plain = re.sub("[„“”‟\"»«›‹‚‘’'`´]", "'", re.sub("[‐‑‒–—−]", "-", text or ""))
    return re.sub(r"\s*-\s*", "-", re.sub(r"\s+", " ", plain)).strip(" '.,;:")


def _mentions(gold: Annotation, found: Annotation, label: str, zones: frozenset[str] | None) -> Counts:
    want, got = (
        Counter(_surface(s["text"]) for s in side.within("spans", zones) if s["label"] == label)
        for side in (gold, found)
    )
    inside = [_surface(s["text"]) for s in gold.data.get("spans", []) if s["label"] == "INITIATIVE"]
    spared_gold = _spared(want - got, inside)
    spared_found = _spared(got - want, inside)
    return Counts((want & got).total(), want.total() - spared_gold, got.total() - spared_found)


def _spared(names: Counter[str], initiatives: Sequence[str]) -> int:
    return sum(
        min(count, sum(bool(re.search(rf"\b{re.escape(name)}\b", i)) and name != i for i in initiatives))
        for name, count in names.items()
        if name
    )


def _dates(gold: Annotation, found: Annotation, zones: frozenset[str] | None) -> Counts:
    """DATE and TIME by text and value; what gold leaves open (value null) is not scored."""
    open_texts = {_surface(d["text"]) for d in gold.data.get("dates", []) if not d.get("value")}
    want, got = (
        Counter(
            (_surface(d["text"]), d["value"])
            for d in side.within("dates", zones)
            if d["type"] in ("DATE", "TIME") and d.get("value") and _surface(d["text"]) not in open_texts
        )
        for side in (gold, found)
    )
    return Counts((want & got).total(), want.total(), got.total())


def _names(side: Annotation, key: str, zones: frozenset[str] | None) -> set[str]:
    return {fold(_surface(item["name"])) for item in side.within(key, zones)}


def _roles(side: Annotation, zones: frozenset[str] | None) -> list[tuple[str, str]]:
    return [(fold(p["name"]), p["role"]) for p in side.within("people", zones) if p.get("role")]


def _same_role(gold: tuple[str, str], found: tuple[str, str]) -> bool:
    """Same person, and at least .6 of the content words of both offices are shared."""
    ours, theirs = _words(gold[1]), _words(found[1])
    return gold[0] == found[0] and len(ours & theirs) >= 0.6 * len(ours | theirs)


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", fold(text)) if word not in _ARTICLE}


def _quotes(gold: Annotation, found: Annotation) -> dict[str, Counts]:
    """Direct quotes by their first 40 characters, and the share of those with the right speaker."""
    want = _quote_speakers(gold.data.get("quotes", []), gold.text)
    got = _quote_speakers((q for q in found.data.get("quotes", []) if q.get("kind") == "direct"), found.text)
    both = want.keys() & got.keys()
    right = sum(want[key] == got[key] for key in both)
    return {
        "QUOTE": Counts(len(both), len(want), len(got)),
        "SPEAKER": Counts(right, len(both), len(both)),
    }


def _quote_speakers(quotes: Iterable[dict[str, Any]], text: str) -> dict[str, str]:
    """Start of a quote -> its speaker's name folded, empty when open."""
    return {
        _surface(q.get("text") or text[q["start"] : q["end"]])[:40]: fold(q.get("speaker") or "") for q in quotes
    }


def _sets(gold: set[str], found: set[str]) -> Counts:
    return Counts(len(gold & found), len(gold), len(found))


def _greedy(gold: list[Item], found: list[Item], same: Callable[[Item, Item], bool]) -> Counts:
    left, hit = list(found), 0
    for wanted in gold:
        match = next((i for i, candidate in enumerate(left) if same(wanted, candidate)), None)
        if match is not None:
            del left[match]
            hit += 1
    return Counts(hit, len(gold), len(found))
