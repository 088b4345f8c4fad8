"""Annotated and judged releases -> candidates with their features, and which of them are initiatives.

Sources: the development gold, the annotated press releases of the half that may be looked at
(``tests/gold/press/split.csv``), the project's own gold; ``judged.csv``: releases of which every candidate was
judged one by one, by the guidelines, in context (offsets and hashes, no text); and ``sentences.txt``, our own.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.core import params, tables
from pipeline.extract import authority, nlp
from pipeline.extract.components import mentions
from pipeline.extract.components.initiatives import candidates, features
from pipeline.extract.components.page import Page, Span
from pipeline.extract.settings import ExtractParams
from tests import builders, gold_press, press_split

JUDGED = Path(__file__).parent / "judged.csv"
SENTENCES = Path(__file__).parent / "sentences.txt"


@dataclass(frozen=True, slots=True)
class Example:
    """One release: its group (issuers that write about the same things), where it came from, its candidates."""

    group: str
    source: str  # gold, press, own, judged
    names: tuple[str, ...]
    features: tuple[frozenset[str], ...]
    labels: tuple[bool, ...]
    wanted: tuple[frozenset[str], ...]  # the forms of each initiative that the gold names; empty where only judged


@dataclass(frozen=True, slots=True)
class Text:
    """A text before it is read, with what is known about it."""

    stem: str
    group: str
    source: str
    raw: bytes
    initiatives: tuple[frozenset[str], ...] = ()
    positive: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()  # judged neither way: left out


def load(root: Path, shared: Path) -> list[Example]:
    """Every example, in the order of the texts' names."""
    every = [*_gold(shared / "gold" / "dev", "gold"), *_press(shared), *_gold(root / "data" / "gold", "own")]
    every += _judged(shared)
    by_stem = {text.stem: text for text in every}
    reader, known = _reader(root), authority.load(root)
    pages = [*_read(root, by_stem, reader), *_sentences(reader)]
    return [_example(text, *mentions.named(page, known), known) for text, page in pages if page.units]


def fold(name: str) -> str:
    """A name as two annotations of it are compared.

    >>> fold("»Muster –  bewegt«")
    "muster-bewegt"
    """
    plain = unicodedata.normalize("NFKC", name).translate(dict.fromkeys(map(ord, "„“”\"»«‚‘’'"), "'"))
    plain = re.sub(r"\s*[-‐‑‒–—−]\s*", "-", re.sub(r"\s+", " ", plain))
    return plain.strip(" '.,;:").lower()


def _gold(folder: Path, source: str) -> Iterator[Text]:
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        yield _annotated(path.stem, source, path.with_suffix(".txt").read_bytes(), data)


def _press(shared: Path) -> Iterator[Text]:
    with press_split.SPLIT.open(encoding="utf-8", newline="") as rows_:
        half = {row["release"]: row["half"] for row in csv.DictReader(rows_)}
    for data in gold_press.joined(shared):
        if half[data["id"]] == "development":
            stored = json.loads((gold_press.GOLD / f"{data['id']}.json").read_text(encoding="utf-8"))
            yield _annotated(data["id"], "press", (shared / stored["source"]).read_bytes(), data)


def _annotated(stem: str, source: str, raw: bytes, data: dict) -> Text:
    spans = {(s["start"], s["end"]): s["text"] for s in data["spans"] if s["label"] == "INITIATIVE"}
    wanted = tuple(
        frozenset({fold(item["name"]), *(fold(spans[start, end]) for start, end in item["spans"])})
        for item in data["initiatives"]
    )
    positive = frozenset(fold(text) for text in spans.values()).union(*wanted)
    return Text(stem, press_split.group(stem), source, raw, wanted, positive)


def _judged(shared: Path) -> Iterator[Text]:
    """The releases of ``judged.csv`` whose text is present and unchanged."""
    pile = {}
    with gzip.open(shared / "press" / "pile.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            pile[entry["id"]] = entry
    table: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    with JUDGED.open(encoding="utf-8", newline="") as rows_:
        for row in csv.DictReader(rows_):
            table[row["release"], row["text_sha256"]].append(row)
    for (release, digest), judgements in sorted(table.items()):
        raw, stem = _raw(shared, pile, release)
        if hashlib.sha256(raw).hexdigest() == digest:
            text = raw.decode("utf-8")
            group = press_split.group(stem) if release.startswith("press/") else "pile"
            said = [_said(text, judgements, verdict) for verdict in ("yes", "open")]
            yield Text(stem, group, "judged", raw, (), *said)


def _said(text: str, judgements: Sequence[dict[str, str]], verdict: str) -> frozenset[str]:
    """The names of which this was said."""
    return frozenset(fold(text[int(j["start"]) : int(j["end"])]) for j in judgements if j["verdict"] == verdict)


def _raw(shared: Path, pile: dict[str, dict[str, str]], release: str) -> tuple[bytes, str]:
    """The text of a release by path, or by id in the pile; and a file name that tells its date."""
    if release.startswith("press/"):
        return (shared / release).read_bytes(), Path(release).stem
    return pile[release]["text"].encode(), f"{pile[release]['date']}-{release}"


def _reader(root: Path) -> nlp.Reader:
    settings = params.load("extract", ExtractParams, root / "params.yaml")
    return nlp.load(settings.model, settings.model_version)


def _read(root: Path, by_stem: dict[str, Text], reader: nlp.Reader) -> Iterator[tuple[Text, Page]]:
    """Each text through ingest and the model."""
    with tempfile.TemporaryDirectory(prefix="initiatives-") as name:
        work = Path(name)
        (work / "data" / "raw").mkdir(parents=True)
        for stem, text in by_stem.items():
            (work / "data" / "raw" / f"{stem}.txt").write_bytes(text.raw)
        (work / "params.yaml").write_bytes((root / "params.yaml").read_bytes())
        environment = {**os.environ, "PYTHONPATH": str(root)}
        subprocess.run([sys.executable, "-m", "pipeline.ingest"], cwd=work, env=environment, check=True)
        releases, zones = list(tables.RELEASES.read(work)), list(tables.ZONES.read(work))
    for release in sorted(releases, key=lambda r: r.source_path):
        own = [zone for zone in zones if zone.release_id == release.release_id]
        yield by_stem[Path(release.source_path).stem], reader.read(release, own)


def _sentences(reader: nlp.Reader) -> Iterator[tuple[Text, Page]]:
    """Each line of ``sentences.txt`` as a release of its own."""
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(line for line in lines if line and not line.startswith("#")):
        positive = frozenset(fold(name) for name in re.findall(r"\[\[(.+?)\]\]", line))
        text = Text(f"sentence-{number:03}", "sentences", "sentences", b"", (), positive)
        yield text, reader.read(builders.release(text=re.sub(r"\[\[|\]\]", "", line)), ())


def _example(text: Text, page: Page, others: Sequence[Span], known: authority.Authority) -> Example:
    found = [c for c in candidates.gather(page, known, others) if fold(c.text) not in text.open]
    return Example(
        group=text.group,
        source=text.source,
        names=tuple(fold(c.text) for c in found),
        features=tuple(features.of(page, c, known) for c in found),
        labels=tuple(fold(c.text) in text.positive for c in found),
        wanted=text.initiatives,
    )
