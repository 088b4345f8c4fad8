"""Titles, names, themes and words -> scripts that search and filter without a server.

Browsers do not let a page read a file beside it, but they let it run one: so the indexes are scripts. What a word
leads to is cut into small files by the word's first two letters, and only the one that is asked for is loaded.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

import numpy as np

from pipeline.report import german, paths, words
from pipeline.report.corpus import TYPES, Corpus, Head
from pipeline.report.memory import Memory
from pipeline.report.news import news
from pipeline.report.store import coded, distinct

Script = tuple[str, Iterator[str]]
_WORD = re.compile(r"[^\W\d_]{3,}")
_PLAIN = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})


def scripts(corpus: Corpus, memory: Memory) -> Iterator[Script]:
    """All indexes: (path, lines of the script)."""
    found = occurrences(corpus)
    yield paths.NAMES_INDEX, _names_script(corpus, sorted({word[:2] for word in found}))
    yield paths.RELEASES_INDEX, _releases(corpus, memory)
    for start, numbers in groupby(_by_key(corpus), key=lambda item: item[0][:2]):
        yield paths.names_index(start), _named(corpus, start, [number for _, number in numbers])
    for start, group in groupby(found.items(), key=lambda item: item[0][:2]):
        yield paths.words_index(start), _words(start, group)


def _names_script(corpus: Corpus, starts: list[str]) -> Iterator[str]:
    yield f"window.presseleseStarts = {_json(starts)};\n"
    yield from _array("presseleseIndex", (f"[{','.join(map(_text, entry))}]" for entry in _names(corpus)))


def _array(name: str, entries: Iterator[str]) -> Iterator[str]:
    yield f"window.{name} = [\n"
    for entry in entries:
        yield f"{entry},\n"
    yield "];\n"


# json.dumps takes some microseconds to begin; of texts and numbers there are a hundred thousand lines
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_text = json.encoder.encode_basestring


def _numbers(numbers: list[int]) -> str:
    return str(numbers).replace(" ", "")


def _names(corpus: Corpus) -> Iterator[tuple[str, str, str, str]]:
    """Themes, entities and issuers as (kind, text, path, note); releases stand in an index of their own."""
    for theme in corpus.themes_by_weight:
        found = len(corpus.by_theme.get(theme.theme_id, ()))
        yield "Thema", theme.label, paths.theme(theme), german.count(found, "Mitteilung", "Mitteilungen")
    kinds = [words.TYPES[kind][0] for kind in TYPES]
    columns = corpus.kinds.tolist(), corpus.names, corpus.titled, corpus.abouts, corpus.variants
    for number, (kind, name, titled, about, variants) in enumerate(zip(*columns, strict=True)):
        others = [variant for variant in variants if variant != name]
        yield kinds[kind], titled, corpus.path_of(number), " · ".join(filter(None, [about, *others[:3]]))
    for issuer in corpus.by_issuer:
        yield "Herausgeber", issuer, paths.issuer(issuer), ""


def _by_key(corpus: Corpus) -> list[tuple[str, int]]:
    """(key, number) of the entities that several releases name."""
    known = zip(corpus.entity_at, corpus.spread.tolist(), strict=True)
    return sorted((paths.key(name), number) for number, (name, spread) in enumerate(known) if spread > 1)


def _named(corpus: Corpus, start: str, numbers: list[int]) -> Iterator[str]:
    """Keys of one beginning, each with the name, its page, and the places of its releases in the list."""
    yield f"(window.presseleseNames ??= {{}})[{_json(start)}] = {{\n"
    for number in numbers:
        told = f"{_text(corpus.titled[number])},{_text(corpus.path_of(number))}"
        yield f"{_text(corpus.key_of(number))}:[{told},{_numbers(corpus.places_of(number))}],\n"
    yield "};\n"


def _releases(corpus: Corpus, memory: Memory) -> Iterator[str]:
    """Releases, newest first: [title, path, date, date in words, issuer, themes]; names once, then by number."""
    issuers, themes = list(corpus.by_issuer), [theme.theme_id for theme in corpus.themes_by_weight]
    issuer_at, theme_at = ({name: n for n, name in enumerate(names)} for names in (issuers, themes))
    yield f"window.presseleseIssuers = {_json([[name, paths.issuer(name)] for name in issuers])};\n"
    yield f"window.presseleseThemes = {_json(themes)};\n"
    fresh = {head.release_id for head in news(corpus, memory).releases}
    yield f"window.presseleseNew = {_json([n for n, h in enumerate(corpus.newest) if h.release_id in fresh])};\n"
    yield from _array(
        "presseleseReleases", (_release(corpus, head, issuer_at, theme_at) for head in corpus.newest)
    )


def _release(corpus: Corpus, head: Head, issuer_at: dict[str, int], theme_at: dict[str, int]) -> str:
    told = ",".join(map(_text, (head.title, head.path, head.published, german.date(head.published))))
    themes = [theme_at[theme.theme_id] for theme in corpus.themes_of(head)]
    return f"[{told},{issuer_at[head.issuer]},{_numbers(themes)}]"


def _words(start: str, found: Iterable[tuple[str, list[int]]]) -> Iterator[str]:
    """Words of one beginning, each with the places in the list of releases where it occurs."""
    yield f"(window.presseleseWords ??= {{}})[{_json(start)}] = {{\n"
    for word, places in found:
        yield f"{_text(word)}:{_numbers(places)},\n"
    yield "};\n"


def occurrences(corpus: Corpus) -> dict[str, list[int]]:
    """Word of a text, as it is looked up -> places of its releases in the list of the newest; both in order."""
    terms: list[str] = corpus.terms["term"].unique().to_pylist()
    words_of = spelled(terms)
    found = sorted({word for some in words_of for word in some})
    at = {word: number for number, word in enumerate(found)}
    bounds = np.cumsum([0, *map(len, words_of)])
    numbers = np.array([at[word] for some in words_of for word in some], dtype=np.int64)
    term = coded(corpus.terms["term"], {text: number for number, text in enumerate(terms)})
    release, size = corpus.at_position.codes(corpus.terms["release_id"]), max(len(corpus.heads), 1)
    pairs = [np.empty(0, np.int64)]
    for place in range(int(np.diff(bounds).max(initial=0))):  # a term has few words: the first of each, the second
        rows = np.flatnonzero(bounds[term] + place < bounds[term + 1])
        pairs.append(numbers[bounds[term[rows]] + place] * size + corpus.place_in_list[release[rows]])
    ordered = distinct(np.concatenate(pairs))
    places: list[int] = (ordered % size).tolist()
    spans = pairwise(np.searchsorted(ordered, np.arange(len(found) + 1) * size).tolist())
    return {word: places[first:last] for word, (first, last) in zip(found, spans, strict=True)}


def spelled(terms: list[str]) -> list[list[str]]:
    """Terms -> the words by which each is looked up: no case, no umlaut, letters only."""
    # all at once: a line break comes out as it went in, and joins nothing
    folded = unicodedata.normalize("NFKC", "\n".join(terms)).casefold().translate(_PLAIN).split("\n")
    if len(folded) != len(terms):  # one holds a line break itself
        return [words for term in terms for words in spelled([term.replace("\n", " ")])]
    return [[word for word in _WORD.findall(line) if word.isascii()] for line in folded]
