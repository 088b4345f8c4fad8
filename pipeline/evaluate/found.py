"""Tables of the stages -> releases in the gold form, ready to be compared or written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pipeline.core import records as r
from pipeline.core import tables
from pipeline.core import theme_records as tr
from pipeline.core.table import Table
from pipeline.core.text import fold

Row = TypeVar("Row", r.Zone, r.Mention, r.DateMention, r.Quote, tr.ThemeAssignment)


@dataclass(frozen=True, slots=True)
class Found:
    """All that the stages say about one release."""

    release: r.Release
    zones: Sequence[r.Zone]
    mentions: Sequence[r.Mention]
    dates: Sequence[r.DateMention]
    quotes: Sequence[r.Quote]
    themes: Sequence[str]


def load(root: Path = Path(), sources: Collection[str] | None = None) -> list[Found]:
    """The tables below ``root`` -> one Found a release, in order of release_id; of all files or ``sources``."""
    ids = None if sources is None else _ids(sources, root)
    zones, mentions = _by_release(_rows(tables.ZONES, ids, root)), _by_release(_rows(tables.MENTIONS, ids, root))
    dates, quotes = _by_release(_rows(tables.DATES, ids, root)), _by_release(_rows(tables.QUOTES, ids, root))
    themes = assigned_themes(tables.THEMES.read(root), _rows(tables.ASSIGNMENTS, ids, root))
    return [
        Found(release, zones[key], mentions[key], dates[key], quotes[key], themes[key])
        for release in _rows(tables.RELEASES, ids, root)
        for key in [release.release_id]
    ]


def _ids(sources: Collection[str], root: Path) -> list[str]:
    """The releases that come from these files, by id."""
    if not sources:
        return []
    columns = tables.RELEASES.read_arrow(root, ["release_id", "source_path"]).to_pydict()
    return [key for key, path in zip(*columns.values(), strict=True) if path in sources]


def _rows(table: Table[Any], ids: list[str] | None, root: Path) -> Iterator[Any]:
    """The rows of a table, all or those of some releases: gold is small, a corpus need not be."""
    return table.stream(root) if ids is None else table.rows_of(ids, root)


def _by_release(rows: Iterable[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.release_id].append(row)
    return groups


def assigned_themes(themes: Iterable[tr.Theme], assignments: Iterable[tr.ThemeAssignment]) -> dict[str, list[str]]:
    """Guided themes of each release, most important first, at most three as in the guidelines."""
    guided = {theme.theme_id for theme in themes if theme.scheme == "guided"}
    rows = _by_release(a for a in assignments if a.theme_id in guided)
    ranked = {key: sorted(group, key=lambda a: a.rank)[:3] for key, group in rows.items()}
    return defaultdict(list, {key: [a.theme_id for a in group] for key, group in ranked.items()})


def to_gold_form(found: Found) -> dict[str, Any]:
    """One release as a JSON object in the form of the gold files; quotes carry their text."""
    release = found.release
    return {
        "id": release.release_id,
        "source": release.source_path,
        "published": release.published,
        "published_basis": release.published_basis,
        "issuer": release.issuer,
        "title": release.title,
        "zones": [{"start": z.start, "end": z.end, "zone": z.zone} for z in found.zones],
        "spans": [
            {"start": m.start, "end": m.end, "text": m.text, "label": m.label, "found_by": m.found_by}
            for m in found.mentions
        ],
        "dates": [
            {"start": d.start, "end": d.end, "text": d.text, "type": d.type, "value": d.value} for d in found.dates
        ],
        "people": people(found.mentions),
        "initiatives": initiatives(found.mentions),
        "quotes": [
            {"start": q.start, "end": q.end, "text": q.text, "speaker": q.speaker, "kind": q.kind}
            for q in found.quotes
        ],
        "themes": list(found.themes),
    }


def people(mentions: Iterable[r.Mention]) -> list[dict[str, Any]]:
    """PER mentions of one release -> its people: name, first title and role given, all spans."""
    groups = _by_name(m for m in mentions if m.label == "PER")
    return [
        {
            "name": group[0].name,
            "title": next((m.title for m in group if m.title), None),
            "role": next((m.role for m in group if m.role), None),
            "spans": [[m.start, m.end] for m in group],
        }
        for group in groups
    ]


def initiatives(mentions: Iterable[r.Mention]) -> list[dict[str, Any]]:
    """INITIATIVE mentions of one release -> its initiatives: name, most frequent kind, all spans."""
    groups = _by_name(m for m in mentions if m.label == "INITIATIVE")
    return [
        {
            "name": group[0].name,
            "kind": _most_frequent(m.kind for m in group),
            "spans": [[m.start, m.end] for m in group],
        }
        for group in groups
    ]


def _by_name(mentions: Iterable[r.Mention]) -> list[list[r.Mention]]:
    groups: dict[str, list[r.Mention]] = {}
    for mention in sorted(mentions, key=lambda m: m.start):
        groups.setdefault(fold(mention.name), []).append(mention)
    return list(groups.values())


def _most_frequent(values: Iterable[str | None]) -> str | None:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value), default=None)
