"""Names of issuers as written -> in the nominative: what bends them, and the words that are no part of a name."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources

ROLE = re.compile(
    r"(?:leitung|leiter|sprecher|vorsitzende|geschäftsführer|direktor|referent|beauftragte)(?:in|r)?$",
    re.IGNORECASE,
)
_WEAK = re.compile(r"(?:sche|liche|eine|[Nn]eue|[Ff]reie|[Rr]ote|ale|ive|ige|same|[eo]bere|ierte|lose)$")
_NOT_LAST = frozenset(
    ["und", "der", "für", "in", "im", "am", "an", "von", "zur", "zum", "des", "&", "vor", "ob", "Dr", "Prof"]
)
_ENDINGS = {"m": ("er", "es", "s"), "n": ("es", "es", "s"), "f": ("e", "", "")}


@cache
def table() -> dict[str, dict[str, str]]:
    """The words that names of issuers are made of, as the pattern table gives them."""
    package = __package__.rpartition(".")[0]
    return tomllib.loads(resources.files(package).joinpath("patterns/issuers.toml").read_text("utf-8"))


@cache
def genders() -> dict[str, str]:
    """The last part of a noun, in lower case -> its gender."""
    return {noun: gender for gender, nouns in table()["nouns"].items() for noun in nouns.split()}


@cache
def not_first() -> frozenset[str]:
    """Capitalised words before a name that are no part of it."""
    return frozenset(table()["not_first"]["words"].split())


def nominative(words: list[str], head: str | None, article: str) -> str | None:
    """The words of a name as written -> the name in the nominative, None when they are none."""
    while words and (words[0] in not_first() or ROLE.search(words[0])):
        words = words[1:]
    while len(words) > 1 and (words[-1] in _NOT_LAST or words[-1] in not_first() or ROLE.search(words[-1])):
        words = words[:-1]
    name = " ".join(words).strip(" ,-/&")
    if len(name) < 4 or (len(words) == 1 and not _stands_alone(name)):
        return None
    if head and head in words and article and article != "die":
        return _bend(words, words.index(head), article)
    return name


@cache
def _alone() -> tuple[str, ...]:
    return tuple(table()["alone"]["words"].split())


def _stands_alone(word: str) -> bool:
    """Whether a single word names an issuer: ``Bundeskriminalamt`` does, ``Verband`` and ``Kunstwerk`` do not."""
    lower = stem(word)[0].lower()
    return lower.endswith(_alone()) and lower not in genders() and not word.isupper()


def _bend(words: list[str], at: int, article: str) -> str:
    """Words of a name in the genitive or dative -> the nominative: ``Deutschen Bundes`` -> ``Deutscher Bund``."""
    noun = words[at]
    base, gender = stem(noun)
    strong, *_ = _ENDINGS[gender]
    if (gender, article) in (("m", "der"), ("n", "das")) and base == noun:
        # "der Deutsche Bund": weak in the nominative, strong without its article
        return " ".join(
            word + strong[-1] if i < at and _WEAK.search(word) else word for i, word in enumerate(words)
        )
    if (gender == "f") != (article == "der"):
        return " ".join(words)
    bent = [word[:-2] + strong if word.endswith("en") and len(word) > 4 else word for word in words[:at]]
    return " ".join([*bent, base if article == "des" else noun, *words[at + 1 :]])


@lru_cache(maxsize=1 << 14)
def stem(noun: str) -> tuple[str, str]:
    """A noun in the genitive -> its nominative and gender; remembered, because it asks for hundreds of endings."""
    lower = noun.lower()
    for cut in (0, 1, 2, 3):
        short = lower[: len(lower) - cut]
        for ending, gender in genders().items():
            if short.endswith(ending) and (not cut or lower[len(short) :] in ("s", "es", "n", "en", "ses")):
                return noun[: len(noun) - cut], gender
    return noun, "m"
