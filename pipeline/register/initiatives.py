"""Mentions of initiatives -> one cluster an initiative: spellings with quotes, hyphens, dashes and cases meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pipeline.core.records import Mention
from pipeline.register.clusters import Cluster, Member, best_name, same_or
from pipeline.register.names import initiative


def group(mentions: Sequence[Mention]) -> list[Cluster]:
    """Mentions labelled INITIATIVE -> initiatives."""
    groups: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[initiative(mention.name)].append(mention)
    return [_cluster(members) for members in groups.values()]


def _cluster(mentions: Sequence[Mention]) -> Cluster:
    shown = best_name(mention.name for mention in mentions)
    members = (Member(m, same_or(m.name, shown, "spelling")) for m in mentions)
    return Cluster("initiative", shown, tuple(members))
