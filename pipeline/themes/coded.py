"""The terms that are learnt from as numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

# what names are called beside NOUN, PHRASE and the other kinds of terms
NAME = "NAME"
MARK = "\u2020"
_CASES, _NEARLY = ("n", "s", "es"), 0.2
_NAME_WORD = re.compile(r"[A-ZÄÖÜ][\w]{2,}")
_SPEAKING = ("ORG", "INITIATIVE")
Ints = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Coded:
    """Counts, a row a release and a column a term; how each term is shown; whether it is a phrase."""

    releases: tuple[str, ...]
    terms: tuple[str, ...]
    surfaces: tuple[str, ...]
    kinds: tuple[str, ...]  # part of speech: NOUN, PHRASE ...
    counts: sparse.csr_matrix

    @property
    def frequency(self) -> Ints:
        """In how many releases each term stands."""
        return np.bincount(self.counts.indices, minlength=len(self.terms))


def encode(releases: Sequence[str], rows: pa.Table, names: pa.Table) -> Coded:
    """Sorted release ids, the columns of the table of terms and of :func:`named` -> their numbers.

    Terms come out sorted, whatever the order of the rows; a release without terms has an empty row.
    """
    rows = pa.concat_tables([rows.select(names.column_names).cast(names.schema), names])
    terms, columns = _codes(rows["term"])
    found = pc.index_in(rows["release_id"], pa.array(releases, pa.string())).combine_chunks()
    known = np.asarray(found.is_valid())
    lines = np.asarray(found.fill_null(0))
    values = np.asarray(rows["count"].combine_chunks(), dtype=np.int64)
    counts = sparse.csr_matrix(
        (values[known], (lines[known], columns[known])), shape=(len(releases), len(terms)), dtype=np.int32
    )
    shown = _most_frequent(columns, *_codes(rows["surface"]), values, len(terms))
    kinds = _most_frequent(columns, *_codes(rows["pos"]), values, len(terms))
    named = tuple(_without_genitive(*pair) for pair in zip(terms, shown, strict=True))
    return Coded(tuple(releases), terms, named, kinds, counts)


def named(mentions: pa.Table) -> pa.Table:
    """The columns of the table of mentions -> words of organisations' and initiatives' names, as rows of terms.

    They say what a release is about as nouns do, and never name a theme. People and places stay out.
    """
    barred = set(name_words(mentions, "PER", "LOC"))
    columns = (mentions[name].to_pylist() for name in ("release_id", "label", "text"))
    found: Counter[tuple[str, str]] = Counter()
    for release, label, text in zip(*columns, strict=True):
        found.update((release, word) for word in speaking_words(label, text) if word not in barred)
    releases, words = zip(*sorted(found), strict=True) if found else ((), ())
    # a sign that no lemma has keeps a name apart from the noun of the same letters
    return pa.table(
        {
            "release_id": pa.array(releases, pa.string()),
            "term": pa.array([word + MARK for word in words], pa.string()),
            "surface": pa.array(words, pa.string()),
            "pos": pa.array([NAME] * len(words), pa.string()),
            "count": pa.array([found[key] for key in sorted(found)], pa.int64()),
        }
    )


def speaking_words(label: str, name: str) -> list[str]:
    """The words of an organisation's or initiative's name, in lower case; none of other names."""
    return [word.lower() for word in _NAME_WORD.findall(name)] if label in _SPEAKING else []


def name_words(mentions: pa.Table, *labels: str) -> list[str]:
    """The words of all names of some kinds, in lower case, sorted."""
    texts = pc.unique(_labelled(mentions, *labels)["text"]).to_pylist()
    return sorted({word.lower() for text in texts for word in _NAME_WORD.findall(text)})


def _labelled(mentions: pa.Table, *labels: str) -> pa.Table:
    return mentions.filter(pc.is_in(mentions["label"], pa.array(labels)))


def _codes(column: pa.ChunkedArray) -> tuple[tuple[str, ...], Ints]:
    """A column of strings -> its different strings, sorted, and for each row the place of its own."""
    encoded = pc.dictionary_encode(column.combine_chunks())
    words = encoded.dictionary.to_pylist()
    order = sorted(range(len(words)), key=words.__getitem__)
    place = np.empty(len(words), dtype=np.int64)
    place[order] = np.arange(len(words))
    codes = np.asarray(encoded.indices, dtype=np.int64)
    return tuple(words[i] for i in order), place[codes] if len(words) else codes


def _most_frequent(
    columns: Ints, words: tuple[str, ...], codes: Ints, weights: Ints, size: int
) -> tuple[str, ...]:
    """The word that most often goes with each term; of equals the first in the alphabet.

    "Tatverdächtigen" is shown as "Tatverdächtige", "Dächern" as "Dächer"; but "Drogen" stays.
    """
    pairs = sparse.coo_matrix((weights, (columns, codes)), shape=(size, max(1, len(words)))).tocsr()
    pairs.sum_duplicates()
    best = []
    for i in range(size):
        part = slice(pairs.indptr[i], pairs.indptr[i + 1])
        found = {words[j]: int(n) for j, n in zip(pairs.indices[part], pairs.data[part], strict=True)}
        best.append(_plain(max(found, key=found.__getitem__), found))
    return tuple(best)


def _plain(word: str, found: Mapping[str, int]) -> str:
    """A word in a case -> the same without the ending of the case, where the texts use that nearly as often."""
    bare = (word[: -len(end)] for end in _CASES if word.endswith(end))
    return next((one for one in bare if found.get(one, 0) >= _NEARLY * found[word]), word)


def _without_genitive(term: str, surface: str) -> str:
    """A word that stands in the genitive only -> as its lemma has it: "Klimaabkommens" is shown without its s."""
    return surface[: len(term)] if surface.lower() in {term + "s", term + "es"} else surface


def rarity_counts(coded: Coded) -> Counter[str]:
    """Term -> in how many releases it stands."""
    return Counter(dict(zip(coded.terms, coded.frequency.tolist(), strict=True)))


def keep(coded: Coded, columns: Iterable[int]) -> Coded:
    """The same releases with some of the terms."""
    chosen = list(columns)
    pick = [tuple(values[i] for i in chosen) for values in (coded.terms, coded.surfaces, coded.kinds)]
    return Coded(coded.releases, pick[0], pick[1], pick[2], coded.counts[:, chosen].tocsr())
