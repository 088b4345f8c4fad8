"""Who speaks in a release, and what says so."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from pipeline.core.text import fold, slug
from pipeline.ingest.anatomy import names
from pipeline.ingest.anatomy.naming import Candidate, candidates
from pipeline.ingest.anatomy.zones import Layout
from pipeline.ingest.sources.source import Source

_PRESS_OFFICE = re.compile(
    r"^(?:Pressestelle|Presse|Redaktion|Medienstelle|Geschäftsstelle)(?: (?:der|des))? (?=[A-ZÄÖÜ])"
    r"|[, –|-]+(?:Pressestelle|Presse|Redaktion|Kommunikation|Pressereferat|Der (?:Ober)?[Bb]ürgermeister)$"
)
_DOMAIN = re.compile(r"^[\w-]+(?:\.[\w-]+)+$")
_EXPLAINED = 5_000
# what programs and folders are called that are no issuer
_GENERIC = re.compile(
    r"^(?:Presseteam|Redaktion|Admin|Webmaster|Pressestelle|Presse|Team|Vorstand|uns|Autor|Benutzer|User|root"
    r"|python-docx|Unknown|originals?|raw|txt|md|html?|docx|odt|pdf|eml|rtf|\W*\d[\d\W]*)$",
    re.IGNORECASE,
)


# support below this is no better than what the folder is called
_NAMED = 4.0
# and below this no better than what the file is called
_HINTED = 3.2
# from this weight on a place is one where issuers are named on purpose
_SURE = 4.0
_SAME_AS_PATH = 2.0
_LEGAL_WORDS = frozenset({"e", "v", "e.v", "e.v.", "v.", "ev", "ag", "se", "gmbh", "ggmbh", "kg", "eg", "mbh"})


@dataclass(frozen=True, slots=True)
class Issuer:
    """A name and its basis: letterhead, metadata, contact, boilerplate, text, folder, filename."""

    name: str
    basis: str
    weight: float
    sure: bool = False


def issuer(text: str, layout: Layout, source: Source, title: str, path: str) -> Issuer | None:
    """The best supported name among all that a release offers; else what its folder or file is called."""
    places = set(re.findall(r"[^\W\d_]+", fold(path.rpartition(".")[0])))
    folders = set(re.findall(r"[^\W\d_]+", fold(path.rpartition("/")[0])))
    body = fold(text)
    full = _full_forms(text)
    guess = _by_path(path, text)
    offered = list(candidates(text, layout, source, title))
    if guess and f" {fold(guess.name)} " in f" {body} ":
        offered.append(Candidate(guess.name, guess.basis, 1.5))
    strongest: dict[str, Candidate] = {}
    for candidate in offered:
        name = full.get(candidate.name, _clean(candidate.name))
        if name and (name not in strongest or candidate.weight > strongest[name].weight):
            strongest[name] = candidate
    found = [
        Issuer(name, one.basis, one.weight + _support(name, body, places, folders), sure=one.weight >= _SURE)
        for name, one in strongest.items()
    ]
    best = max(found, key=lambda one: one.weight, default=None)
    if best is None or (guess is not None and best.weight < (_NAMED if guess.basis == "folder" else _HINTED)):
        best = guess
    else:
        best = _fuller(best, found)
    return replace(best, name=_authorities().get(best.name, best.name)) if best else None


@cache
def _authorities() -> dict[str, str]:
    """Official short forms -> names of authorities; the table says where they are from."""
    table = resources.files("pipeline.ingest").joinpath("patterns/authorities.toml").read_text("utf-8")
    return dict(tomllib.loads(table)["names"])


def _fuller(best: Issuer, found: list[Issuer]) -> Issuer:
    """The same name with more to it, where a place that names the issuer (or a legal form) says so."""
    have = set(fold(best.name).split())
    longer = [
        one
        for one in found
        if have < (words := set(fold(one.name).split())) and (one.sure or words - have <= _LEGAL_WORDS)
    ]
    return max(longer, key=lambda one: one.weight, default=best)


def _full_forms(text: str) -> dict[str, str]:
    """Short forms that a text explains -> the full names: ``BfN`` -> ``Bundesamt für Naturschutz``."""
    return {name.short: name.text for name in names.find(text[:_EXPLAINED]) if name.short}


def _support(name: str, body: str, places: set[str], folders: set[str]) -> float:
    """How much a text and a path speak for a name: each mention a little, a shared word of the path more."""
    words = [word for word in fold(name).replace("-", " ").split() if len(word) > 2]
    long = tuple(place for place in places if len(place) > 5)
    shared = sum(slug(word) in places or slug(word).startswith(long) for word in words) / max(len(words), 1)
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper()).lower()
    every = "".join(word[0] for word in re.findall(r"[^\W\d_]+", name)).lower()
    by_initials = any(len(part) > 2 and part in places for part in (initials, every))
    # a folder that is called just so says more than one that shares a word
    same = _SAME_AS_PATH if len(words) > 1 and folders.issuperset(map(slug, words)) else 0.0
    return 0.4 * min(body.count(fold(name)), 8) + 2.5 * max(shared, by_initials) + same


def _clean(name: str) -> str | None:
    name = _PRESS_OFFICE.sub("", name.strip(" ,;:–-|„“»«\"'")).strip()
    name = re.split(r" [–|] | • | · ", name)[0].strip()
    if (
        len(name) < 3
        or len(name) > 110
        or _GENERIC.match(name)
        or _DOMAIN.match(name)
        or "@" in name
        or "://" in name
    ):
        return None
    return name


def _by_path(path: str, text: str) -> Issuer | None:
    """A folder or file name turned readable: ``stadt-falkenrode/`` -> ``Stadt Falkenrode``."""
    *folders, file = path.split("/")
    for folder in reversed(folders):
        if name := _readable(folder, text):
            return Issuer(name, "folder", 0.0)
    name = _readable(re.sub(r"[-_. ]*\d.*$", "", file.rpartition(".")[0]), text)
    return Issuer(name, "filename", 0.0) if name else None


def _readable(part: str, text: str) -> str | None:
    """A part of a path -> words, written as the text writes them where it has them (``bka`` -> ``BKA``)."""
    words = [word for word in re.split(r"[-_. ]+", part) if word]
    if not words or _GENERIC.match(part):
        return None
    return " ".join(_as_in(text, word) for word in words)


def _as_in(text: str, word: str) -> str:
    found = re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)
    return found[0] if found else word.upper() if len(word) <= 3 else word[:1].upper() + word[1:]
