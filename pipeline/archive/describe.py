"""Rows of one release -> its description, through the privacy gate."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.resources import files
from typing import TypeVar

from pipeline.archive import gate
from pipeline.archive.description import Description, Mark, Named, Said, Statement, Subject
from pipeline.archive.rows import Corpus, Rows
from pipeline.archive.settings import ArchiveParams
from pipeline.core import records as r

Located = TypeVar("Located", r.Zone, r.DateMention)
Beside = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[Statement, ...]]
_LEAD = 500  # characters: about a catalogue card
_LEAD_MIN = 80  # a shorter paragraph is a dateline or a greeting
# IPTC Media Topic NewsCodes (2025-03-31), https://cv.iptc.org/newscodes/mediatopic/, (c) IPTC, CC BY 4.0
_TOPICS_FILE = files(__package__).joinpath("media_topics.csv").read_text(encoding="utf-8")
MEDIA_TOPICS = dict(csv.reader(_TOPICS_FILE.splitlines()))


@dataclass
class Describer:
    """Describes releases one by one; holds what is looked up across them."""

    settings: ArchiveParams
    corpus: Corpus
    statements: Mapping[str, Sequence[Statement]] = field(default_factory=dict)  # by release_id
    held: frozenset[str] = frozenset()  # releases under embargo: nothing points at them

    def describe(self, batch: Sequence[Rows]) -> list[Description]:
        """A batch of releases, in its order."""
        ids = {mention.entity_id for rows in batch for mention in rows.entity_mentions}
        found = ((key, self.named(entity)) for key, entity in self.corpus.entities_of(ids).items())
        known = {key: named for key, named in found if named}
        return [self._one(rows, known) for rows in batch]

    def _one(self, rows: Rows, known: Mapping[str, Named]) -> Description:
        release = rows.release
        entities = {(m.start, m.end, m.label): m.entity_id for m in rows.entity_mentions}
        private = [] if self.settings.include_private else _private(rows, entities, known, self.corpus.persons)
        gated = gate.apply(release.text, self._cuts(rows, private))
        clean = gate.cleaner(_spoken(private), contacts=self.settings.include_contacts)
        shown = {e for e in entities.values() if e in known and self._indexed(known[e])}
        new = replace(release, text=gated.text, title=clean(release.title) or "", subtitle=clean(release.subtitle))
        zones = tuple(_zones(rows.zones, gated))
        replaces, replaced_by, repeats, statements = self._beside(release.release_id)
        return Description(
            identifier=self._identifier(release.release_id),
            release=new,
            lead=lead(new, zones),
            zones=zones,
            subjects=self._subjects(rows),
            named=tuple(sorted((known[e] for e in shown), key=lambda n: (n.type, n.name, n.entity_id))),
            marks=tuple(_marks(rows.mentions, entities, shown, gated)),
            dates=tuple(_dates(rows.dates, gated)),
            quotes=tuple(_quotes(rows, entities, shown, gated)),
            events=tuple(
                replace(e, start=at[0], end=at[1], title=clean(e.title) or e.title, place=clean(e.place))
                for e in rows.events
                if (at := gated.span(e.start, e.end))
            ),
            replaces=replaces,
            replaced_by=replaced_by,
            repeats=repeats,
            statements=statements,
            masked=gated.counts,
        )

    def _cuts(self, rows: Rows, private: Sequence[r.Mention]) -> list[gate.Cut]:
        cuts = [gate.Cut(m.start, m.end, "name") for m in private]
        cuts += gate.names(rows.release.text, (m.text for m in private if " " in m.text))
        if not self.settings.include_contacts:
            cuts += [gate.Cut(z.start, z.end, "contact") for z in rows.zones if z.zone == "contact"]
            cuts += gate.numbers_and_mails(rows.release.text)
        return cuts

    def named(self, entity: r.Entity) -> Named | None:
        """What descriptions say of an entity of the register; None where they may not."""
        if entity.privacy == "private" and not self.settings.include_private:
            return None
        geonames = [f"geonames:{entity.geonames_id}"] if entity.geonames_id else []
        return Named(
            entity.entity_id, _type(entity.type), entity.name, entity.title, entity.role, entity.kind,
            entity.privacy,
            tuple(dict.fromkeys([*entity.authority, *geonames])),
            entity.ags, entity.region, entity.latitude, entity.longitude,
        )  # fmt: skip

    def _indexed(self, named: Named) -> bool:
        return self.settings.include_persons or named.type != "person"

    def _identifier(self, release_id: str) -> str:
        return f"{self.settings.identifier_prefix}{release_id}"

    def _subjects(self, rows: Rows) -> tuple[Subject, ...]:
        themes = self.corpus.themes
        ranked = sorted((a for a in rows.assignments if a.theme_id in themes), key=lambda a: a.rank)
        return tuple(
            Subject(a.theme_id, theme.label, a.share, theme.iptc, MEDIA_TOPICS.get(theme.iptc or ""))
            for a in ranked
            for theme in [themes[a.theme_id]]
        )

    def beside(self) -> Iterator[tuple[str, Beside]]:
        """What is not in the rows of a release: what it has to do with others, statements; where there is any."""
        pairs = (self._corrects, self._corrected, self._repeats, self.statements)
        found = ((key, self._beside(key)) for key in sorted(set().union(*pairs)))
        return ((key, beside) for key, beside in found if any(beside))

    def _beside(self, release_id: str) -> Beside:
        pairs = (self._corrects, self._corrected, self._repeats)
        first, second, third = (self._related(release_id, known) for known in pairs)
        return first, second, third, tuple(self.statements.get(release_id, ()))

    @cached_property
    def _corrects(self) -> Mapping[str, list[str]]:
        return _pairs((d.release_id, d.other_id) for d in self.corpus.duplicates if d.kind == "correction")

    @cached_property
    def _corrected(self) -> Mapping[str, list[str]]:
        return _pairs((d.other_id, d.release_id) for d in self.corpus.duplicates if d.kind == "correction")

    @cached_property
    def _repeats(self) -> Mapping[str, list[str]]:
        return _pairs((d.release_id, d.other_id) for d in self.corpus.duplicates if d.kind != "correction")

    def _related(self, release_id: str, pairs: Mapping[str, list[str]]) -> tuple[str, ...]:
        return tuple(self._identifier(i) for i in sorted(set(pairs.get(release_id, ()))) if i not in self.held)


def lead(release: r.Release, zones: Iterable[r.Zone]) -> str | None:
    """The first paragraph that lies in no special zone, cut at a word within 500 characters."""
    taken = [zone for zone in zones if zone.zone != "body"]
    offset = 0
    for paragraph in release.text.split("\n\n"):
        start, offset = offset, offset + len(paragraph) + 2
        free = not any(z.start < start + len(paragraph) and start < z.end for z in taken)
        if free and len(paragraph) >= _LEAD_MIN:
            return _shorten(" ".join(paragraph.split()))
    return None


def _shorten(text: str) -> str:
    if len(text) <= _LEAD:
        return text
    end = text.rfind(" ", 0, _LEAD)
    return f"{text[: end if end > 0 else _LEAD]} …"


def _private(
    rows: Rows, entities: Mapping[tuple[int, int, str], str], known: Mapping[str, Named], persons: frozenset[str]
) -> list[r.Mention]:
    """The mentions of persons whom the register does not hold.

    Names in zones that the register leaves out (letterheads, boilerplate) stay where the register knows the name.
    """
    return [
        m
        for m in rows.mentions
        if m.label == "PER"
        and entities.get((m.start, m.end, m.label)) not in known
        and m.zone != "contact"  # cut as a whole, or let through as a whole
        and not (m.zone in {"letterhead", "boilerplate"} and m.name in persons)
    ]


def _spoken(private: Iterable[r.Mention]) -> set[str]:
    """Under which names a short text may mean them: whole names, and what headlines call them."""
    return {m.text for m in private if " " in m.text or m.zone == "headline"}


def _zones(zones: Iterable[r.Zone], gated: gate.Gated) -> Iterable[r.Zone]:
    moved = ((zone, *gated.around(zone.start, zone.end)) for zone in zones)
    return (_moved(zone, start, end) for zone, start, end in moved if start < end)


def _moved(row: Located, start: int, end: int) -> Located:
    """A row at its new place; most stay where they are."""
    return row if row.start == start and row.end == end else replace(row, start=start, end=end)


def _marks(
    mentions: Iterable[r.Mention], entities: Mapping[tuple[int, int, str], str], shown: set[str], gated: gate.Gated
) -> Iterable[Mark]:
    for m in mentions:
        if at := gated.span(m.start, m.end):
            entity = entities.get((m.start, m.end, m.label))
            yield Mark(*at, _label(m.label), m.name, entity if entity in shown else None, m.role, m.found_by)


def _dates(dates: Iterable[r.DateMention], gated: gate.Gated) -> Iterable[r.DateMention]:
    return (_moved(d, *at) for d in dates if (at := gated.span(d.start, d.end)))


def _quotes(
    rows: Rows, entities: Mapping[tuple[int, int, str], str], shown: set[str], gated: gate.Gated
) -> Iterable[Said]:
    speakers = {
        m.name: entity
        for m in reversed(rows.mentions)
        if m.label == "PER" and (entity := entities.get((m.start, m.end, m.label))) in shown
    }
    for q in rows.quotes:
        start, end = gated.around(q.start, q.end)
        if start < end:
            speaker = q.speaker if q.speaker in speakers else None
            yield Said(start, end, q.kind, speaker, speakers.get(q.speaker or ""), q.cue)


def _pairs(pairs: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for mine, theirs in pairs:
        found[mine].append(theirs)
    return found


def _type(word: str) -> r.EntityType:
    return next(t for t in r.ENTITY_TYPES.values() if t == word)


def _label(word: str) -> r.Label:
    return next(label for label in r.ENTITY_TYPES if label == word)
