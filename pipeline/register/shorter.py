"""Shorter names of an organisation join the one longer name that they belong to.

``Institut für Waldbau`` is ``Institut für Waldbau der Universität Lautertal`` where no other institute bears the
name and the university stands in the same release or one issuer uses both; ``Drei-Täler-Region`` is the registered
``Regionalverbund „Drei-Täler-Region“ e. V.`` of the same issuer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.core.records import Mention
from pipeline.register import rules
from pipeline.register.clusters import Member, Releases
from pipeline.register.names import organisation

Key = tuple[str, str]  # name without legal form, legal form
Groups = defaultdict[Key, list[Member]]

_QUOTED = re.compile(r"[„“\"»]([^„“”\"»«]{3,60})[“”\"«]")
_OWNER = re.compile(r"(?P<short>.{6,80}?) (?:der|des|an der|am|von) (?P<owner>[A-ZÄÖÜ].{3,80})")


def join(groups: Groups, mentions: Sequence[Mention], releases: Releases) -> Groups:
    """Groups of written-out names -> the same, short forms inside the only long one."""
    longer: defaultdict[str, set[tuple[Key, str, str]]] = defaultdict(set)
    for key in sorted(groups):
        for short, rule, owner in _short_forms(groups[key]):
            longer[short].add((key, rule, owner))
    named: defaultdict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        named[mention.release_id].add(organisation(mention.name)[0])
    for short in sorted(longer):
        here = (short, "")
        found = {entry for entry in longer[short] if entry[0] != here and entry[0] in groups}
        if here not in groups or len({key for key, _, _ in found}) != 1:
            continue
        key, rule, owner = min(found)
        evidence = [rule, "only_one", *_ties(groups[here], groups[key], owner, named, releases)]
        if rules.enough(evidence):
            groups[key] += [Member(m.mention, rules.because(evidence)) for m in groups.pop(here)]
    return groups


def _short_forms(members: Sequence[Member]) -> Iterator[tuple[str, str, str]]:
    """The names of a group -> (key of a shorter name, rule, key of what it belongs to)."""
    for name in {m.mention.name for m in members}:
        if quoted := _QUOTED.search(name):
            yield organisation(quoted[1])[0], "quoted_core", ""
        elif owned := _OWNER.fullmatch(name):
            yield organisation(owned["short"])[0], "short_form", organisation(owned["owner"])[0]


def _ties(
    short: Sequence[Member], full: Sequence[Member], owner: str, named: dict[str, set[str]], releases: Releases
) -> Iterator[str]:
    ids = {m.mention.release_id for m in short}
    if owner and all(owner in named[release_id] for release_id in ids):
        yield "owner_here"
    theirs, ours = ({releases[m.mention.release_id].issuer for m in members} for members in (short, full))
    if (theirs & ours) - {None}:
        yield "same_issuer"
