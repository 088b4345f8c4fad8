"""Titles, names, themes and words -> scripts that search and filter without a server.

Browsers do not let a page read a file beside it, but they let it run one: so the indexes are scripts. What a word
leads to is cut into small files by the word's first two letters, and only the one that is asked for is loaded.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import numpy as np

from pipeline.core.text import fold
from pipeline.report import german, lists, paths, words
from pipeline.report.corpus import Corpus
from pipeline.report.store import grouped

Script = tuple[str, Iterator[str]]
_WORD = re.compile(r"[^\W\d_]{3,}")
_PLAIN = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})


def scripts(corpus: Corpus) -> Iterator[Script]:
    """All indexes: (path, lines of the script)."""
    found = sorted(occurrences(corpus).items())
    starts = sorted({word[:2] for word, _ in found})
    yield paths.NAMES_INDEX, _names_script(corpus, starts)
    yield paths.RELEASES_INDEX, _releases(corpus)
    for start, group in groupby(found, key=lambda item: item[0][:2]):
        yield paths.words_index(start), _words(start, group)


def _names_script(corpus: Corpus, starts: list[str]) -> Iterator[str]:
    yield f"window.presseleseStarts = {_json(starts)};\n"
    yield from _array("presseleseIndex", _names(corpus))


def _array(name: str, entries: Iterator[Any]) -> Iterator[str]:
    yield f"window.{name} = [\n"
    for entry in entries:
        yield _json(entry) + ",\n"
    yield "];\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _names(corpus: Corpus) -> Iterator[list[str]]:
    """Themes, entities and issuers as [kind, text, path, note]; releases stand in an index of their own."""
    for theme in corpus.themes_by_weight:
        found = len(corpus.by_theme.get(theme.theme_id, ()))
        note = german.count(found, "Mitteilung", "Mitteilungen")
        yield ["Thema", theme.label, paths.theme(theme), note]
    for number, entity in enumerate(corpus.entities):
        others = [v for v in entity.variants if v != entity.name]
        note = " · ".join(filter(None, [lists.about(entity), *others[:3]]))
        yield [words.TYPES[entity.type][0], lists.title(entity), corpus.entity_paths[number], note]
    for issuer in corpus.by_issuer:
        yield ["Herausgeber", issuer, paths.issuer(issuer), ""]


def _releases(corpus: Corpus) -> Iterator[str]:
    """Releases, newest first: [title, path, date, date in words, issuer, themes]; names once, then by number."""
    issuers, themes = list(corpus.by_issuer), [theme.theme_id for theme in corpus.themes_by_weight]
    issuer_at, theme_at = ({name: n for n, name in enumerate(names)} for names in (issuers, themes))
    yield f"window.presseleseIssuers = {_json([[name, paths.issuer(name)] for name in issuers])};\n"
    yield f"window.presseleseThemes = {_json(themes)};\n"
    yield from _array(
        "presseleseReleases",
        (
            [
                head.title,
                head.path,
                head.published,
                german.date(head.published),
                issuer_at[head.issuer],
                [theme_at[a.theme_id] for a in corpus.by_release.get(head.release_id, ())],
            ]
            for head in corpus.newest
        ),
    )


def _words(start: str, found: Iterable[tuple[str, list[int]]]) -> Iterator[str]:
    """Words of one beginning, each with the places in the list of releases where it occurs."""
    yield f"(window.presseleseWords ??= {{}})[{_json(start)}] = {{\n"
    for word, places in found:
        yield f"{_json(word)}:{_json(places)},\n"
    yield "};\n"


def occurrences(corpus: Corpus) -> dict[str, list[int]]:
    """Word of a text, as it is looked up -> places of its releases in the list of the newest."""
    place = {head.release_id: n for n, head in enumerate(corpus.newest)}
    release, term = (corpus.terms[name].combine_chunks().dictionary_encode() for name in ("release_id", "term"))
    at = np.array([place.get(name, 0) for name in release.dictionary.to_pylist()], dtype=np.int64)
    releases = at[release.indices.to_numpy()] if len(release) else at
    order, bounds = grouped(term.indices.to_numpy(), len(term.dictionary))
    found: dict[str, set[int]] = defaultdict(set)
    for code, text in enumerate(term.dictionary.to_pylist()):
        rows = releases[order[bounds[code] : bounds[code + 1]]].tolist()
        for word in spelled(text):
            found[word].update(rows)
    return {word: sorted(rows) for word, rows in found.items()}


def spelled(term: str) -> list[str]:
    """A term -> the words by which it is looked up: no case, no umlaut, letters only."""
    return [plain for word in _WORD.findall(fold(term)) if (plain := word.translate(_PLAIN)).isascii()]
