"""How long a delivery of many releases takes, and how much memory: ``python -m tests.archive.load 36000``.

Makes tables of invented releases (2,200 letters, 30 names, 11 dates, 2 quotes, 2 events each, about what the
sample corpus has), runs the whole stage on them in a temporary folder, bags included, and prints processor time
of all processes together and the most memory that a process took; then once more with one release added. A second
argument names a folder of schemas, a third the number of processes.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Any

from pipeline.archive import __main__ as stage
from pipeline.archive import statements
from pipeline.core import records as r
from pipeline.core import tables as t
from pipeline.core import theme_records as tr
from pipeline.core.execute import batched
from tests import builders as b
from tests.archive import made

SENTENCE = "Am {day}. Mai 2021 eröffnete {person} in {place} das Haus der {org} mit Gästen aus der ganzen Region. "
QUOTE = "„Wir haben lange darauf gewartet und freuen uns sehr“, sagte {person} dazu im Gespräch mit der Presse. "
ENTITIES = 20_000
TYPES = {"PER": "person", "LOC": "place", "ORG": "organisation"}


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


def prepare(count: int) -> None:
    """Write all tables that the stage reads; the long ones batch by batch, so that any number fits into memory."""
    long = (t.RELEASES, t.MENTIONS, t.DATES, t.QUOTES, t.ENTITY_MENTIONS, t.ZONES, t.EVENTS, t.ASSIGNMENTS)
    with ExitStack() as stack:
        writers = [(table, stack.enter_context(table.writer())) for table in long]
        for batch in batched(range(count), 512):
            made_now = list(map(release, batch))
            for (table, writer), rows in zip(writers, zip(*map(rows_of, made_now), strict=True), strict=True):
                values = map(attrgetter(*table.columns), chain.from_iterable(rows))
                writer.add(list(zip(*values, strict=True)))
    t.ENTITIES.write(made.entity(name(k, n), k) for k in TYPES.values() for n in range(ENTITIES))
    t.THEMES.write(tr.Theme(f"t{n}", "guided", f"Thema {n}", [], 1, 0.1, iptc="05000000") for n in range(20))
    t.DUPLICATES.write([])
    t.REJECTED.write([])


def rows_of(
    one: tuple[r.Release, list[r.Mention], list[r.DateMention], list[r.Quote]],
) -> tuple[Sequence[Any], ...]:
    """One release -> its rows in each of the long tables."""
    found, mentions, dates, quotes = one
    mentions = sorted(mentions, key=lambda m: m.start)
    return (
        [found], mentions, dates, quotes,
        [r.EntityMention(m.release_id, m.start, m.end, m.label, made.entity(m.name, TYPES[m.label]).entity_id, "x")
         for m in mentions],
        [b.zone("headline", 0, 18, found.release_id)],
        [r.Event(d.release_id, d.start, d.end, "Eröffnung", d.value or "", None, None, "x") for d in dates[:2]],
        [tr.ThemeAssignment(found.release_id, f"t{n}", 0.3, n + 1, [], None) for n in range(3)],
    )  # fmt: skip


def seconds() -> float:
    """Processor time of this process and the children that have ended."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def run() -> None:
    """The stage in the working folder, and what it took."""
    begin, clock = seconds(), time.monotonic()
    said = stage.main()
    for worker in multiprocessing.active_children():
        worker.join()
    used, wall, most = seconds() - begin, time.monotonic() - clock, megabytes()
    sys.stdout.write(
        f"{said}: {used:.1f} s of processor time in all, {wall:.1f} s on the clock, main process {most[0]} MB, "
        f"largest other {most[1]} MB\n"
    )


def main(count: int, schemas: str, processes: int) -> None:
    """Prepare in this process, run the stage in another, since making the tables takes memory too."""
    rights = "http://rightsstatements.org/vocab/InC/1.0/"
    settings = made.settings(schemas=schemas, isil="DE-1811", rights_uri=rights).model_dump()
    params = {"execution": {"processes": processes, "small": 200}, "archive": settings}
    root = str(Path.cwd())
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("params.yaml").write_text(json.dumps(params), encoding="utf-8")
        statements.FILE.parent.mkdir(parents=True)
        statements.FILE.write_text("release,kind,date,author,text\n", encoding="utf-8")
        environment = {**os.environ, "PYTHONPATH": root}
        for number in (count, count + 1):
            prepare(number)
            subprocess.run([sys.executable, "-m", "tests.archive.load", "stage"], check=True, env=environment)
        os.chdir(root)


def megabytes() -> list[int]:
    """The most memory that this process took, and the largest of those that it started and that have ended."""
    return [resource.getrusage(w).ru_maxrss // 1024 for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]


if __name__ == "__main__":
    if sys.argv[1] == "stage":
        run()
    else:
        arguments = [*sys.argv[1:], "", ""]
        main(int(arguments[0]), arguments[1] and str(Path(arguments[1]).resolve()), int(arguments[2] or 2))
