"""One spelling per issuer: a letterhead in capitals or without the legal form is still the same office."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pipeline.core.records import Release
from pipeline.core.text import fold

_LEGAL = re.compile(r",? (?:e\. ?v|g?gmbh|ag|se|eg|kg|mbh|e\. ?g)\.?$")


def one_spelling(releases: Sequence[Release]) -> list[Release]:
    """Releases -> the same with each issuer spelled as it is spelled most often in this corpus.

    Spellings meet when they differ in capitals, dashes, spaces or legal form only.
    """
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for release in releases:
        if release.issuer:
            spellings[_key(release.issuer)][release.issuer] += 1
    chosen = {key: min(counts, key=lambda name: (-counts[name], name.isupper(), -len(name), name))
              for key, counts in spellings.items()}  # fmt: skip
    return [replace(r, issuer=chosen[_key(r.issuer)]) if r.issuer else r for r in releases]


def _key(issuer: str) -> str:
    return _LEGAL.sub("", fold(issuer))
