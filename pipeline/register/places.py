"""Mentions of places -> one cluster a place, linked to the gazetteer where that is certain; addresses stay out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from pipeline.core.records import Mention
from pipeline.register import names
from pipeline.register.clusters import Cluster, Member, Releases, best_name, nominative, same_or
from pipeline.register.gazetteer import Gazetteer, Place, regions_of
from pipeline.register.names import fold


def group(mentions: Sequence[Mention], releases: Releases, gazetteer: Gazetteer) -> list[Cluster]:
    """Mentions labelled LOC -> places."""
    keyed = [(mention, names.place(mention.name)) for mention in mentions]
    keyed = [(mention, key) for mention, key in keyed if key]
    known = {key for _, key in keyed}
    nominative = {key: _nominative(key, known, gazetteer) for key in known}
    keyed = [(mention, nominative[key]) for mention, key in keyed]
    regions = _regions(keyed, releases, gazetteer)
    settled = [gazetteer.certain(key) or gazetteer.in_company(key, regions[m.release_id]) for m, key in keyed]
    # all names of one certain place meet (Frankfurt, Frankfurt am Main); open ones meet by name
    groups: defaultdict[Place | str, list[Mention]] = defaultdict(list)
    senses: defaultdict[str, set[Place]] = defaultdict(set)
    for (_, key), found in zip(keyed, settled, strict=True):
        senses[key] |= {found} if found else set()
    for (mention, key), found in zip(keyed, settled, strict=True):
        # a name that is one place wherever the corpus settles it is that place elsewhere too
        only = next(iter(senses[key])) if len(senses[key]) == 1 else None
        groups[found or only or key].append(mention)
    return [_cluster(what if isinstance(what, Place) else None, members) for what, members in groups.items()]


def _nominative(key: str, known: set[str], gazetteer: Gazetteer) -> str:
    """Thüringens -> Thüringen, where the shorter name is known and the longer is not a place's own."""
    shorter = key.removesuffix("s")
    if shorter == key or gazetteer.candidates(key):
        return key
    return shorter if shorter in known or gazetteer.candidates(shorter) else key


def _regions(
    keyed: Sequence[tuple[Mention, str]], releases: Releases, gazetteer: Gazetteer
) -> defaultdict[str, Counter[str]]:
    """Release -> the Länder that its certain places and its dateline lie in, each place counted once."""
    found: defaultdict[str, set[Place]] = defaultdict(set)
    datelines = [(r.release_id, fold(r.dateline_place)) for r in releases.values() if r.dateline_place]
    for release_id, key in (*((m.release_id, key) for m, key in keyed), *datelines):
        if place := gazetteer.certain(key):
            found[release_id].add(place)
    return defaultdict(Counter, {release_id: regions_of(places) for release_id, places in found.items()})


def _cluster(place: Place | None, mentions: Sequence[Mention]) -> Cluster:
    shown = best_name(nominative([m.name for m in mentions]))
    if place and fold(shown) == fold(place.name) + "s":
        shown = place.name
    members = (Member(m, same_or(m.name, shown, "spelling")) for m in mentions)
    return Cluster("place", shown, tuple(members), place.link if place else None)
