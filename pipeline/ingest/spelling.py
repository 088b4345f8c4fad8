"""One spelling per issuer: a letterhead in capitals or without the legal form is still the same office."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from pipeline.core.text import fold

_LEGAL = re.compile(r",? (?:e\. ?v|g?gmbh|ag|se|eg|kg|mbh|e\. ?g)\.?$")


def one_spelling(counts: Mapping[str, int]) -> dict[str, str]:
    """Names of issuers and how often each stands -> each name and the one that is used for it in this corpus.

    That is the most frequent; spellings meet when they differ in capitals, dashes, spaces or legal form only.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for name in counts:
        groups[issuer_key(name)].append(name)
    chosen = {
        key: min(names, key=lambda name: (-counts[name], name.isupper(), -len(name), name))
        for key, names in groups.items()
    }
    return {name: chosen[issuer_key(name)] for name in counts}


def issuer_key(name: str) -> str:
    """A name -> the key under which spellings of one issuer meet."""
    return _LEGAL.sub("", fold(name))
