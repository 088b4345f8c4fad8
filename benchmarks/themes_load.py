# ruff: noqa: T201  a program that prints a table
"""How long the stage themes takes and how much memory, over corpora of growing length.

    python -m benchmarks.themes_load ../shared/press/pile.jsonl.gz FOLDER 9000 36000 146000

Releases of the pile are repeated under other ids until there are enough. Terms are words with a capital inside a
sentence: what is measured begins where the terms are. Memory is the largest sum over all processes of the stage
(shared pages counted once, ``Pss``), looked at four times a second; seconds are of the processor and on the clock.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from benchmarks.timing import environment
from pipeline.core import tables
from pipeline.core.records import Release, Sentence, Term
from pipeline.core.table import Table
from pipeline.core.text import normalise

_NOUN = re.compile(r"(?<=[a-zäöüß,;\-–0-9] )[A-ZÄÖÜ][a-zäöüß]{2,}(?:-[A-Za-zäöüßÄÖÜ]+)*")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
_SEEN = 0.25  # seconds between two looks at the memory
_EMPTY = (tables.DUPLICATES, tables.MENTIONS, tables.ENTITIES, tables.ENTITY_MENTIONS)
Rows = tuple[Release, list[Sentence], list[Term]]


def lay_out(pile: Path, folder: Path, size: int) -> None:
    """The tables that the stage reads, written a thousand releases at a time."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data" / "themes").mkdir(parents=True)
    project = Path(__file__).parents[1]
    shutil.copyfile(project / "params.yaml", folder / "params.yaml")
    for table in _EMPTY:
        table.write([], folder)
    kept: tuple[Table[Release], Table[Sentence], Table[Term]] = (tables.RELEASES, tables.SENTENCES, tables.TERMS)
    with kept[0].writer(folder) as one, kept[1].writer(folder) as two, kept[2].writer(folder) as three:
        for found in chunks(rows(pile, size)):
            one.add(columns(kept[0], [row[0] for row in found]))
            two.add(columns(kept[1], [sentence for row in found for sentence in row[1]]))
            three.add(columns(kept[2], [term for row in found for term in row[2]]))


def chunks(found: Iterator[Rows]) -> Iterator[list[Rows]]:
    """Rows a thousand at a time."""
    part: list[Rows] = []
    for row in found:
        part.append(row)
        if len(part) == 1000:
            yield part
            part = []
    if part:
        yield part


def columns(
    table: Table[Release] | Table[Sentence] | Table[Term], records: Sequence[object]
) -> list[list[object]]:
    """Records -> columns."""
    return [[getattr(record, name) for record in records] for name in table.columns]


def rows(pile: Path, size: int) -> Iterator[Rows]:
    """The releases of the pile under numbers, again and again until there are enough."""
    number = 0
    while number < size:
        with gzip.open(pile, "rt", encoding="utf-8") as lines:
            for line in lines:
                if number == size:
                    return
                yield read(json.loads(line), f"{number:012x}")
                number += 1


def read(entry: dict[str, str], release_id: str) -> Rows:
    """One line of the pile -> what ingest and extract would say of it."""
    text = normalise(entry["text"])
    blank = dict.fromkeys(("issuer_basis", "subtitle", "number", "dateline_place", "embargo"))
    release = Release(
        release_id=release_id, source_path="", source_sha256=release_id.ljust(64, "0"), format="txt",
        issuer=entry["issuer"] or None, title=entry["title"] or text[:60], published=entry["date"] or "2020",
        published_basis="header", language="de", text=text, repairs=0, **blank,
    )  # fmt: skip
    sentences = [Sentence(release_id, m.start(), m.end(), "body") for m in _SENTENCE.finditer(text)]
    counts = Counter(word.lower() for word in _NOUN.findall(text))
    surfaces = {word.lower(): word for word in _NOUN.findall(text)}
    terms = [Term(release_id, word, surfaces[word], "NOUN", counts[word]) for word in sorted(counts)]
    return release, sentences, terms


def run(folder: Path) -> tuple[float, float, float, float]:
    """The stage in a folder -> (clock, processor seconds, peak of all processes in MB, of the largest one)."""
    before, start, peak, largest = os.times(), time.perf_counter(), 0, 0
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "pipeline.themes"],
            cwd=folder,
            env=environment(Path(__file__).parents[1]),
            stdout=log,
            stderr=log,
        )
        while process.poll() is None:
            sizes = [memory(pid) for pid in family(process.pid)]
            peak, largest = max(peak, sum(sizes)), max(largest, *sizes, 0)
            time.sleep(_SEEN)
    if process.returncode:
        raise SystemExit((folder / "log").read_text(errors="replace"))
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - start, used, peak / 1024, largest / 1024


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(one for child in children for one in family(int(child)))]


def memory(pid: int) -> int:
    """Proportional memory of a process in kB; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def main(pile: Path, folder: Path, sizes: list[int]) -> None:
    """A row for each size."""
    print(
        "| releases | terms | clock s | CPU s | peak MB, all processes | largest process |\n" + "| --- " * 6 + "|"
    )
    for size in sizes:
        lay_out(pile, folder, size)
        wall, cpu, peak, largest = run(folder)
        terms = tables.TERMS.count(folder)
        print(f"| {size:,} | {terms:,} | {wall:.0f} | {cpu:.0f} | {peak:.0f} | {largest:.0f} |", flush=True)


if __name__ == "__main__":
    pa.set_cpu_count(2)
    main(Path(sys.argv[1]), Path(sys.argv[2]), [int(size) for size in sys.argv[3:]])
