"""Words of names that terms leave out, but that name a theme: in the title, the issuer's name, and in the text.

``EU`` in a title, ``Feuerwehrverband`` as issuer and ``Stadtbibliothek`` in a name say what a release is about.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from pipeline.core.records import Mention, Release, Term
from pipeline.core.text import fold
from pipeline.themes.matching import SeedIndex

# a strong seed of at most three themes: weaker words prove nothing when they stand in a name
MIN_WEIGHT = 1.7
_SHORT = 5
# what a word from inside a name is called beside NOUN, PHRASE and the NAME of title and issuer
INSIDE = "INSIDE"
_SPEAKING, _BARRED = ("ORG", "INITIATIVE"), ("PER", "LOC")
_WORD = re.compile(r"[^\W\d_][\w*:-]+")


def spoken(release: Release, terms: Sequence[Term], index: SeedIndex, stop: Callable[[str], bool]) -> list[Term]:
    """A release with its terms -> further terms, each counted once, from title, subtitle and issuer."""
    known = " ".join(form for term in terms for form in (fold(term.term), fold(term.surface)))
    heads = _WORD.findall(f"{release.title} {release.subtitle or ''}")
    # short lower-case words are verbs and particles: "sucht" in a title is no addiction
    titles = [word for word in heads if not word[0].islower() or len(word) > _SHORT]
    # "Landkreis" or "Verband" says what kind of issuer speaks, not about what
    issuer = [word for word in _WORD.findall(release.issuer or "") if word[0].isupper() and not stop(word)]
    words = {fold(word): word for word in (*issuer, *titles)}
    return [
        Term(release.release_id, folded, word, "NAME", 1)
        for folded, word in words.items()
        if folded not in known and max(index.find(folded).values(), default=0.0) >= MIN_WEIGHT
    ]


def inside_names(
    mentions: Sequence[Mention],
    terms: Sequence[Term],
    index: SeedIndex,
    stop: Callable[[str], bool],
) -> list[Term]:
    """The names in one release -> words of organisations and initiatives in them that speak for a theme, counted.

    Words of people's and places' names stay out, and so do words that are terms already.
    """
    if not any(m.label in _SPEAKING for m in mentions):
        return []
    known = {form for term in terms for form in (fold(term.term), fold(term.surface))}
    known |= {fold(word) for m in mentions if m.label in _BARRED for word in _WORD.findall(m.text)}
    words = [word for m in mentions if m.label in _SPEAKING for word in _WORD.findall(m.text) if word[0].isupper()]
    counts = Counter(map(fold, words))
    surface = {fold(word): word for word in reversed(words)}
    return [
        Term(mentions[0].release_id, folded, surface[folded], INSIDE, count)
        for folded, count in sorted(counts.items())
        if folded not in known and not stop(folded) and max(index.find(folded).values(), default=0.0) >= MIN_WEIGHT
    ]
