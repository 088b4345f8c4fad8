"""Whether a quoted stretch is speech, or only a title, a name or a word."""

from __future__ import annotations

import re

from pipeline.extract.components.quotes.lexicon import FINITE, NOT_FINITE

_WORD = re.compile(r"[^\W\d_]+")
_VERB_ENDING = re.compile(r"[a-zäöüß]{3,}(?:t|te|ten)")
_TO_DO = re.compile(r"\b(?:zu [a-zäöüß]{3,}|[a-zäöüß]{2,}zu[a-zäöüß]{3,})(?:en|rn|ln)\b")
_PARTICIPLE = re.compile(r"(?:[a-zäöü]{0,6}ge|be|ver|er|ent|zer)[a-zäöüß]+t")


def words(text: str) -> list[str]:
    """The words of a text."""
    return _WORD.findall(text)


def has_finite_verb(inner: str) -> bool:
    """Whether some word looks like a finite verb; certain forms first, then endings."""
    found = words(inner[:600])
    if any(word.lower() in FINITE for word in found):
        return True
    lower = [w for w in found[1:] if w.islower() and w not in NOT_FINITE]
    return any(_VERB_ENDING.fullmatch(w) and not _PARTICIPLE.fullmatch(w) for w in lower)


def ends_sentence(inner: str) -> bool:
    """Whether a text ends as a sentence does."""
    return inner.rstrip(" ,)")[-1:] in (".", "!", "?", "…")


def begins_sentence(inner: str) -> bool:
    """Whether a text begins as a sentence does: capital, figure, or an omission that is marked."""
    head = inner.lstrip("(['‚»„… .")
    return head[:1].isupper() or head[:1].isdigit()


def is_sentence(inner: str) -> bool:
    """Sentence shape: begins like one, and has a finite verb or ends like one."""
    count = len(words(inner))
    return begins_sentence(inner) and count >= 3 and (has_finite_verb(inner) or ends_sentence(inner))


def is_part(inner: str) -> bool:
    """A part of a sentence with a verb of its own („weitere Schritte zu prüfen“), long enough to be no name."""
    count = len(words(inner))
    return count >= 6 and (has_finite_verb(inner) or _TO_DO.search(inner) is not None)


def is_long_clause(inner: str) -> bool:
    """A clause that joins the sentence around it („in einer Zeit, in der ...“) and ends it."""
    return len(words(inner)) >= 8 and has_finite_verb(inner) and ends_sentence(inner)
