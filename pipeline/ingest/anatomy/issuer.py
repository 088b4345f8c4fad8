"""Who speaks in a release, and what says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.core.text import fold
from pipeline.ingest.anatomy import carriers, names, offices
from pipeline.ingest.anatomy.clues import Clues, readable
from pipeline.ingest.anatomy.naming import Candidate, Heading, candidates
from pipeline.ingest.anatomy.wording import Wording, explained, spells_out, wording
from pipeline.ingest.anatomy.zones import Layout
from pipeline.ingest.sources.source import Source

_PRESS_OFFICE = re.compile(
    r"^(?:Pressestelle|Pressesprecher(?:in)?|Presse|Redaktion|Medienstelle|Geschäftsstelle)"
    r"(?: (?:der|des))? (?=[A-ZÄÖÜ])"
    r"|[, –|-]+(?:Presse(?:stelle|büro|referat|- und Öffentlichkeitsarbeit)?|Öffentlichkeitsarbeit|Redaktion"
    r"|Kommunikation|Der (?:Ober)?[Bb]ürgermeister)$"
)
_LEGAL_END = re.compile(r"[^\W\d] (?:e\. ?V\.|GmbH|gGmbH|AG|SE|eG)$")
_DOMAIN = re.compile(r"^[\w-]+(?:\.[\w-]+)+$")
_EXPLAINED = 6_000
_MAX_NAME = 110
_ENOUGH = 8
# support below this is no better than what the folder is called, and below the second than what the file is called
_NAMED, _HINTED = 4.0, 3.2
# a name that is found in running text must have this much more
_ACTING, _MENTIONED = 0.8, 1.4
# from this weight on a place is one where issuers are named on purpose
_SURE = 4.0
_LEGAL_WORDS = frozenset({"e", "v", "e.v", "e.v.", "v.", "ev", "ag", "se", "gmbh", "ggmbh", "kg", "eg", "mbh"})


@dataclass(frozen=True, slots=True)
class Issuer:
    """A name and its basis: letterhead, metadata, contact, boilerplate, text, folder, filename."""

    name: str
    basis: str
    weight: float
    sure: bool = False
    acts: bool = False


def issuer(text: str, layout: Layout, source: Source, heading: Heading, path: str) -> Issuer | None:
    """The best supported name among all that a release offers; else what its folder or file is called."""
    words = wording(text)
    clues = Clues.of(text, path)
    guess = _by_path(clues, words)
    offered = list(candidates(layout, source, heading, words))
    if guess and guess.weight:
        offered.append(Candidate(guess.name, guess.basis, 1.5))
    found = _weighed(offered, explained(text[:_EXPLAINED]) | _nominative(text), clues, fold(text))
    best = max(found, key=lambda one: one.weight, default=None)
    if best is None or (guess is not None and best.weight < _needed(best, guess)):
        best = guess
    else:
        best = _fuller(best, found)
    return replace(best, name=offices.authority(best.name)) if best else None


def _needed(best: Issuer, guess: Issuer) -> float:
    """The weight from which a name is better than what the folder or file is called."""
    if guess.basis == "filename" or best.basis == "folder":
        return _HINTED
    return _NAMED + (0.0 if best.sure and best.basis != "text" else _ACTING if best.acts else _MENTIONED)


def _weighed(offered: Iterable[Candidate], full: dict[str, str], clues: Clues, body: str) -> list[Issuer]:
    """Candidates -> one issuer a name, with the weight of its best place and what else speaks for it."""
    strongest: dict[str, Candidate] = {}
    for candidate in offered:
        name = full.get(candidate.name, _clean(candidate.name))
        if name and (name not in strongest or candidate.weight > strongest[name].weight):
            strongest[name] = candidate
    return [
        Issuer(
            name,
            one.basis,
            one.weight + 0.4 * _uses(fold(name), body) + _support(one, name, clues),
            sure=one.weight >= _SURE,
            acts=one.acts,
        )
        for name, one in strongest.items()
    ]


def _uses(name: str, body: str) -> int:
    """How often a name stands in a text as words of its own; counting stops where more says no more."""
    times, at = 0, body.find(name)
    while at >= 0 and times < _ENOUGH:
        end = at + len(name)
        times += not (body[at - 1 : at].isalnum() or body[end : end + 1].isalnum())
        at = body.find(name, end)
    return times


def _support(one: Candidate, name: str, clues: Clues) -> float:
    """What path and addresses add; nothing to a name that was taken from them."""
    if one.basis in ("folder", "filename"):
        return 0.0
    return clues.by_path(name) + (0.0 if one.by_host else clues.by_host(name))


def _nominative(text: str) -> dict[str, str]:
    """Short forms whose names have a known noun -> the names in the nominative."""
    return {name.short: name.text for name in names.with_short_form(text[:_EXPLAINED]) if name.short}


def _fuller(best: Issuer, found: list[Issuer]) -> Issuer:
    """The same name with more to it, where a place that names the issuer (or a legal form) says so."""
    have = set(fold(best.name).split())
    longer = [
        one
        for one in found
        if (have < (words := set(fold(one.name).split())) and (one.sure or words - have <= _LEGAL_WORDS))
        or spells_out(best.name, one.name)
    ]
    return max(longer, key=lambda one: one.weight, default=best)


def _best_part(name: str) -> str:
    """Of names that dashes part, the first that is known to be one; all of it where a legal form ends it."""
    if _LEGAL_END.search(name):
        return name
    parts = [part.strip() for part in re.split(r" [–|•·-] ", name) if part.strip()]
    return next((part for part in parts if names.is_name(part)), parts[0] if parts else "")


@lru_cache(maxsize=1 << 14)
def _clean(name: str) -> str | None:
    name = _PRESS_OFFICE.sub("", name.strip(" ,;:–-|„“»«\"'")).strip()
    name = _best_part(name)
    is_address = _DOMAIN.match(name) or "@" in name or "://" in name
    if not 3 <= len(name) <= _MAX_NAME or is_address or carriers.is_generic(name) or carriers.is_portal(name):
        return None
    return name


def _by_path(clues: Clues, words: Wording) -> Issuer | None:
    """A folder or file name turned readable: ``stadt-falkenrode/`` -> ``Stadt Falkenrode``."""
    for part, basis in (*((folder, "folder") for folder in clues.folders), (clues.file, "filename")):
        if part and not carriers.is_generic(part):
            name, in_text = readable(part, words)
            return Issuer(name, basis, 1.5 if in_text else 0.0)
    return None
