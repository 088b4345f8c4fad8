"""Who issued a release that does not say so: the office whose other releases lie beside it.

A press office's folder is full of releases of one issuer, and some of them name it only in passing. Where a folder
has an issuer of its own, a weak guess gives way to it; what a letterhead or the metadata say stands.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from pipeline.core.text import fold
from pipeline.ingest.anatomy import carriers
from pipeline.ingest.anatomy.clues import fit
from pipeline.ingest.anatomy.wording import plain, spells_out, stands_for
from pipeline.ingest.spelling import issuer_key

# bases that guess, and those that may be about a partner of the issuer
_WEAK = frozenset(["text", "folder", "filename"])
_ASIDE = frozenset(["contact", "boilerplate"])
# how well a folder's name must fit an issuer's for the folder to be that issuer's
_LIKE = 0.6
# the issuer of a folder that is not called so: this share of those named on purpose, and half of all there
_SHARE, _HALF = 0.6, 0.5
_LEAST = 2
_SHORT = 13


class Seen(NamedTuple):
    """Who a release in a folder was found to be from, and by what."""

    home: str
    issuer: str | None
    basis: str | None


def home(folder: str) -> str:
    """A folder below data/raw -> itself, or the one above it where it is named by a year or by what it holds."""
    parts = folder.split("/")
    while parts and carriers.is_generic(parts[-1]):
        parts.pop()
    return "/".join(parts)


def settle(seen: Mapping[Seen, int]) -> dict[Seen, tuple[str | None, str | None]]:
    """What was found, and how often -> the issuer and basis to write for each."""
    homes: dict[str, dict[Seen, int]] = defaultdict(dict)
    for one, count in seen.items():
        homes[one.home][one] = count
    return {one: named for place, inside in homes.items() for one, named in _settle(place, inside).items()}


def _settle(place: str, seen: Mapping[Seen, int]) -> dict[Seen, tuple[str | None, str | None]]:
    full = _full_names(seen)
    called: dict[Seen, str] = {one: full.get(one.issuer, one.issuer) for one in seen if one.issuer}
    owner = _owner(place, seen, called)
    alone = {one for one, name in called.items() if one.basis in _ASIDE and _count(seen, called, key(name)) == 1}
    return {
        one: _named(called.get(one), one.basis, owner, gives_way=one.basis in _WEAK or one in alone)
        for one in seen
    }


def _named(
    issuer: str | None, basis: str | None, owner: str | None, *, gives_way: bool
) -> tuple[str | None, str | None]:
    if owner is None:
        return issuer, basis
    if issuer and key(issuer) == key(owner):
        return owner, basis
    if issuer is None or gives_way:
        return owner, "folder"
    return (owner if _is_short_for(issuer, owner) else issuer), basis


def _is_short_for(name: str, owner: str) -> bool:
    """Whether a name is the owner's with words left out."""
    return set(fold(name).split()) < set(fold(owner).split())


def key(name: str) -> str:
    """A name -> what spellings of it share: neither capitals nor hyphens nor the legal form."""
    return "".join(map(plain, issuer_key(name).split()))


def _count(seen: Mapping[Seen, int], called: Mapping[Seen, str], wanted: str) -> int:
    return sum(count for one, count in seen.items() if one in called and key(called[one]) == wanted)


def _full_names(seen: Mapping[Seen, int]) -> dict[str, str]:
    """Short forms among the issuers of a folder -> the full name that another release there gives."""
    names = Counter[str]()
    for one, count in seen.items():
        if one.issuer and one.basis not in ("folder", "filename"):
            names[one.issuer] += count
    long = [name for name, _ in sorted(names.items(), key=lambda pair: (-pair[1], pair[0])) if " " in name]
    found = {name: next((full for full in long if _is_short_form(name, full)), None) for name in sorted(names)}
    return {name: full for name, full in found.items() if full}


def _is_short_form(name: str, full: str) -> bool:
    if name == full or len(name) >= len(full):
        return False
    return spells_out(name, full) or (" " not in name and len(name) < _SHORT and stands_for(name, full))


def _owner(place: str, seen: Mapping[Seen, int], called: Mapping[Seen, str]) -> str | None:
    """The issuer of a folder; None when it is a mixed one."""
    folder = place.rpartition("/")[2]
    written = Counter[str]()
    on_purpose = Counter[str]()
    for one, name in called.items():
        if one.basis not in ("folder", "filename"):
            written[name] += seen[one]
        if one.basis not in _WEAK:
            on_purpose[name] += seen[one]
    like = Counter({name: count for name, count in written.items() if fit(name, folder) >= _LIKE})
    if like.total() >= _LEAST:
        return _most(like)
    groups = Counter[str]()
    for name, count in on_purpose.items():
        groups[key(name)] += count
    if not groups:
        return None
    first, count = min(groups.items(), key=lambda pair: (-pair[1], pair[0]))
    if count < max(_LEAST, _SHARE * groups.total(), _HALF * sum(seen.values())):
        return None
    return _most(Counter({name: times for name, times in on_purpose.items() if key(name) == first}))


def _most(names: Counter[str]) -> str:
    """The name used most often, spelled with its legal form where one has it, else as most spell it."""
    groups = Counter[str]()
    for name, count in names.items():
        groups[key(name)] += count
    first = min(groups, key=lambda group: (-groups[group], -len(group), group))
    spelled = [name for name in names if key(name) == first]
    return min(spelled, key=lambda name: (issuer_key(name) == fold(name), -names[name], -len(name), name))
