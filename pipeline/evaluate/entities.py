"""The register against ``data/gold/entities.csv``: is one thing one entry, and are places linked right?

Merging is measured by B³ (Bagga & Baldwin, Algorithms for Scoring Coreference Chains, 1998): for every mention the
share of its entry that belongs with it, and the share of what belongs with it that its entry holds, then the mean.
Measured are the mentions that gold knows and the register holds.
"""

from __future__ import annotations

import csv
import io
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from pipeline.core.errors import InputError
from pipeline.core.records import Entity, EntityMention, Release
from pipeline.evaluate.compare import Counts
from pipeline.evaluate.metrics import Score, bounds, score

COLUMNS = ("type", "entity", "geonames_id", "form", "source")


@dataclass(frozen=True, slots=True)
class Judged:
    """One mention as gold and the register see it."""

    release_id: str
    gold: str
    found: str
    gold_link: int | None
    found_link: int | None


Gold = dict[tuple[str, str, str], tuple[str, int | None]]  # type, form, source -> entity, GeoNames id


def parse(text: str, place: str) -> Gold:
    """The text of entities.csv -> which form means which entity; an empty source means every release.

    Raises InputError with the line that is not as it should be.
    """
    gold: Gold = {}
    reader = csv.DictReader(io.StringIO(text))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise InputError(f"{place}: line 1: the header must be {','.join(COLUMNS)}")
    for row in reader:
        key = row["type"], row["form"], row["source"]
        if key in gold or not row["entity"] or (row["geonames_id"] and not row["geonames_id"].isdigit()):
            raise InputError(
                f"{place}: line {reader.line_num}: needs an entity, a number or nothing, and a new form"
            )
        gold[key] = f"{row['type']} {row['entity']}", int(row["geonames_id"]) if row["geonames_id"] else None
    return gold


def judge(
    gold: Gold, releases: Iterable[Release], entities: Iterable[Entity], mentions: Iterable[EntityMention]
) -> list[Judged]:
    """The mentions of the register that gold knows."""
    by_id, texts = {e.entity_id: e for e in entities}, {r.release_id: r for r in releases}
    judged = []
    for mention in mentions:
        entity, release = by_id[mention.entity_id], texts[mention.release_id]
        form = " ".join(release.text[mention.start : mention.end].split())
        wanted = gold.get((entity.type, form, release.source_path)) or gold.get((entity.type, form, ""))
        if wanted:
            judged.append(Judged(mention.release_id, wanted[0], mention.entity_id, wanted[1], entity.geonames_id))
    return judged


def measure(judged: Sequence[Judged], draws: int) -> dict[str, dict[str, float]]:
    """Judged mentions -> the rows ENTITIES and PLACE_LINKS of the metrics; nothing where there is no gold."""
    if not judged:
        return {}
    return {
        "ENTITIES": asdict(b_cubed(judged, draws)),
        "PLACE_LINKS": asdict(score(_links([j for j in judged if j.gold.startswith("place ")]), draws)),
    }


def b_cubed(judged: Sequence[Judged], draws: int) -> Score:
    """B³ over all mentions; the interval resamples releases, each with the values of its mentions."""
    both = Counter((j.gold, j.found) for j in judged)
    gold, found = Counter(j.gold for j in judged), Counter(j.found for j in judged)
    sums: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for j in judged:
        right = both[j.gold, j.found]
        for i, value in enumerate((right / found[j.found], right / gold[j.gold], 1.0)):
            sums[j.release_id][i] += value
    column = [sums[key] for key in sorted(sums)]
    rng, size = random.Random(0), len(column)  # noqa: S311  chance for statistics, not for secrets
    drawn = (_f1([column[rng.randrange(size)] for _ in range(size)])[2] for _ in range(draws))
    p, r, f1 = _f1(column)
    low, high = bounds(drawn, f1)
    p, r, f1, low, high = (round(value, 4) for value in (p, r, f1, low, high))
    return Score(p, r, f1, low, high, len(gold), len(found))


def _f1(column: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    precision, recall, count = (sum(row[i] for row in column) for i in range(3))
    p, r = precision / count, recall / count
    return p, r, 2 * p * r / (p + r)


def _links(places: Sequence[Judged]) -> list[Counts]:
    """Places -> per release how many links are right, wanted and given."""
    groups: defaultdict[str, list[Judged]] = defaultdict(list)
    for place in places:
        groups[place.release_id].append(place)
    return [
        Counts(
            sum(j.gold_link is not None and j.gold_link == j.found_link for j in group),
            sum(j.gold_link is not None for j in group),
            sum(j.found_link is not None for j in group),
        )
        for _, group in sorted(groups.items())
    ]
