"""The company that a place keeps in a release: what stands beside it, places around it, the issuer's home.

From it follows which of several places of one name is meant, or that nothing says so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import asin, cos, radians, sin, sqrt

from pipeline.core.records import Mention
from pipeline.register.beside import IN_BRACKETS, Said
from pipeline.register.clusters import Releases
from pipeline.register.gazetteer import Gazetteer, Place, called, regions_of
from pipeline.register.looks import Looks
from pipeline.register.names import fold
from pipeline.register.names import place as place_key

_SETTLEMENTS = frozenset({"municipality", "locality", "town"})
# a place of the same name within this many kilometres of the company, and the next one so many times as far
NEAR, CLEARLY = 40, 3
# so far from everything else in the release, a well-known place gives way to a near one of its name
ODD = 100
# from this size on a place is meant wherever its name stands
KNOWN_TO_ALL = 300_000


@dataclass(frozen=True, slots=True)
class Company:
    """What a release says about where it plays."""

    regions: Counter[str]
    around: tuple[Place, ...]  # certain towns and villages, with the issuer's home
    home: Place | None
    with_article: frozenset[str] = frozenset()  # keys of names that the issuer puts an article before

    def natural(self, key: str) -> bool:
        """Whether a name is a river's or a hill's: "an der Auma", but never "an der Jena"."""
        return key in self.with_article


def companies(
    keyed: Sequence[tuple[Mention, str]], releases: Releases, gazetteer: Gazetteer, looks: Looks
) -> dict[str, Company]:
    """Mentions with keys that places bear -> the company of every release, each place counted once."""
    homes = _homes(releases, gazetteer)
    found: defaultdict[str, set[Place]] = defaultdict(set)
    datelines = ((r.release_id, fold(r.dateline_place)) for r in releases.values() if r.dateline_place)
    for release_id, key in chain(((m.release_id, key) for m, key in keyed), datelines):
        if place := gazetteer.certain(key):
            found[release_id].add(place)
    articles: defaultdict[str, set[str]] = defaultdict(set)
    for mention, key in keyed:
        if (mention.release_id, mention.start, mention.end) in looks.articles:
            articles[releases[mention.release_id].issuer or ""].add(key)
    # one set an issuer, which its releases share: a copy each would grow with the square of the corpus
    own = {issuer: frozenset(keys) for issuer, keys in articles.items()}
    nothing, none = frozenset[str](), frozenset[Place]()
    # many releases name the same places: the town, its Land
    known: dict[tuple[frozenset[Place], str], Company] = {}
    where = {}
    for release_id in {m.release_id for m, _ in keyed}:
        issuer, places = releases[release_id].issuer or "", frozenset(found.get(release_id, none))
        if (places, issuer) not in known:
            known[places, issuer] = _company(places, homes.get(issuer), own.get(issuer, nothing))
        where[release_id] = known[places, issuer]
    return where


def _company(places: frozenset[Place], home: Place | None, articles: frozenset[str]) -> Company:
    everything = places | ({home} if home else set())
    around = [p for p in everything if p.link.latitude is not None and p.kind in _SETTLEMENTS]
    around.sort(key=lambda p: (p.name, p.link.region or "", p.link.latitude or 0))
    return Company(regions_of(everything), tuple(around), home, articles)


def _homes(releases: Releases, gazetteer: Gazetteer) -> dict[str, Place]:
    """Issuer -> where it sits: the place its name ends in, or the one of most of its datelines."""
    datelines: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for release in releases.values():
        if release.issuer:
            datelines[release.issuer][fold(release.dateline_place or "")] += 1
    found = {issuer: _home(issuer, places, gazetteer) for issuer, places in datelines.items()}
    return {issuer: place for issuer, place in found.items() if place}


def _home(issuer: str, datelines: Counter[str], gazetteer: Gazetteer) -> Place | None:
    words = issuer.split()
    for length in range(min(5, len(words)), 0, -1):
        key = place_key(" ".join(words[-length:]))
        found = gazetteer.candidates(key)
        # "Stadt Weimar" is the town of just that name; "Gemeinde Weimar" may be the village with an addition
        exact = [place for place in found if fold(place.name) == key and place.kind in {"municipality", "town"}]
        if len(exact) == 1 and (len(found) == 1 or "gemeinde" not in fold(issuer)):
            return exact[0]
    most = next((key for key, _ in sorted(datelines.items(), key=lambda x: (-x[1], x[0])) if key), "")
    return gazetteer.certain(most)


def resolve(key: str, said: Said | None, company: Company, gazetteer: Gazetteer) -> Place | None:
    """A name and what its text says beside it -> the one place it is; None where that is open."""
    candidates = gazetteer.candidates(key)
    if not candidates:
        return None
    if said and (beside := said_beside(key, said, gazetteer)):
        return beside
    if company.home and key in called(company.home):
        return company.home
    if certain := gazetteer.certain(key):
        return _nearby_instead(certain, candidates, company) or certain
    if company.natural(key):
        return None
    return gazetteer.in_company(key, company.regions) or _nearest(candidates, company)


def said_beside(key: str, said: Said, gazetteer: Gazetteer) -> Place | None:
    """``Neustadt (Hessen)``, ``Weimar in Hessen``, ``im hessischen Neustadt``: the text itself says which."""
    how, what = said
    # Weimar (Lahn): the whole name is one of the gazetteer
    if how == IN_BRACKETS and len(whole := gazetteer.candidates(f"{key} ({what})")) == 1:
        return whole[0]
    return _only_in(what, key, gazetteer)


def _only_in(region: str, key: str, gazetteer: Gazetteer) -> Place | None:
    found = [p for p in gazetteer.candidates(key) if region and fold(p.link.region or "") == region]
    exact = [p for p in found if fold(p.name) == key]
    return found[0] if len(found) == 1 else exact[0] if len(exact) == 1 else None


def _nearby_instead(certain: Place, candidates: Iterable[Place], company: Company) -> Place | None:
    """A place of that name in the neighbourhood, where the well-known one lies far from all that is spoken of."""
    if certain.population >= KNOWN_TO_ALL or certain.link.latitude is None:
        return None
    others = tuple(p for p in company.around if p != certain)
    if not others or _distance(certain, others) <= ODD:
        return None
    near = [p for p in candidates if p != certain and _distance(p, others) <= NEAR]
    return near[0] if len(near) == 1 else None


def _nearest(candidates: Sequence[Place], company: Company) -> Place | None:
    """The candidate that lies near what the release speaks of, if no other comes close."""
    ranked = sorted((_distance(p, company.around), p.name, n) for n, p in enumerate(candidates))
    if not ranked or ranked[0][0] > NEAR:
        return None
    if len(ranked) > 1 and ranked[1][0] < CLEARLY * max(ranked[0][0], 1.0):
        return None
    return candidates[ranked[0][2]]


def _distance(place: Place, others: Iterable[Place]) -> float:
    """Kilometres to the nearest of other places; infinite where a position is unknown."""
    return min((kilometres(place, other) for other in others), default=float("inf"))


@lru_cache(maxsize=100_000)
def kilometres(one: Place, other: Place) -> float:
    """The distance of two places on the great circle."""
    if None in {one.link.latitude, other.link.latitude, one.link.longitude, other.link.longitude}:
        return float("inf")
    a, b = radians(one.link.latitude or 0), radians(other.link.latitude or 0)
    east = radians((other.link.longitude or 0) - (one.link.longitude or 0))
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(east / 2) ** 2
    return 2 * 6371 * asin(min(1.0, sqrt(half)))
