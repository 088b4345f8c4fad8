"""Terms as people write them: a lemma that a model cut too short is shown as the word that stands in the text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from pipeline.core.records import Release, Term

# "Klimakris" may be shown as "Klimakrise", not as "Klimakrisenstab"
_MOST_ADDED = 2
_WORD = re.compile(r"[^\W\d_][\w-]*")


def readable(release: Release, terms: Sequence[Term]) -> list[Term]:
    """The terms of a release, each noun under a surface that stands in its text where its own does not."""
    words = sorted(set(_WORD.findall(release.text)))
    return [_shown(term, words) for term in terms]


def _shown(term: Term, words: Sequence[str]) -> Term:
    written = term.surface if " " in term.surface else _written(term.surface, words)
    return term if written == term.surface else replace(term, surface=written)


def _written(surface: str, words: Sequence[str]) -> str:
    at = bisect_left(words, surface)
    if at < len(words) and words[at].startswith(surface) and len(words[at]) <= len(surface) + _MOST_ADDED:
        return words[at]
    return surface
