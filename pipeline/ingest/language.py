"""Which language a text is in: German by its small words, all others by py3langid among the languages of Europe.

Most texts are German and settled by counting, in a hundredth of the time that the classifier takes. What
the classifier does not know (Low German, Swiss German) or gets wrong (short texts, texts in two languages) is
counted too, so that no German text is turned away and a text in a dialect is told what it is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from functools import cache
from importlib import resources
from typing import Any

from pipeline.ingest.rejections import reject

# enough to tell languages apart; what opens in another one than German is looked at more closely
_SAMPLE, _LONG_SAMPLE = 2_000, 12_000
# German prose is made of such words by two fifths, lists and headlines by less, other languages by a tenth at most
_GERMAN, _SHORT_GERMAN = 0.24, 0.18
_SHORT = 400
_LISTED = 0.05
# of a text in two languages so much must be German
_PART = 0.4
# Dutch and Luxembourgish share a quarter of their small words with the dialects
_VARIETY = 0.3
_FEW = 60
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _names() -> dict[str, dict[str, str]]:
    """Codes of European languages -> their names, ``de`` and ``en``."""
    return tomllib.loads(resources.files(__package__).joinpath("patterns/languages.toml").read_text("utf-8"))


@cache
def _small_words() -> dict[str, frozenset[str]]:
    """German, Low German, Swiss German -> the small words of each."""
    file = resources.files(__package__).joinpath("patterns/varieties.toml")
    return {code: frozenset(row["words"].split()) for code, row in tomllib.loads(file.read_text("utf-8")).items()}


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  German texts do without it

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=False)
    identifier.set_languages(sorted(code for code in _names() if len(code) == 2))
    # the part for all other languages would stay in memory, 20 MB in each process
    identifier._full_model = None  # noqa: SLF001  kept only for a later choice of other languages
    return identifier


def identify(text: str) -> str:
    """Text -> the code of the language that the start of it most looks like."""
    if (variety := _variety(text[:_SAMPLE])) is not None:
        return variety
    return str(_identifier().classify(text[:_LONG_SAMPLE])[0])


def check(text: str, allowed: Collection[str]) -> str:
    """Text -> its language; raises Rejection wrong_language when that is not one of those allowed."""
    code = identify(text)
    if code not in allowed and "de" in allowed and _is_partly_german(text):
        return "de"
    if code not in allowed:
        raise reject("wrong_language", language_de=_names()[code]["de"], language_en=_names()[code]["en"])
    return code


def _variety(text: str) -> str | None:
    """German or one of its neighbours when the small words settle it, else None."""
    words = _WORD.findall(text.lower())
    german = _share(words, "de")
    if german >= (_SHORT_GERMAN if len(text) < _SHORT else _GERMAN) and german > _share(words[:_FEW], "nds"):
        return "de"
    # lists of names have few small words, but no other language writes ß
    if german >= _LISTED and text.count("ß") > 1:
        return "de"
    shares = {code: _share(words, code) for code in _small_words()}
    best = max(shares, key=lambda code: shares[code])
    return best if best != "de" and shares[best] >= _VARIETY else None


def _share(words: list[str], code: str) -> float:
    known = _small_words()[code]
    return sum(map(known.__contains__, words)) / max(len(words), 1)


def _is_partly_german(text: str) -> bool:
    """Whether German paragraphs make up enough of a text whose other part is in another language."""
    paragraphs = text[:_LONG_SAMPLE].split("\n\n")
    german = sum(len(part) for part in paragraphs if _variety(part) == "de")
    return german >= _PART * sum(map(len, paragraphs))
