"""Mentions of initiatives -> one cluster an initiative.

Spellings with quotes, hyphens, dashes and cases meet; a short form joins the one longer name that it begins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pipeline.core.records import Mention
from pipeline.register import rules
from pipeline.register.clusters import Cluster, Member, Releases, best_name, nominative, same_or
from pipeline.register.names import fold, initiative
from pipeline.register.nominative import nominative as nominative_form

# a longer name seen in one release only may be a slip of the finder
MIN_RELEASES = 2
Groups = dict[str, list[Member]]


def group(mentions: Sequence[Mention], releases: Releases) -> list[Cluster]:
    """Mentions labelled INITIATIVE -> initiatives."""
    groups: defaultdict[str, list[Member]] = defaultdict(list)
    for mention in mentions:
        groups[initiative(nominative_form(mention.name))].append(Member(mention, "spelling"))
    return [_cluster(members) for members in _join_short_forms(groups, releases).values()]


def _join_short_forms(groups: Groups, releases: Releases) -> Groups:
    """DorfFunk -> DorfFunk Lauterbrück: the only name that begins so, of one issuer, never both in a release."""
    begin: defaultdict[str, set[str]] = defaultdict(set)
    for key, members in groups.items():
        words = fold(members[0].mention.name).split()
        for length in range(1, len(words)):
            begin[initiative(" ".join(words[:length]))].add(key)
    joined = dict(groups)
    for short in sorted(set(begin) & set(groups)):
        longer = begin[short] - {short}
        if len(longer) == 1 and (full := next(iter(longer))) in joined:
            evidence = ["short_form", "only_one", *_circumstances(groups[short], groups[full], releases)]
            if rules.enough(evidence):
                reason = rules.because(evidence)
                joined[full] = [*joined[full], *(Member(m.mention, reason) for m in joined.pop(short))]
    return joined


def _circumstances(short: Sequence[Member], full: Sequence[Member], releases: Releases) -> list[str]:
    there, here = ({m.mention.release_id for m in members} for members in (short, full))
    # a text that uses both names means two things by them
    if len(here) < MIN_RELEASES:
        return []
    issuers = ({releases[release_id].issuer for release_id in ids} for ids in (there, here))
    return ["same_issuer"] if not there & here and set.intersection(*issuers) - {None} else []


def _cluster(members: Sequence[Member]) -> Cluster:
    own = [m.mention.name for m in members if m.because == "spelling"]
    shown = nominative_form(best_name(nominative(own)))
    return Cluster(
        "initiative",
        shown,
        tuple(
            Member(m.mention, same_or(m.mention.name, shown, "spelling") if m.because == "spelling" else m.because)
            for m in members
        ),
    )
