"""Words of the title and of the issuer's name that terms leave out because they are names, but that name a theme.

``EU`` in a title and ``Feuerwehrverband`` as issuer are names, and yet say what a release is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipeline.core.records import Release, Term
from pipeline.core.text import fold
from pipeline.themes.matching import SeedIndex

# a strong seed of at most three themes: weaker words prove nothing when they stand in a name
MIN_WEIGHT = 1.7
_SHORT = 5
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
