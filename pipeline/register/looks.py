"""What the register sees in the texts, once a text: the words beside names, and how often each word stands there.

Seen a block of releases at a time, since it follows from their texts and from where names stand in them alone: so
what is seen of a block can be kept (:mod:`.memory`), whatever else comes into the corpus.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.core.blocks import packed
from pipeline.core.records import Mention
from pipeline.register import beside
from pipeline.register.clusters import Releases

NAMES = ("PER", "LOC", "ORG")  # what stands beside an initiative's name is not asked for
_BLOCK = 512  # releases at a time where nothing is kept
_WORD = re.compile(r"[^\W\d_]+")
_COUNTED = pa.schema({"word": pa.string(), "times": pa.int32()})
Spot = tuple[str, int, int]  # a release, and where a name begins and ends in it
SPOTS = pa.schema({"release_id": pa.string(), "start": pa.int64(), "end": pa.int64()})


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen in a block, by the number of a spot; most spots have nothing beside them."""

    said: list[tuple[int, str, str]]
    articles: list[int]
    acronyms: list[tuple[int, list[str]]]
    offices: list[int]  # numbers of texts


@dataclass(frozen=True, slots=True)
class Looks:
    """What was seen in all releases."""

    said: dict[Spot, beside.Said] = field(default_factory=dict)
    articles: set[Spot] = field(default_factory=set)
    acronyms: dict[Spot, list[str]] = field(default_factory=dict)
    offices: set[str] = field(default_factory=set)  # releases that may name one without its bearer
    _words: list[bytes] = field(default_factory=list)  # counted, a block each, packed

    def add(self, ids: Sequence[str], spots: pa.Table, seen: Seen, words: bytes) -> None:
        """Take what was seen in a block: its releases, its spots, and what two functions below say."""
        for spot, (_, how, what) in zip(_at(spots, [n for n, *_ in seen.said]), seen.said, strict=True):
            self.said[spot] = how, what
        self.articles.update(_at(spots, seen.articles))
        for spot, (_, names) in zip(_at(spots, [n for n, _ in seen.acronyms]), seen.acronyms, strict=True):
            self.acronyms[spot] = names
        self.offices.update(ids[text] for text in seen.offices)
        self._words.append(words)

    def occurrences(self, words: Iterable[str]) -> Counter[str]:
        """How often each of these words stands in the texts."""
        wanted = pa.array(sorted(words), pa.string())
        found: Counter[str] = Counter()
        for block in self._words:
            counted = pa.ipc.open_stream(block).read_all()
            counted = counted.filter(pc.is_in(counted["word"], wanted))
            for word, times in zip(*(column.to_pylist() for column in counted.columns), strict=True):
                found[word] += times
        return found


def _at(spots: pa.Table, numbers: Sequence[int]) -> Iterator[Spot]:
    """Numbers of spots -> these spots: most are never asked for."""
    found = spots.take(pa.array(numbers, pa.int64()))
    ids, *places = (column.to_pylist() for column in found.columns)
    return zip(map(sys.intern, ids), *places, strict=True)


def look(ids: Sequence[str], texts: Sequence[str], spots: pa.Table, regions: Container[str]) -> Seen:
    """The texts of a block and where names stand -> what is beside them."""
    of = dict(zip(ids, texts, strict=True))
    seen = Seen([], [], [], [n for n, text in enumerate(texts) if beside.may_name_an_office(text)])
    for number, (release_id, start, end) in enumerate(_at(spots, range(len(spots)))):
        text = of[release_id]
        if said := beside.said(text, start, end, regions):
            seen.said.append((number, *said))
        if beside.article(text, start):
            seen.articles.append(number)
        if acronyms := list(beside.acronyms(text, start, end)):
            seen.acronyms.append((number, acronyms))
    return seen


def count(texts: pa.Array | pa.ChunkedArray) -> bytes:
    """Texts -> how often each word stands in them, packed.

    No word goes across a space: Arrow counts the pieces between spaces, and each is taken apart once.
    """
    found: Counter[str] = Counter()
    if len(texts):
        whole = pa.concat_arrays(texts.chunks) if isinstance(texts, pa.ChunkedArray) else texts
        counted = pc.ascii_split_whitespace(whole).values.value_counts()
        for piece, often in zip(*(field.to_pylist() for field in counted.flatten()), strict=True):
            for word in (piece,) if piece.isalpha() else _WORD.findall(piece):
                found[word] += often
    columns = [pa.array(list(found), pa.string()), pa.array(list(found.values()), pa.int32())]
    return bytes(packed(pa.Table.from_arrays(columns, schema=_COUNTED), "zstd"))


def look_at(mentions: Iterable[Mention], releases: Releases, regions: Container[str]) -> Looks:
    """The same of records that are in memory, and nothing is kept."""
    looks, ids = Looks(), list(releases)
    of = defaultdict[str, list[Spot]](list)
    for mention in mentions:
        if mention.label in NAMES:
            of[mention.release_id].append((mention.release_id, mention.start, mention.end))
    for first in range(0, len(ids), _BLOCK):
        block = ids[first : first + _BLOCK]
        texts = [releases[release_id].text for release_id in block]
        columns = list(zip(*(spot for release_id in block for spot in of[release_id]), strict=True)) or [()] * 3
        spots = pa.table(dict(zip(SPOTS.names, map(list, columns), strict=True)), SPOTS)
        looks.add(block, spots, look(block, texts, spots, regions), count(pa.array(texts, pa.string())))
    return looks
