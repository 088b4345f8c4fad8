"""Which language a text is in, by py3langid among the languages of Europe."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from pipeline.ingest.rejections import reject

# enough to tell languages apart; a text that opens in another one is looked at more closely
_SAMPLE, _LONG_SAMPLE = 1_200, 12_000


@cache
def _names() -> dict[str, dict[str, str]]:
    """ISO 639-1 codes of European languages -> their names, ``de`` and ``en``."""
    return tomllib.loads(resources.files(__package__).joinpath("patterns/languages.toml").read_text("utf-8"))


@cache
def _identifier() -> Any:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=False)
    identifier.set_languages(sorted(_names()))
    return identifier


def identify(text: str, sample: int = _LONG_SAMPLE) -> str:
    """Text -> the ISO 639-1 code of the European language that the start of it most looks like."""
    return str(_identifier().classify(text[:sample])[0])


def check(text: str, allowed: list[str]) -> str:
    """Text -> its language; raises Rejection wrong_language when that is not one of those allowed."""
    code = identify(text, _SAMPLE)
    if code in allowed:
        return code
    code = identify(text)
    if code not in allowed:
        raise reject("wrong_language", language_de=_names()[code]["de"], language_en=_names()[code]["en"])
    return code
