"""Mentions of places -> one cluster a place, linked to the gazetteer where that is certain; addresses stay out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pipeline.core.records import Mention
from pipeline.register import names
from pipeline.register.clusters import Cluster, Member, Releases, best_name, nominative, same_or
from pipeline.register.company import companies, resolve
from pipeline.register.gazetteer import Gazetteer, Place
from pipeline.register.looks import Looks, look_at
from pipeline.register.names import fold


def group(
    mentions: Sequence[Mention], releases: Releases, gazetteer: Gazetteer, looks: Looks | None = None
) -> list[Cluster]:
    """Mentions labelled LOC -> places."""
    looks = looks or look_at(mentions, releases, gazetteer.regions)
    keyed = [(mention, names.place(mention.name)) for mention in mentions]
    keyed = [(mention, key) for mention, key in keyed if key]
    known = {key for _, key in keyed}
    nominative = {key: _nominative(key, known, gazetteer) for key in known}
    keyed = [(mention, nominative[key]) for mention, key in keyed]
    where = companies(keyed, releases, gazetteer, looks)
    said = looks.said.get
    settled = [
        resolve(key, said((m.release_id, m.start, m.end)), where[m.release_id], gazetteer) for m, key in keyed
    ]
    senses: defaultdict[tuple[str, str | None], set[Place]] = defaultdict(set)
    scopes = [_scope(key, mention, releases, gazetteer) for mention, key in keyed]
    for scope, found in zip(scopes, settled, strict=True):
        if found:
            senses[scope].add(found)
    # all names of one certain place meet (Frankfurt, Frankfurt am Main); open ones meet by name
    groups: defaultdict[Place | str, list[Mention]] = defaultdict(list)
    for (mention, key), scope, found in zip(keyed, scopes, settled, strict=True):
        meant = senses.get(scope, ())
        # what is one place wherever it is settled is that place elsewhere too
        groups[found or (next(iter(meant)) if len(meant) == 1 else key)].append(mention)
    return [_cluster(what if isinstance(what, Place) else None, members) for what, members in groups.items()]


def _scope(key: str, mention: Mention, releases: Releases, gazetteer: Gazetteer) -> tuple[str, str | None]:
    """How far one sense of a name carries: to all releases where there is one such place, else to its issuer's."""
    return key, None if len(gazetteer.candidates(key)) == 1 else releases[mention.release_id].issuer or ""


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
