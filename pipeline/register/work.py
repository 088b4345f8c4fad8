"""The stage in one function: mentions, releases, gazetteer and ledger in, register out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.core.records import CorrectionResult, Entity, EntityMention, Mention, Release
from pipeline.register import corrections, initiatives, organisations, people, places, rows
from pipeline.register.clusters import Cluster, Releases
from pipeline.register.draft import Draft, assign_ids
from pipeline.register.gazetteer import Gazetteer
from pipeline.register.ledger import Correction, Faulty
from pipeline.register.settings import RegisterParams
from pipeline.register.settle import settle


@dataclass(frozen=True, slots=True)
class Register:
    """The finished register."""

    entities: list[Entity]
    mentions: list[EntityMention]
    corrections: list[CorrectionResult]


def build(
    mentions: Sequence[Mention],
    releases: Sequence[Release],
    gazetteer: Gazetteer,
    ledger: Sequence[Correction | Faulty],
    settings: RegisterParams,
) -> Register:
    """Mentions of the wanted zones -> entities, corrected by hand, each with its mentions."""
    by_id = {release.release_id: release for release in releases}
    draft = Draft(cluster([m for m in mentions if m.zone in settings.zones], by_id, gazetteer))
    results = corrections.apply(draft, ledger)
    entries = [entry for entry in draft.entries if len(entry.members) >= settings.min_mentions]
    assign_ids(entries)
    return Register(
        [rows.entity_row(entry, by_id) for entry in entries],
        [row for entry in entries for row in rows.mention_rows(entry)],
        results,
    )


def cluster(mentions: Sequence[Mention], releases: Releases, gazetteer: Gazetteer) -> list[Cluster]:
    """Mentions -> entities of all four types, in an order that depends on their content only."""
    ordered = sorted(mentions, key=lambda m: (m.release_id, m.start, m.end, m.label))
    labelled = settle(ordered, releases, gazetteer)
    return [
        *people.group(labelled["PER"], releases),
        *places.group(labelled["LOC"], releases, gazetteer),
        *organisations.group(labelled["ORG"], releases),
        *initiatives.group(labelled["INITIATIVE"], releases),
    ]
