"""A file of many releases -> the same without some of them: one rewriter a format, bytes of the others untouched.

A rewriter only proposes; :mod:`pipeline.erase.removal` reads the proposal with the readers of ingest and takes it
only when exactly the wanted releases are missing. So what cannot be rewritten safely is refused, never half done.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.ingest.sources import delimited, fields, parts

_FROM = re.compile(rb"From \S.{0,300}\d{4}")
Rewriter = Callable[[Path, Path, frozenset[str]], None]  # from, to, members that go


def rewriter(name: str) -> Rewriter | None:
    """The rewriter for a file of this name; None for a format that has none."""
    suffix = Path(name.lower().removesuffix(".gz")).suffix
    return _REWRITERS.get(suffix)


def _lines(source: Path, target: Path, members: frozenset[str]) -> None:
    with _reading(source) as old, _writing(target) as new:
        new.writelines(line for number, line in enumerate(old, 1) if str(number) not in members)


def _table(source: Path, target: Path, members: frozenset[str]) -> None:
    """A row may span lines; Latin-1 keeps every byte, and what parts cells is ASCII in all encodings read here."""
    with _reading(source) as packed, _writing(target) as new:
        old = io.TextIOWrapper(packed, encoding="latin-1", newline="")
        for number, lines in enumerate(_rows(old), 1):
            if str(number) not in members:
                new.writelines(line.encode("latin-1") for line in lines)


def _rows(stream: Iterable[str]) -> Iterator[list[str]]:
    lines: list[str] = []
    source = iter(stream)
    sample = [line for _, line in zip(range(200), source, strict=False)]
    delimiter, skipped = delimited.delimiter_of(sample)
    yield from ([line] for line in sample[:skipped])
    reader = csv.reader(_kept(sample[skipped:], source, lines), delimiter=delimiter)
    for _ in reader:
        yield lines.copy()
        lines.clear()


def _kept(sample: Iterable[str], rest: Iterable[str], lines: list[str]) -> Iterator[str]:
    for part in (sample, rest):
        for line in part:
            lines.append(line)
            yield line


def _mailbox(source: Path, target: Path, members: frozenset[str]) -> None:
    """Messages are numbered; a member is a message or something in it ("3", "3/Anhang.docx")."""
    numbers = {member.partition("/")[0] for member in members}
    with _reading(source) as old, _writing(target) as new:
        number, blank = 0, True
        for line in old:
            number += blank and _FROM.match(line) is not None
            blank = not line.strip()
            if str(number) not in numbers:
                new.write(line)


def _objects(source: Path, target: Path, members: frozenset[str]) -> None:
    """An array of objects, alone or as the one list in an object."""
    with _reading(source) as old:
        whole = json.load(io.TextIOWrapper(old, encoding="utf-8-sig"))
    rows = whole if isinstance(whole, list) else fields.inner(whole) or []
    rows[:] = [row for number, row in enumerate(rows, 1) if str(number) not in members]
    with _writing(target) as new:
        new.write(json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass"))


def _feed(source: Path, target: Path, members: frozenset[str]) -> None:
    with _reading(source) as old:
        tree = etree.parse(old, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    entries = list(tree.iter("{*}item", "{*}entry"))
    for number, entry in enumerate(entries, 1):
        parent = entry.getparent()
        if str(number) in members and parent is not None:
            parent.remove(entry)
    with _writing(target) as new:
        new.write(etree.tostring(tree, xml_declaration=True, encoding=tree.docinfo.encoding or "UTF-8"))


def _archive(source: Path, target: Path, members: frozenset[str]) -> None:
    """A member of an archive goes as a whole, with all that is packed in it."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            name = parts.safe_path(entry.filename)
            if not any(member == name or member.startswith(name + "/") for member in members):
                with old.open(entry) as stream, new.open(entry, "w") as copy:
                    shutil.copyfileobj(stream, copy)


def _reading(source: Path) -> Any:
    return gzip.open(source) if source.name.lower().endswith(".gz") else source.open("rb")


def _writing(target: Path) -> Any:
    return gzip.GzipFile(target, "wb", mtime=0) if target.name.lower().endswith(".gz") else target.open("wb")


_REWRITERS: dict[str, Rewriter] = {
    **dict.fromkeys((".jsonl", ".ndjson"), _lines),
    **dict.fromkeys((".csv", ".tsv"), _table),
    **dict.fromkeys((".mbox", ".mbx"), _mailbox),
    **dict.fromkeys((".rss", ".atom", ".rdf", ".xml"), _feed),
    ".json": _objects,
    ".zip": _archive,
}
