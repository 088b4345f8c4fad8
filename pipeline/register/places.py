"""Mentions of places -> one cluster a place, linked to the gazetteer where that is certain; addresses stay out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.core.records import Mention
from pipeline.register import names
from pipeline.register.clusters import Cluster, Member, Releases, best_name, nominative, same_or
from pipeline.register.company import companies, resolve
from pipeline.register.gazetteer import Gazetteer, Place
from pipeline.register.looks import Looks, look_at
from pipeline.register.names import fold

Scope = tuple[str, str | None]  # a name, and whose


def group(
    mentions: Sequence[Mention], releases: Releases, gazetteer: Gazetteer, looks: Looks | None = None
) -> list[Cluster]:
    """Mentions labelled LOC -> places."""
    looks = looks or look_at(mentions, releases, gazetteer.regions)
    keys = {name: names.place(name) for name in {m.name for m in mentions}}
    known = set(keys.values()) - {""}
    nominative = {key: _nominative(key, known, gazetteer) for key in known}
    keyed = [(m, nominative[key]) for m in mentions if (key := keys[m.name])]
    linkable = {key for key in nominative.values() if gazetteer.candidates(key)}
    found = _resolved([(m, key) for m, key in keyed if key in linkable], releases, gazetteer, looks)
    # all names of one certain place meet (Frankfurt, Frankfurt am Main); open ones meet by name
    groups: defaultdict[Place | str, list[Mention]] = defaultdict(list)
    for mention, key in keyed:
        groups[next(found) if key in linkable else key].append(mention)
    return [_cluster(what if isinstance(what, Place) else None, members) for what, members in groups.items()]


def _resolved(
    keyed: Sequence[tuple[Mention, str]], releases: Releases, gazetteer: Gazetteer, looks: Looks
) -> Iterator[Place | str]:
    """Names that places bear -> the place that each is, or the name where that is open."""
    where, said = companies(keyed, releases, gazetteer, looks), looks.said.get
    settled = [
        resolve(key, said((m.release_id, m.start, m.end)), where[m.release_id], gazetteer) for m, key in keyed
    ]
    single = {key for key in {key for _, key in keyed} if len(gazetteer.candidates(key)) == 1}
    # how far one sense of a name carries: to all releases where there is one such place, else to its issuer's
    scopes: list[Scope] = [
        (key, None if key in single else releases[m.release_id].issuer or "") for m, key in keyed
    ]
    senses: defaultdict[Scope, set[Place]] = defaultdict(set)
    for scope, place in zip(scopes, settled, strict=True):
        if place:
            senses[scope].add(place)
    # what is one place wherever it is settled is that place elsewhere too
    sense = {scope: next(iter(meant)) for scope, meant in senses.items() if len(meant) == 1}
    open_or_carried = (sense.get(scope) or scope[0] for scope in scopes)
    return (place or other for place, other in zip(settled, open_or_carried, strict=True))


def _nominative(key: str, known: set[str], gazetteer: Gazetteer) -> str:
    """Thüringens -> Thüringen, where the shorter name is known and the longer is not a place's own."""
    shorter = key.removesuffix("s")
    if shorter == key or gazetteer.candidates(key):
        return key
    return shorter if shorter in known or gazetteer.candidates(shorter) else key


def _cluster(place: Place | None, mentions: Sequence[Mention]) -> Cluster:
    shown = best_name(nominative([m.name for m in mentions]))
    if place and fold(shown) == fold(place.name) + "s":
        shown = place.name
    members = (Member(m, same_or(m.name, shown, "spelling")) for m in mentions)
    return Cluster("place", shown, tuple(members), place.link if place else None)
