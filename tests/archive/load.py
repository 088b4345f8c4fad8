"""How long a delivery of many releases takes, and how much memory: ``python -m tests.archive.load 36000``.

Makes tables of invented releases (2,200 letters, 30 names, 11 dates, 2 quotes, 2 events each, about what the
sample corpus has), exports them in a temporary folder and prints processor time and the largest process.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.archive import work
from pipeline.archive.selection import select
from pipeline.core import records as r
from pipeline.core import tables as t
from pipeline.core import theme_records as tr
from tests import builders as b
from tests.archive import made

SENTENCE = "Am {day}. Mai 2021 eröffnete {person} in {place} das Haus der {org} mit Gästen aus der ganzen Region. "
QUOTE = "„Wir haben lange darauf gewartet und freuen uns sehr“, sagte {person} dazu im Gespräch mit der Presse. "
ENTITIES = 20_000


def name(kind: str, number: int) -> str:
    """An invented name; the same number gives the same name."""
    return {
        "person": f"Vorname{number} Nachname{number}",
        "place": f"Ort{number}",
        "organisation": f"Verein{number}",
    }[kind]


def release(number: int) -> tuple[r.Release, list[r.Mention], list[r.DateMention], list[r.Quote]]:
    """One release with what is found in it."""
    release_id, text = f"{number:012x}", "Ein Titel zum Tage\n\n"
    mentions: list[r.Mention] = []
    dates: list[r.DateMention] = []
    quotes: list[r.Quote] = []
    for turn in range(17):
        key = (number * 17 + turn) * 7919 % ENTITIES
        words = {k: name(k, key) for k in ("person", "place", "organisation")}
        quoted = turn % 6 == 5
        start = len(text)
        pattern = QUOTE if quoted else SENTENCE
        sentence = pattern.format(
            day=turn % 28 + 1, person=words["person"], place=words["place"], org=words["organisation"]
        )
        text += sentence + ("\n\n" if turn % 4 == 3 else "")
        for label, kind in (("PER", "person"), ("LOC", "place"), ("ORG", "organisation")):
            if (at := sentence.find(words[kind])) >= 0 and (label != "ORG" or turn % 4 == 0):
                mentions.append(b.mention(words[kind], label, start + at, release_id=release_id))
        if quoted:
            quotes.append(
                r.Quote(
                    release_id,
                    start + 1,
                    start + 52,
                    text[start + 1 : start + 52],
                    words["person"],
                    "sagte",
                    "direct",
                    "x",
                )
            )
        elif turn < 13:
            day = sentence[3 : sentence.index(" eröffnete")]
            dates.append(b.date(day, f"2021-05-{turn % 28 + 1:02}", start + 3, release_id=release_id))
    values = {
        "title": "Ein Titel zum Tage",
        "published": f"{2010 + number % 14}-05-03",
        "issuer": f"Stadt {number % 50}",
    }
    return b.release(release_id, text, **values), mentions, dates, quotes


def releases(count: int) -> Iterator[tuple[r.Release, list[r.Mention], list[r.DateMention], list[r.Quote]]]:
    """Releases in the order of their ids, made anew each time: no more than one in memory."""
    return map(release, range(count))


def prepare(count: int) -> None:
    """Write all tables that the stage reads."""
    types = {"PER": "person", "LOC": "place", "ORG": "organisation"}
    t.RELEASES.write((x[0] for x in releases(count)), in_order=True)
    t.MENTIONS.write((m for x in releases(count) for m in sorted(x[1], key=lambda m: m.start)), in_order=True)
    t.DATES.write((d for x in releases(count) for d in x[2]), in_order=True)
    t.QUOTES.write((q for x in releases(count) for q in x[3]), in_order=True)
    t.ENTITY_MENTIONS.write(
        (r.EntityMention(m.release_id, m.start, m.end, m.label, made.entity(m.name, types[m.label]).entity_id, "x")
         for x in releases(count) for m in sorted(x[1], key=lambda m: m.start)), in_order=True)  # fmt: skip
    t.ENTITIES.write(made.entity(name(k, n), k) for k in types.values() for n in range(ENTITIES))
    t.ZONES.write((b.zone("headline", 0, 18, x[0].release_id) for x in releases(count)), in_order=True)
    t.EVENTS.write(
        (r.Event(d.release_id, d.start, d.end, "Eröffnung", d.value or "", None, None, "x")
         for x in releases(count) for d in x[2][:2]), in_order=True)  # fmt: skip
    themes = [tr.Theme(f"t{n}", "guided", f"Thema {n}", [], 1, 0.1, iptc="05000000") for n in range(20)]
    t.THEMES.write(themes)
    t.ASSIGNMENTS.write(
        (
            tr.ThemeAssignment(x[0].release_id, f"t{n}", 0.3, n + 1, [], None)
            for x in releases(count)
            for n in range(3)
        ),
        in_order=True,
    )
    t.DUPLICATES.write([])


def seconds() -> float:
    """Processor time of this process and the children that have ended."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def main(count: int, schemas: str, processes: int) -> None:
    """Prepare, export, print."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("params.yaml").write_text(f"execution:\n  processes: {processes}\n  small: 200\n", encoding="utf-8")
        prepare(count)
        settings = made.settings(schemas=schemas, isil="DE-1811")
        light = [(x.release_id, x.published, x.embargo, x.source_path) for x in t.RELEASES.stream()]
        begin, clock = seconds(), time.monotonic()
        tally = work.export(select(light, ""), {}, settings, Path("out"))
        used, wall = seconds() - begin, time.monotonic() - clock
        megabytes = [
            resource.getrusage(w).ru_maxrss // 1024 for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        ]
        sys.stdout.write(
            f"{count} releases, {tally.broken.total()} faults: {used:.1f} s of processor time, "
            f"{wall:.1f} s on the clock, main process {megabytes[0]} MB, largest other {megabytes[1]} MB\n"
        )


if __name__ == "__main__":
    arguments = [*sys.argv[1:], "", ""]
    main(int(arguments[0]), arguments[1] and str(Path(arguments[1]).resolve()), int(arguments[2] or 2))
