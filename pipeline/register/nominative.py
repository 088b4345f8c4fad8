"""A name as it stands in a sentence -> its nominative: "Deutschen Burgenverbandes" -> "Deutscher Burgenverband".

The head noun tells the gender; the adjectives before it are brought into its form. A head that is not in the table
leaves the name as it is.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

_TABLE = tomllib.loads(files(__package__).joinpath("nominative.toml").read_text(encoding="utf-8"))
_GENDERS = {"masculine": "er", "feminine": "e", "neuter": "es", "plural": "e"}
_HEADS = [
    (re.compile(rf"(?i)(?:{'|'.join(sorted(_TABLE[gender], key=len, reverse=True))})$"), ending)
    for gender, ending in _GENDERS.items()
]
_STEM = re.compile(rf"(?P<stem>[\w-]*(?:{'|'.join(_TABLE['adjective_stems'])}))(?:en|em|er|es|e)$", re.IGNORECASE)
_CAMEL = re.compile(r"[a-zäöüß][A-ZÄÖÜ]")  # "OpenMuster" is declined by nobody
_CLOSED = re.compile(r"[„“”\"()]")


@lru_cache(maxsize=100_000)
def nominative(name: str) -> str:
    """A name -> its nominative, where its head noun is known.

    >>> nominative("Deutschen Burgenverbandes"), nominative("Instituts für Waldbau")
    ('Deutscher Burgenverband', 'Institut für Waldbau')
    """
    words = name.split()
    if not words or _CLOSED.search(name):
        return name
    count = next((i for i, word in enumerate(words) if not _STEM.fullmatch(word)), len(words))
    if count == len(words):
        return name
    head, ending = _head(words[count])
    if not ending:
        return name
    adjectives = [match["stem"] + ending for word in words[:count] if (match := _STEM.fullmatch(word))]
    return " ".join([*adjectives, head, *words[count + 1 :]])


def _head(word: str) -> tuple[str, str]:
    """A head noun without its genitive s, and the ending that adjectives take before it; "" if it is unknown."""
    if _CAMEL.search(word):
        return word, ""
    for form in (word, *(bare for end in ("s", "es") if (bare := word.removesuffix(end)) != word)):
        for pattern, ending in _HEADS:
            # feminine nouns and plurals have no genitive s
            if pattern.search(form) and (form == word or ending in {"er", "es"}):
                return form, ending
    return word, ""
