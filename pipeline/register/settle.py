"""Mentions -> mentions under the label that the corpus speaks for, where one name was found as different things.

A model that reads sentence by sentence takes "Weißbach" for a place here and for a person there. The corpus knows
better: who is somebody's whole name, or the surname of somebody in the same release, is a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pipeline.core.records import Mention
from pipeline.register.clusters import Releases
from pipeline.register.gazetteer import Gazetteer
from pipeline.register.names import organisation, person, place, surname


def settle(
    mentions: Sequence[Mention], releases: Releases, gazetteer: Gazetteer
) -> defaultdict[str, list[Mention]]:
    """Mentions -> the same by the label that counts; a company's own name taken for an initiative is left out."""
    whole = {person(m.name).key for m in mentions if m.label == "PER" and person(m.name).first}
    here = {(m.release_id, part) for m in mentions if m.label == "PER" for part in _surnames(m)}
    companies = _companies(releases)
    settled: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.label == "INITIATIVE" and organisation(mention.name)[0] in companies:
            continue
        is_person = _is_person(mention, whole, here, gazetteer)
        settled["PER" if is_person else mention.label].append(mention)
    return settled


def _surnames(mention: Mention) -> set[str]:
    name = person(mention.name)
    return {name.last, surname(name.last)} if name.first else set()


def _companies(releases: Releases) -> set[str]:
    """The names of issuers with a legal form: a firm's name is not the name of something it undertakes."""
    issuers = {release.issuer for release in releases.values() if release.issuer}
    return {key for issuer in issuers for key, legal in [organisation(issuer)] if legal and legal != "ev"}


def _is_person(mention: Mention, whole: set[str], here: set[tuple[str, str]], gazetteer: Gazetteer) -> bool:
    if mention.label not in {"LOC", "ORG"}:
        return False
    name = person(mention.name)
    if name.first:
        return name.key in whole
    lasts = {name.last, name.last.removesuffix("s")}
    # a town may bear a family's name: then the label stands
    return any((mention.release_id, last) in here for last in lasts) and not gazetteer.candidates(
        place(mention.name)
    )
