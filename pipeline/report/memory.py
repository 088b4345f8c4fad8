"""What a person was shown last time: ``data/curation/last_report.json``, written on demand, never by a run.

It holds releases by their id and names as hashes, so that it tells what is new and gives nobody's name away: what
is erased from the tables stands in no readable form here either.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from pipeline.core.errors import InputError
from pipeline.report.corpus import Corpus

_KEYS = {"stand": str, "releases": list, "names": list}


@dataclass(frozen=True, slots=True)
class Memory:
    """The state of a report; empty where none was remembered yet."""

    stand: str = ""
    releases: frozenset[str] = field(default_factory=frozenset)
    names: frozenset[str] = field(default_factory=frozenset)  # of entities, as ``key`` makes them


def key(entity_id: str) -> str:
    """An entity -> what it is remembered by: tells whether it was there, not who it is."""
    return hashlib.sha256(entity_id.encode()).hexdigest()[:12]


def memory_of(corpus: Corpus) -> Memory:
    """The state that the tables are in."""
    releases = frozenset(head.release_id for head in corpus.heads)
    return Memory(corpus.stand, releases, frozenset(map(key, corpus.entity_at)))


def written(memory: Memory) -> str:
    """A state -> the text of its file; the same state gives the same bytes."""
    content = {"stand": memory.stand, "releases": sorted(memory.releases), "names": sorted(memory.names)}
    return json.dumps(content, indent=0) + "\n"


def read(text: str, where: str) -> Memory:
    """The text of the file -> the state; an empty file means that nothing was remembered."""
    if not text.strip():
        return Memory()
    try:
        content: Any = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"{where}: line {error.lineno}: {error.msg}; {_REMEDY}") from None
    if not isinstance(content, dict) or any(not isinstance(content.get(k), kind) for k, kind in _KEYS.items()):
        raise InputError(f"{where}: expected {', '.join(_KEYS)}; {_REMEDY}")
    return Memory(content["stand"], frozenset(content["releases"]), frozenset(content["names"]))


_REMEDY = "write it anew with `make merken`, or empty the file"
