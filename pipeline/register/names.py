"""Names -> the keys under which their variants meet; one kind of key for each kind of entity."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, TypeVar

from pipeline.core import text

Value = TypeVar("Value")
_TABLE = tomllib.loads(files(__package__).joinpath("names.toml").read_text(encoding="utf-8"))
TITLES, PARTICLES = frozenset(_TABLE["titles"]), frozenset(_TABLE["particles"])
PLACE_HEADS = tuple(sorted(_TABLE["place_heads"], key=len, reverse=True))
AMBIGUOUS_PLACES = frozenset(_TABLE["ambiguous_places"])
LEGAL_FORMS = frozenset(_TABLE["legal_forms"])

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_STREET = re.compile(
    r"(?:\b|[a-zß])(?:straße|strasse|str\.?|weg|platz|allee|gasse|ring|ufer|damm|markt|chaussee|berg|graben|hof|steig|promenade)"
    r"\s+\d+\s?[a-z]?\b",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"^(?:D-)?\d{4,5}\s+")
# endings of adjectives and nouns in oblique cases, cut only from words long enough to bear it
_GENITIVE = re.compile(r"(?<=\w{3})(?:es|(?<=[^\Waeiouäöüs])s)$")
_ENDING = re.compile(r"(?<=\w{4})(?:er|en|em|e|n)$")
_LEGAL = re.compile(
    r"\b(?:e\.\s?v\.?|e\.\s?g\.?|gmbh\s*&\s*co\.?\s*kg(?:aa)?|a\.ö\.r\.?|k\.d\.ö\.r\.?)", re.IGNORECASE
)


class Remembered(dict[str, Value]):
    """What a function makes of each name; a corpus says the same names again and again."""

    def __init__(self, work: Callable[[str], Value]) -> None:
        super().__init__()
        self._work = work

    def __missing__(self, name: str) -> Value:
        """Ask the function, once a name."""
        value = self[name] = self._work(name)
        return value


FOLDED = Remembered(text.fold)
fold = FOLDED.__getitem__


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name taken apart; ``first`` is empty for a bare surname."""

    first: tuple[str, ...]
    last: str

    @property
    def key(self) -> str:
        """The whole name as one key."""
        return " ".join((*self.first, self.last))

    @property
    def initial(self) -> bool:
        """Whether the first name is given by a letter only."""
        return bool(self.first) and len(self.first[0]) == 1


def _person(name: str) -> PersonName:
    """A name -> first names and surname, folded, without titles.

    >>> person("Dr. Jörg von der Müller-Lauten")
    PersonName(first=('joerg',), last='von der mueller lauten')
    """
    words = [word.strip(".,") for word in fold(name).translate(_UMLAUTS).split()]
    words = [word for word in words if word and word not in TITLES]
    if not words:
        return PersonName((), fold(name))
    cut = next((i for i, word in enumerate(words) if word in PARTICLES and i), len(words) - 1)
    first = tuple(part for word in words[:cut] for part in word.split("-"))
    return PersonName(first, " ".join(words[cut:]).replace("-", " "))


PERSONS = Remembered(_person)
person = PERSONS.__getitem__


def surname(last: str) -> str:
    """A surname without its particles: the word under which people look it up."""
    left = [word for word in last.split() if word not in PARTICLES]
    return " ".join(left) or last


def _place(name: str) -> str:
    """A place's name -> its key, without postcode and head ("Stadt", "Freistaat"); empty for an address."""
    if _STREET.search(name):
        return ""
    key = fold(_POSTCODE.sub("", name))
    for head in PLACE_HEADS:
        if key.startswith(head + " ") and len(key) > len(head) + 2:
            return key[len(head) + 1 :]
    return key


PLACES = Remembered(_place)
place = PLACES.__getitem__


def _organisation(name: str) -> tuple[str, str]:
    """An organisation's name -> (key without legal form and inflection, its legal form or "").

    >>> organisation("Falkenroder Kulturvereins e. V.")
    ('falkenrod kulturverein', 'ev')
    """
    found = [re.sub(r"[\W_]", "", fold(m)) for m in _LEGAL.findall(name)]
    words = fold(_LEGAL.sub(" ", name)).replace("-", " ").split()
    plain = [(word, re.sub(r"\W", "", word)) for word in words]
    found += [bare for _, bare in plain[1:] if bare in LEGAL_FORMS]
    kept = [word for i, (word, bare) in enumerate(plain) if bare and (i == 0 or bare not in LEGAL_FORMS)]
    return " ".join(stem(word) for word in kept) or fold(name), "".join(found)


ORGANISATIONS = Remembered(_organisation)
organisation = ORGANISATIONS.__getitem__
_PLAIN: tuple[Remembered[Any], ...] = (FOLDED, PLACES, ORGANISATIONS)


@lru_cache(maxsize=200_000)
def initiative(name: str) -> str:
    """An initiative's name -> its key: letters and digits only, the last word without inflection.

    >>> initiative("„Sommer-Lese-Club“") == initiative("Sommerleseclubs")
    True
    """
    key = re.sub(r"[\W_]+", "", fold(name).replace("&", "und"))
    return stem(key) or fold(name)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A folded word without its case ending: first the genitive, then what an adjective or plural may have."""
    return _ENDING.sub("", _GENITIVE.sub("", word.strip(".,()'\"")))


_ACRONYM = re.compile(r"(?=(?:.*[A-ZÄÖÜ]){2})[A-ZÄÖÜ][\wÄÖÜäöü&-]{1,11}s?")


@lru_cache(maxsize=200_000)
def is_acronym(name: str) -> bool:
    """Whether a name is a word of capitals such as FKV or BfV."""
    return bool(_ACRONYM.fullmatch(name)) and sum(map(str.isupper, name)) * 2 >= len(name)


@lru_cache(maxsize=200_000)
def initials(name: str) -> str:
    """The first letters of a name's words that begin with a capital."""
    return "".join(word[0] for word in re.split(r"[\s-]+", name) if word[:1].isupper())


def known(said: Iterable[str]) -> list[dict[str, Any]]:
    """Names -> what was made of those that were asked for, to be kept."""
    said = sorted(set(said))
    found = [{name: table[name] for name in said if name in table} for table in _PLAIN]
    parts = {name: (who.first, who.last) for name in said if (who := PERSONS.get(name))}
    return [*found, parts]


def know(kept: list[dict[str, Any]]) -> None:
    """What was kept is known again."""
    folded, places, organisations, parts = kept
    FOLDED.update(folded)
    PLACES.update(places)
    ORGANISATIONS.update((name, (key, legal)) for name, (key, legal) in organisations.items())
    PERSONS.update((name, PersonName(tuple(first), last)) for name, (first, last) in parts.items())
